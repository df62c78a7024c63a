#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_provision
short_description: Make or remove the AWS side of floating IPs
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Makes what definitions describe. Every target's source/destination check is switched off where
    routes lead to it, what carries the address is tagged C(floating-ip:NAME), and an address that
    nobody holds is given to its most preferred target.
  - An address that a target holds stays there. Cells that disagree with it are repaired.
  - A definition with C(state=absent) has its routes or addresses and its tags removed.
  - Nothing else is touched, and nothing at all is changed if anything is wrong with any of the
    definitions or with the network that they meet.
options:
  state:
    description:
      - Takes the place of each definition's own C(state). V(absent) removes all that are selected.
      - If not given, each definition's own counts.
    type: str
    choices: [present, absent]
  report_orphans:
    description:
      - Warn of what is tagged for a floating IP that is in no definition. It is never removed.
      - O(floating_ips) must then hold all definitions that there are for the account and Region.
    type: bool
    default: false
  drills:
    description:
      - What the last drills came to, by name of the floating IP, as the filter
        P(netops.floating_ip.last_drills#filter) returns it.
      - Where a drill has C(api_seconds) and C(propagation_seconds), C(objective_seconds) is
        reckoned with these instead of one second each.
    type: dict
    default: {}
extends_documentation_fragment:
  - netops.floating_ip.aws
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.changes
  - netops.floating_ip.definitions
  - netops.floating_ip.definitions.names
seealso:
  - module: netops.floating_ip.floating_ip_info
  - module: netops.floating_ip.floating_ip_move
"""

EXAMPLES = r"""
- name: Make the AWS side of every floating IP
  netops.floating_ip.floating_ip_provision:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    report_orphans: true

- name: Remove the database's
  netops.floating_ip.floating_ip_provision:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    names: [db]
    state: absent
"""

RETURN = r"""
floating_ips:
  description:
    - What became of each floating IP, sorted by name. In check mode what would become of it.
  returned: when the request was in order
  type: list
  elements: dict
  contains:
    name:
      description: The name of the floating IP.
      type: str
      sample: db
    state:
      description: V(present) or V(absent), as wanted.
      type: str
      sample: present
    holder:
      description: The target that holds it now, or null.
      type: str
      sample: db-a
    seconds:
      description: How long it took, verification included.
      type: float
      sample: 0.42
    items:
      description: Each thing that belongs to it.
      type: list
      elements: dict
      contains:
        kind:
          description: V(route), V(secondary_ip), V(source_dest_check) or V(tag).
          type: str
          sample: route
        id:
          description: The ID of the route table, subnet or network interface.
          type: str
          sample: rtb-0a1b2c3d
        address:
          description: The address, or null where it is not about one.
          type: str
          sample: 100.64.10.10
        before:
          description:
            - What a cell led to, whether the check was on, or the value of the tag. Null if it was
              not there.
          type: raw
        after:
          description: The same as it is now.
          type: raw
          sample: eni-0a1b2c3d
        action:
          description:
            - V(moved) if it was changed, V(left) as it was right already, V(failed), V(conflict) as
              someone else changed it meanwhile, or V(unverified) as it was written and has not been
              seen.
            - The task fails unless all are V(moved) or V(left). RV(ignore:changed) is then true if
              anything was written, and a second run completes the work.
          type: str
          sample: moved
        error:
          description: What went wrong and what to do, or null.
          type: str
    targets:
      description: Each target's interface, so that the items can be told in the targets' names.
      type: list
      elements: dict
      contains:
        name:
          description: The name of the target.
          type: str
          sample: db-a
        network_interface_id:
          description: The interface, or null if there is none.
          type: str
          sample: eni-0a1b2c3d
orphans:
  description: Sentences about what is tagged for floating IPs that are in no definition.
  returned: when the request was in order
  type: list
  elements: str
msg:
  description: The result as a sentence for each floating IP, with the first errors.
  returned: always
  type: str
  sample: "db is deployed, and db-a holds it: 50 made, 2 left as is in 0.42 s."
"""

from dataclasses import replace
from typing import Any

from ..module_utils._ansible.answer import Answer, answer_of, refuse
from ..module_utils._ansible.aws import run
from ..module_utils._ansible.definitions import OPTIONS, STATES, all_of, chosen
from ..module_utils._operations.edge import Edge
from ..module_utils._operations.provision import entry_of, foretell, orphans, plan, provision
from ..module_utils._operations.result import seats_of

ARGUMENTS = {
    "state": {"type": "str", "choices": list(STATES)},
    "report_orphans": {"type": "bool", "default": False},
    "drills": {"type": "dict", "default": {}},
}


def make_or_remove(module: Any, edge: Edge) -> Answer:
    params = module.params
    plans = plan(edge, chosen(params), params["drills"])
    refuse(problem for one in plans for problem in one.problems)
    made = foretell(plans) if module.check_mode else provision(edge, plans)
    lost = orphans(edge, all_of(params)) if params["report_orphans"] else ()
    entries = [
        {**entry_of(one), "targets": seats_of(planned.look)} for one, planned in zip(made, plans)
    ]
    answer = answer_of(entries, module.check_mode, orphans=list(lost))
    said = tuple(warning for one in plans for warning in one.warnings)
    return replace(answer, warnings=(*said, *lost))


def main() -> None:
    run(make_or_remove, {**OPTIONS, **ARGUMENTS})


if __name__ == "__main__":
    main()
