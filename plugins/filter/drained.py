# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: drained
short_description: The drained targets by floating IP, of what observers returned
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Puts together what M(netops.floating_ip.floating_ip_context) returned on several hosts. A target
    that is drained on one of them is drained.
options:
  _input:
    description:
      - The variables of the hosts. A host without the result among them, as one that could not be
        reached, is passed over.
    type: list
    elements: dict
    required: true
  name:
    description: The variable in which each host's result was registered.
    type: str
    default: __floating_ip_contexts
"""

EXAMPLES = r"""
- name: Move the database's address, but to no target that is drained
  netops.floating_ip.floating_ip_move:
    floating_ips: "{{ query('netops.floating_ip.definitions', names='db') }}"
    drained: >-
      {{ ['db-a', 'db-b'] | map('extract', hostvars) | netops.floating_ip.drained('context') }}
"""

RETURN = r"""
_value:
  description: The names of the drained targets, sorted, by name of the floating IP.
  type: dict
  sample: {db: [db-b]}
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ..plugin_utils._hosts import hosts_in

NAME = "__floating_ip_contexts"


def drained(hosts: Any, name: str = NAME) -> dict[str, list[str]]:
    """The targets that any host calls drained; AnsibleFilterError where it is no list of hosts."""
    found: dict[str, set[str]] = {}
    for entry in _entries(hosts_in(hosts, "drained"), name):
        if entry.get("drained"):
            found.setdefault(str(entry["name"]), set()).update(entry["drained"])
    return {name: sorted(targets) for name, targets in sorted(found.items())}


def _entries(hosts: Iterable[Any], name: str) -> Iterable[Mapping[str, Any]]:
    for variables in hosts:
        result = variables.get(name)
        if isinstance(result, Mapping):
            yield from result.get("floating_ips") or ()


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"drained": drained}
