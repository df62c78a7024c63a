# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: drilled
short_description: What a drill came to, from what its hosts found out
version_added: 1.0.0
author: NetOps (@netops)
description:
  - A part of the playbook C(netops.floating_ip.drill), which gathers what this judges.
options:
  _input:
    description: The variables of the environment host.
    type: dict
    required: true
  clients:
    description: The variables of the hosts that measured.
    type: list
    elements: dict
    required: true
  observers:
    description: The variables of the hosts with monitors.
    type: list
    elements: dict
    default: []
"""

EXAMPLES = r"""
- name: Judge the drill
  ansible.builtin.set_fact:
    drills: "{{ hostvars[inventory_hostname] | netops.floating_ip.drilled(clients) }}"
"""

RETURN = r"""
_value:
  description:
    - A dict for each floating IP. C(plan) is what was to be done, C(legs) what was, C(result) what
      it came to, with C(passed), a C(sentence) and the C(checks); C(record) is what is kept of it.
  type: list
  elements: dict
"""

from collections.abc import Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._operations.drill_collect import drills_of
from ..module_utils._operations.drill_judge import record_of


def drilled(
    environment: Any, clients: Sequence[Any], observers: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """The judged drills; AnsibleFilterError where there was none."""
    if "__floating_ip_drill" not in environment:
        raise AnsibleFilterError("drilled needs the variables of a host that a drill was run on.")
    found = drills_of(environment, list(clients), list(observers))
    return [{**one, "record": {**record_of(one), "holder": one["holder"]}} for one in found]


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"drilled": drilled}
