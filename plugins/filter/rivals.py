# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: rivals
short_description: Which monitors would fight over a floating IP
version_added: 1.0.0
author: NetOps (@netops)
description:
  - With the file store a monitor knows nothing of what others do. One on a target moves an address
    only to itself, or away from itself. One that is no target of a floating IP moves it anywhere,
    so it must be the only one that watches it.
  - What a host watches is what the filter P(netops.floating_ip.watched#filter) says.
options:
  _input:
    description: The variables of the hosts with a monitor.
    type: list
    elements: dict
    required: true
  definitions:
    description: What the lookup P(netops.floating_ip.definitions#lookup) returned.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Refuse monitors that would fight
  ansible.builtin.assert:
    that: query('netops.floating_ip.environment', members='observers') | map('extract', hostvars)
      | netops.floating_ip.rivals(query('netops.floating_ip.definitions')) | length == 0
"""

RETURN = r"""
_value:
  description: A sentence for each group of them. Empty if all get along.
  type: list
  elements: str
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..plugin_utils._hosts import hosts_in
from ..plugin_utils._watching import rivals_among


def rivals(hosts: Any, definitions: Sequence[Mapping[str, Any]]) -> list[str]:
    """The sentences; AnsibleFilterError where it is no list of hosts."""
    return rivals_among(hosts_in(hosts, "rivals"), definitions)


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"rivals": rivals}
