# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Is a host ready to hold its addresses, and is it watched? Judged from what was found on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from .._definition.as_dict import to_raw
from .._definition.model import FloatingIp
from .readiness import Check

ALWAYS = "always"
FOLLOWER = "see systemctl status floating-ip-alias.service floating-ip-alias.path"
MOST_AHEAD = 5.0  # seconds between two clocks: what a slow connection explains


@dataclass(frozen=True)
class Monitor:
    """What systemd says of the monitor. `text`: its status line."""

    is_installed: bool = False
    is_enabled: bool = False  # its timer, at boot
    is_armed: bool = False  # its timer, now
    is_running: bool = False
    text: str = ""


@dataclass(frozen=True)
class HostFacts:
    """What was found on a host. `addresses`: its own, with the interface of each.

    `installed`: the definitions there, by name. `refusals`: what the agent says against them.
    `ahead`: seconds by which its clock is ahead of the controller's; None: not known.
    `targets`: which target the metadata service says that this host is, by floating IP.
    `holds`: which floating IPs the monitor says that this host has; None: cannot be read.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    monitor: Monitor = Monitor()
    installed: Mapping[str, Any] = field(default_factory=dict)
    refusals: tuple[str, ...] = ()
    is_synchronized: Optional[bool] = None
    ahead: Optional[float] = None
    targets: Mapping[str, Optional[str]] = field(default_factory=dict)
    holds: Optional[frozenset[str]] = frozenset()
    unidentified: Optional[str] = None  # why the metadata service could not be asked


@dataclass(frozen=True)
class Role:
    """What a host is to be. `is_watching`: a monitor runs here. `is_named`: its agent is told.

    `watched`: the names of what it watches; None: what it is a target of, or all if of none.
    """

    target: str
    is_watching: bool = True
    is_named: bool = False
    watched: Optional[Sequence[str]] = None


def seats_of(definitions: Sequence[FloatingIp], target: str) -> list[FloatingIp]:
    """The definitions that this target may hold."""
    return [
        one
        for one in definitions
        if one.state == "present" and target in [each.name for each in one.targets]
    ]


def host_checks(
    role: Role, definitions: Sequence[FloatingIp], facts: HostFacts
) -> tuple[Check, ...]:
    """Everything that is checked on one host. What is False keeps it from holding or watching."""
    seats = seats_of(definitions, role.target)
    checks = [*_addresses(seats, facts)]
    if role.is_watching:
        watched = _watched(role, definitions)
        checks += [_monitor(facts.monitor), _definitions(watched, facts)]
        if seats and not role.is_named:
            checks.append(_identity(role.target, seats, facts))
    return (*checks, _clock(facts))


def _watched(role: Role, definitions: Sequence[FloatingIp]) -> Sequence[FloatingIp]:
    present = [one for one in definitions if one.state == "present"]
    if role.watched is None:
        return seats_of(definitions, role.target) or present
    return [one for one in present if one.name in role.watched]


def _addresses(seats: Sequence[FloatingIp], facts: HostFacts) -> Iterator[Check]:
    for one in seats:
        missing = [address for address in one.addresses if address not in facts.addresses]
        if one.alias != ALWAYS:
            yield _following(one, missing, facts)
        elif missing:
            text = f"{one.name}: {_listed(missing)} is on no interface of this host: deploy."
            yield Check("address", False, text)
        else:
            text = f"{one.name}: {_listed(one.addresses)} is on {_where(one.addresses, facts)}."
            yield Check("address", True, text)


def _following(one: FloatingIp, missing: Sequence[str], facts: HostFacts) -> Check:
    """An alias that comes with the holder is where the monitor says so, and nowhere else."""
    there = [address for address in one.addresses if address not in missing]
    if facts.holds is None:
        return Check("address", None, f"{one.name}: The monitor's word cannot be read here.")
    if one.name in facts.holds and missing:
        text = f"The monitor says that this host has it, and {_listed(missing)} is on no interface"
        return Check("address", False, f"{one.name}: {text}: {FOLLOWER}.")
    if one.name not in facts.holds and there:
        text = "The monitor does not say that this host has it, and"
        where = f"{_listed(there)} is on {_where(there, facts)}"
        return Check("address", False, f"{one.name}: {text} {where}: {FOLLOWER}.")
    listed = _listed(one.addresses)
    if missing:
        text = f"{one.name}: {listed} is not here; it comes with the holder."
    else:
        text = f"{one.name}: {listed} is on {_where(there, facts)}, with the holder."
    return Check("address", True, text)


def _where(addresses: Sequence[str], facts: HostFacts) -> str:
    return _listed(sorted({facts.addresses[address] for address in addresses}))


def _monitor(monitor: Monitor) -> Check:
    if not monitor.is_installed:
        return Check("monitor", False, "There is no monitor on this host: deploy.")
    if not monitor.is_armed:
        text = "The monitor is not armed: deploy, once every target is up."
        return Check("monitor", False, text)
    if not monitor.is_enabled:
        return Check("monitor", False, "The monitor would not start at boot: deploy.")
    if not monitor.is_running:
        text = "The monitor does not run, though it is armed: journalctl -u floating-ip-monitor."
        return Check("monitor", False, text)
    return Check("monitor", True, f"The monitor runs: {monitor.text or 'it has said nothing yet.'}")


def _definitions(watched: Sequence[FloatingIp], facts: HostFacts) -> Check:
    if facts.refusals:
        return Check("definitions", False, " ".join(facts.refusals))
    differing = [one.name for one in watched if facts.installed.get(one.name) != to_raw(one)]
    if differing:
        text = f"The host has another definition of {_listed(differing)}, or none: deploy."
        return Check("definitions", False, text)
    return Check("definitions", True, "The agent finds its definitions sound, and up to date.")


def _identity(target: str, seats: Sequence[FloatingIp], facts: HostFacts) -> Check:
    if facts.unidentified is not None:
        return Check("identity", False, facts.unidentified)
    wrong = [one.name for one in seats if facts.targets.get(one.name) != target]
    if wrong:
        says = facts.targets.get(wrong[0]) or "none of the targets"
        text = (
            f"The metadata service says that this host is {says} of {wrong[0]}, not {target}: "
            "correct its instance_id or network_interface_id."
        )
        return Check("identity", False, text)
    return Check("identity", True, f"The metadata service says that this host is {target}.")


def _clock(facts: HostFacts) -> Check:
    """A wrong clock moves nothing, so this is never more than a warning."""
    if facts.ahead is not None and abs(facts.ahead) > MOST_AHEAD:
        way = "ahead of" if facts.ahead > 0 else "behind"
        text = f"The clock is {abs(facts.ahead):.0f} s {way} the controller's: set it."
        return Check("clock", None, text)
    if facts.is_synchronized is False:
        return Check("clock", None, "The clock is not synchronized: run an NTP client.")
    return Check("clock", True, "The clock is right.")


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
