#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_eni_claim
short_description: Claim secondary private addresses for a network interface, or release them
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Makes addresses the secondary private IPv4 addresses of one network interface, taking them from
    the interface that has them, and reads them back.
  - Or releases them. No other address of the interface is touched.
  - This is the low level, without a definition and without a look at any target's health. See
    M(netops.floating_ip.floating_ip_move) for moving a floating IP.
options:
  network_interface_id:
    description: The interface.
    type: str
    required: true
  addresses:
    description: The IPv4 addresses, all inside the interface's subnet.
    type: list
    elements: str
    required: true
  state:
    description:
      - V(present) claims the addresses.
      - V(absent) releases those that this interface has. Those that another one has are left there.
    type: str
    choices: [present, absent]
    default: present
  allow_reassignment:
    description: Whether an address may be taken from another interface.
    type: bool
    default: true
  expect_current:
    description:
      - Fail without any change unless every one of the addresses is like this now. The ID of the
        network interface that has it, V(blackhole) if that one is detached, or V(absent).
    type: str
extends_documentation_fragment:
  - netops.floating_ip.aws
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.changes
seealso:
  - module: netops.floating_ip.floating_ip_move
  - module: netops.floating_ip.floating_ip_route
"""

EXAMPLES = r"""
- name: Claim an address for this interface, whoever has it
  netops.floating_ip.floating_ip_eni_claim:
    network_interface_id: eni-0a1b2c3d
    addresses: [10.0.1.100]

- name: Claim it only if nobody has it
  netops.floating_ip.floating_ip_eni_claim:
    network_interface_id: eni-0a1b2c3d
    addresses: [10.0.1.100]
    allow_reassignment: false

- name: Release it
  netops.floating_ip.floating_ip_eni_claim:
    network_interface_id: eni-0a1b2c3d
    addresses: [10.0.1.100]
    state: absent
"""

RETURN = r"""
floating_ips:
  description: What became of each address, sorted. In check mode what would become of it.
  returned: when the request was in order
  type: list
  elements: dict
  contains:
    name:
      description: The address.
      type: str
      sample: 10.0.1.100
    holder:
      description: The interface that has it now, or null.
      type: str
      sample: eni-0a1b2c3d
    was:
      description: The interface that had it before, or null.
      type: str
      sample: eni-4e5f6a7b
    seconds:
      description: How long it took, verification included.
      type: float
      sample: 0.21
    items:
      description: The address in its subnet.
      type: list
      elements: dict
      contains:
        kind:
          description: V(secondary_ip).
          type: str
          sample: secondary_ip
        id:
          description: The ID of the subnet.
          type: str
          sample: subnet-0a1b2c3d
        address:
          description: The address.
          type: str
          sample: 10.0.1.100
        before:
          description: The interface that had it, or null.
          type: str
          sample: eni-4e5f6a7b
        after:
          description: The interface that has it now, or null.
          type: str
          sample: eni-0a1b2c3d
        action:
          description:
            - V(moved), V(left) as it was right already, V(failed), V(conflict) as someone else
              changed it meanwhile, or V(unverified) as it was written and has not been seen.
            - The task fails unless all are V(moved) or V(left). RV(ignore:changed) is then true if
              anything was written, and a second run completes the work.
          type: str
          sample: moved
        error:
          description: What went wrong and what to do, or null.
          type: str
msg:
  description: The result as a sentence for each address, with the first errors.
  returned: always
  type: str
  sample: "10.0.1.100 moved from eni-4e5f6a7b to eni-0a1b2c3d: 1 of 1 cell in 0.21 s."
"""

from typing import Any

from ..module_utils._ansible.answer import Answer, answer_of, refuse
from ..module_utils._ansible.aws import run
from ..module_utils._ansible.low_level import request_of
from ..module_utils._definition.model import SECONDARY_IP
from ..module_utils._operations.edge import Edge
from ..module_utils._operations.point import foretell, plan, point
from ..module_utils._operations.result import entry_of

ARGUMENTS = {
    "network_interface_id": {"type": "str", "required": True},
    "addresses": {"type": "list", "elements": "str", "required": True},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "allow_reassignment": {"type": "bool", "default": True},
    "expect_current": {"type": "str"},
}


def claim_addresses(module: Any, edge: Edge) -> Answer:
    planned = plan(edge, request_of(SECONDARY_IP, module.params))
    refuse(planned.problems)
    moved = foretell(planned) if module.check_mode else point(edge, planned)
    return answer_of([entry_of(one) for one in moved], module.check_mode)


def main() -> None:
    run(claim_addresses, ARGUMENTS)


if __name__ == "__main__":
    main()
