#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_route
short_description: Point host routes in many route tables at one network interface
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Creates, replaces or deletes the host routes to some addresses in some route tables. All of them
    are written in parallel, at the rate that AWS allows, and read back.
  - No other route is touched, nor a propagated one, nor any route of a gateway's table.
  - This is the low level, without a definition and without a look at any target's health. See
    M(netops.floating_ip.floating_ip_move) for moving a floating IP.
options:
  addresses:
    description: The addresses, IPv4 or IPv6, outside of every CIDR of the VPC.
    type: list
    elements: str
    required: true
  route_table_ids:
    description: The route tables.
    type: list
    elements: str
    required: true
  network_interface_id:
    description:
      - The interface that the routes lead to. Required with O(state=present).
      - With O(state=absent) only routes to this interface are deleted. If not given, every route to
        the addresses is, whatever it leads to.
    type: str
  state:
    description: Whether the routes are to be there.
    type: str
    choices: [present, absent]
    default: present
  allow_public:
    description: Whether an address may lie in public space, which hides it from the VPC.
    type: bool
    default: false
  expect_current:
    description:
      - Fail without any change unless every one of the routes is like this now. The ID of a network
        interface, V(blackhole), or V(absent).
      - This narrows the window in which two parties can overwrite each other, and does not close
        it, as AWS replaces routes unconditionally.
    type: str
extends_documentation_fragment:
  - netops.floating_ip.aws
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.changes
seealso:
  - module: netops.floating_ip.floating_ip_move
  - module: netops.floating_ip.floating_ip_eni_claim
"""

EXAMPLES = r"""
- name: Lead two addresses to one interface, in two tables
  netops.floating_ip.floating_ip_route:
    addresses: [100.64.10.10, 100.64.10.11]
    route_table_ids: [rtb-0a1b2c3d, rtb-4e5f6a7b]
    network_interface_id: eni-0a1b2c3d

- name: Lead them to another interface, unless someone else has done something meanwhile
  netops.floating_ip.floating_ip_route:
    addresses: [100.64.10.10, 100.64.10.11]
    route_table_ids: [rtb-0a1b2c3d, rtb-4e5f6a7b]
    network_interface_id: eni-4e5f6a7b
    expect_current: eni-0a1b2c3d

- name: Remove the routes
  netops.floating_ip.floating_ip_route:
    addresses: [100.64.10.10, 100.64.10.11]
    route_table_ids: [rtb-0a1b2c3d, rtb-4e5f6a7b]
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
      sample: 100.64.10.10
    holder:
      description: What all of its routes lead to now, or null if they disagree or are not there.
      type: str
      sample: eni-0a1b2c3d
    was:
      description: What all of its routes led to before, or null.
      type: str
    seconds:
      description: How long it took, verification included.
      type: float
      sample: 0.31
    items:
      description: Each route.
      type: list
      elements: dict
      contains:
        kind:
          description: V(route).
          type: str
          sample: route
        id:
          description: The ID of the route table.
          type: str
          sample: rtb-0a1b2c3d
        address:
          description: The address.
          type: str
          sample: 100.64.10.10
        before:
          description: What the route led to, or null if there was none.
          type: str
        after:
          description: What the route leads to now, or null if there is none.
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
  sample: "100.64.10.10 moved to eni-0a1b2c3d: 50 of 50 cells in 0.31 s."
"""

from dataclasses import replace
from typing import Any

from ..module_utils._ansible.answer import Answer, answer_of, refuse
from ..module_utils._ansible.aws import run
from ..module_utils._ansible.low_level import request_of
from ..module_utils._definition.model import ROUTE
from ..module_utils._operations.edge import Edge
from ..module_utils._operations.point import foretell, plan, point
from ..module_utils._operations.result import entry_of

ARGUMENTS = {
    "addresses": {"type": "list", "elements": "str", "required": True},
    "route_table_ids": {"type": "list", "elements": "str", "required": True},
    "network_interface_id": {"type": "str"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "allow_public": {"type": "bool", "default": False},
    "expect_current": {"type": "str"},
}


def point_routes(module: Any, edge: Edge) -> Answer:
    planned = plan(edge, request_of(ROUTE, module.params))
    refuse(planned.problems)
    moved = foretell(planned) if module.check_mode else point(edge, planned)
    answer = answer_of([entry_of(one) for one in moved], module.check_mode)
    return replace(answer, warnings=planned.warnings)


def main() -> None:
    run(point_routes, ARGUMENTS, required_if=[("state", "present", ["network_interface_id"])])


if __name__ == "__main__":
    main()
