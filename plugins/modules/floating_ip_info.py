#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_info
short_description: Who holds each floating IP, whom it reaches, and whether a failover would work
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Looks at AWS and tells who holds each floating IP, which cells disagree or lead to nowhere,
    which subnets have no route to it, and whether all is there that a failover needs.
  - Nothing is changed, and nothing is probed. See M(netops.floating_ip.floating_ip_probe) for that.
options:
  readiness:
    description: Whether to check all that a failover needs.
    type: bool
    default: true
  permissions:
    description:
      - Whether to ask AWS by dry runs, one a cell, if these credentials may move the cells. They
        draw on the rate of calls that a failover needs, so not while one goes on.
    type: bool
    default: false
  drills:
    description:
      - What the last drills came to, by name of the floating IP, as the filter
        P(netops.floating_ip.last_drills#filter) returns it.
      - Where a drill has C(api_seconds) and C(propagation_seconds), the sum of the worst outage is
        reckoned with these instead of one second each.
    type: dict
    default: {}
extends_documentation_fragment:
  - netops.floating_ip.aws
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.reads
  - netops.floating_ip.definitions
  - netops.floating_ip.definitions.names
seealso:
  - module: netops.floating_ip.floating_ip_move
  - module: netops.floating_ip.floating_ip_probe
  - module: netops.floating_ip.floating_ip_context
"""

EXAMPLES = r"""
- name: Where is each floating IP?
  netops.floating_ip.floating_ip_info:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
  register: found

- name: Could the database's address fail over, and with these credentials?
  netops.floating_ip.floating_ip_info:
    floating_ips: "{{ query('netops.floating_ip.definitions', names='db') }}"
    permissions: true
"""

RETURN = r"""
floating_ips:
  description: What is known of each floating IP, sorted by name.
  returned: when the request was in order
  type: list
  elements: dict
  contains:
    name:
      description: The name of the floating IP.
      type: str
      sample: db
    addresses:
      description: Its addresses.
      type: list
      elements: str
      sample: [100.64.10.10]
    mechanism:
      description: How it is held.
      type: str
      sample: route
    holder:
      description: The target that holds it, or null if no single one does.
      type: str
      sample: db-a
    holding:
      description: V(held), V(split), V(absent), V(foreign) or V(unreadable).
      type: str
      sample: held
    error:
      description: Why it cannot be read, or null.
      type: str
    ready:
      description: Whether all checks of RV(floating_ips[].readiness) passed. Warnings do not count.
      type: bool
      sample: true
    targets:
      description:
        - Each target with its C(name), C(network_interface_id), C(instance_id), C(address),
          C(source_dest_check), C(holds) and C(error).
      type: list
      elements: dict
    items:
      description:
        - Each cell with its C(kind), C(id), C(address), C(points_at), C(target), C(blackhole),
          C(propagated) and C(error).
      type: list
      elements: dict
    drift:
      description: Those of the cells that disagree with the holder.
      type: list
      elements: dict
    blackholes:
      description: Those of the cells that lead to nowhere.
      type: list
      elements: dict
    coverage:
      description:
        - Each subnet of the VPC with its C(subnet_id), C(zone), C(route_table_id), C(address),
          C(points_at), C(target) and whether it is C(covered), that is, reaches the holder.
      type: list
      elements: dict
    readiness:
      description:
        - Each C(check), whether it is C(ok) (null for a warning, or if it is not known), and a
          C(text). That of C(objective) has the sum of the worst outage, whether or not
          C(objective_seconds) is set. C(definition) is there where a definition holds what is
          likely a mistake, such as a probe that a frozen host still answers.
      type: list
      elements: dict
    findings:
      description: Sentences about what is wrong.
      type: list
      elements: str
msg:
  description: A sentence for each floating IP.
  returned: always
  type: str
  sample: db is at db-a, and ready.
"""

from typing import Any

from ..module_utils._ansible.answer import Answer, answer_of_info
from ..module_utils._ansible.aws import run
from ..module_utils._ansible.definitions import OPTIONS, chosen_present
from ..module_utils._operations.edge import Edge
from ..module_utils._operations.info import entry_of, info

ARGUMENTS = {
    "readiness": {"type": "bool", "default": True},
    "permissions": {"type": "bool", "default": False},
    "drills": {"type": "dict", "default": {}},
}


def tell(module: Any, edge: Edge) -> Answer:
    params = module.params
    asked = params["readiness"], params["permissions"], params["drills"]
    found = info(edge, chosen_present(params), *asked)
    return answer_of_info([entry_of(one) for one in found])


def main() -> None:
    run(tell, {**OPTIONS, **ARGUMENTS})


if __name__ == "__main__":
    main()
