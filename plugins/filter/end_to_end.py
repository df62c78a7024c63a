# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: end_to_end
short_description: Whether clients reach floating addresses, in words
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Says of each client what M(netops.floating_ip.floating_ip_probe) found out there with
    C(what=addresses). A client that was not asked, could not be reached or could not tell has
    verified nothing, which is no failure.
options:
  _input:
    description: The variables of the clients.
    type: list
    elements: dict
    required: true
  name:
    description: The variable in which each client's result was registered.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Show whether clients reach the addresses
  ansible.builtin.debug:
    msg: "{{ (query('netops.floating_ip.environment', members='clients') | map('extract', hostvars)
      | netops.floating_ip.end_to_end('probed')).lines }}"
"""

RETURN = r"""
_value:
  description: The C(lines) for people, and the names of the clients from which it C(failed).
  type: dict
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._report.results import wrapped
from ..plugin_utils._hosts import hosts_in

NOBODY = "This was not verified end to end: the environment has no host in floating_ip_clients."


def end_to_end(hosts: Any, name: str) -> dict[str, list[str]]:
    """What the clients found; AnsibleFilterError where it is no list of hosts."""
    clients = hosts_in(hosts, "end_to_end")
    asked = {str(one["inventory_hostname"]): one.get(name) for one in clients}
    healths = {host: _healths(result) for host, result in asked.items()}
    failed = [host for host, found in healths.items() if "down" in found]
    reached = [host for host, found in healths.items() if found == {"up"}]
    said = [f"This was verified end to end from {', '.join(reached)}."] if reached else []
    said += [f"From {host} it FAILS end to end: {_why(asked[host])}" for host in failed]
    said += [
        f"This was not verified end to end from {host}: {_why(asked[host])}"
        for host in asked
        if host not in (*reached, *failed)
    ]
    return {"lines": wrapped(said or [NOBODY]), "failed": failed}


def _healths(result: Mapping[str, Any] | None) -> set[str]:
    return {str(one["health"]) for one in (result or {}).get("targets", ())}


def _why(result: Mapping[str, Any] | None) -> str:
    if result is None:
        return "this run did not reach it."
    if result.get("skipped"):
        return "it was not asked."
    return str(result.get("msg", "it failed without a word."))


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"end_to_end": end_to_end}
