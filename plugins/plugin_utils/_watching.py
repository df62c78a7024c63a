# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which floating IPs the monitor of each host watches, and which of them would fight over one.

Hosts are given by their variables, definitions as the lookup `definitions` has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean

from ._environments import TARGETS

Definition = Mapping[str, Any]
Host = Mapping[str, Any]


def watched_by(host: Host, definitions: Sequence[Definition]) -> list[Definition]:
    """What `deploy` lets the monitor of a host watch."""
    present = [one for one in definitions if one["state"] == "present"]
    mine = [one for one in present if _target_of(host) in _targets(one)]
    if TARGETS in host.get("group_names", ()):
        return mine
    return present if _is_observer(host) else mine or present


def rivals_among(hosts: Sequence[Host], definitions: Sequence[Definition]) -> list[str]:
    """Which of these hosts' monitors would fight over a floating IP, as sentences.

    With the file store a monitor knows nothing of the others. One on a target only moves the
    address to itself, or away from itself. Any other moves it anywhere, so it must be alone.
    """
    found: dict[tuple[str, str], list[str]] = {}
    watched = [(host, watched_by(host, definitions)) for host in hosts]
    for one in definitions:
        watching = [host for host, theirs in watched if one in theirs]
        strangers = [host for host in watching if _is_stranger(host, one)]
        others = [host for host in watching if not _is_stranger(host, one)]
        if strangers and len(watching) > 1 and one["store"]["kind"] == "file":
            found.setdefault((_names(strangers), _names(others)), []).append(one["name"])
    return [_sentence(", ".join(names), *who) for who, names in found.items()]


def _sentence(names: str, strangers: str, others: str) -> str:
    beside = f"beside {others}" if others else "beside each other"
    return (
        f"Monitors would fight over {names}: {strangers} would watch it {beside}, and is none of "
        "its targets. With the file store such a monitor must be the only one. Leave only one, or "
        "only those of targets, in the group floating_ip_observers; or, if the host is a target of "
        "another name, set floating_ip_monitor_target to that name."
    )


def _names(hosts: Sequence[Host]) -> str:
    return ", ".join(host["inventory_hostname"] for host in hosts)


def _is_stranger(host: Host, definition: Definition) -> bool:
    return _is_observer(host) or _target_of(host) not in _targets(definition)


def _is_observer(host: Host) -> bool:
    return bool(boolean(host.get("floating_ip_monitor_observer") or False))


def _target_of(host: Host) -> str:
    return str(host.get("floating_ip_monitor_target") or host["inventory_hostname"])


def _targets(definition: Definition) -> list[str]:
    return [target["name"] for target in definition["targets"]]
