#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_move
short_description: Move floating IPs to another target
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Gives floating IPs to another of their targets, by whatever mechanism each of them has, and
    verifies that AWS shows it.
  - One call looks at AWS, checks the network and the destination, writes every route or address in
    parallel at the rate that AWS allows, reads all of them back, and reports each.
  - Nothing is changed if anything is wrong with what was asked for, for any of the floating IPs.
  - Monitors take an unannounced move for someone else's, and adopt it. Set
    O(netops.floating_ip.floating_ip_context#module:state=announced) first, as the playbooks of this
    collection do, so that they keep out of the way.
options:
  to:
    description:
      - The target that gets the addresses. It must be a target of every selected floating IP.
      - If not given, O(choose) decides for each floating IP.
    type: str
  destinations:
    description:
      - The target for each floating IP, as a dictionary of targets by name. A floating IP that is
        not in it gets the one of O(to) or O(choose).
      - RV(destinations) of an earlier run in check mode fits here.
    type: dict
    default: {}
  choose:
    description:
      - Which target to take if O(to) is not given. Targets that are drained or not up are passed
        over.
      - V(next) is the most preferred target that does not hold the address now. So each run moves
        it.
      - V(preferred) is the most preferred target of all. Nothing is moved if it holds the address.
    type: str
    choices: [next, preferred]
    default: next
  probe_from:
    description:
      - V(here) probes the destination from the host that runs this module, until it is clearly up
        or down, and refuses one that is not up.
      - V(nowhere) does not probe. The result says so. Use it where that host cannot reach the
        targets, after probing with M(netops.floating_ip.floating_ip_probe) from one that can.
    type: str
    choices: [here, nowhere]
    default: here
  drained:
    description:
      - The targets that operators have drained, as a dictionary of lists by name of the floating
        IP, as M(netops.floating_ip.floating_ip_context) returns them on the observers.
      - Such a target is refused as a destination, and never chosen.
    type: dict
    default: {}
  force:
    description:
      - Move even to a target that is drained or not up, without probing it, take over what leads
        to an interface that is no target, and move what can be moved where a part of the network
        that the definition names is missing.
    type: bool
    default: false
  expect_current:
    description:
      - Fail without any change unless every cell of the selected floating IPs is like this now.
        The ID of a network interface, V(blackhole), or V(absent).
      - This narrows the window in which two parties can overwrite each other, and does not close
        it, as AWS replaces routes unconditionally.
    type: str
attributes:
  idempotent:
    support: partial
    details:
      - With O(to) or O(choose=preferred) a second run reports no change. With O(choose=next) each
        run moves.
extends_documentation_fragment:
  - netops.floating_ip.aws
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.changes
  - netops.floating_ip.definitions
  - netops.floating_ip.definitions.names
seealso:
  - module: netops.floating_ip.floating_ip_info
  - module: netops.floating_ip.floating_ip_probe
  - module: netops.floating_ip.floating_ip_context
"""

EXAMPLES = r"""
- name: Move the database's address to the other server
  netops.floating_ip.floating_ip_move:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    names: [db]
    to: db-b

- name: Give every address back to its most preferred target that is up
  netops.floating_ip.floating_ip_move:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    choose: preferred

- name: Move it away from an interface that is gone, whatever the probes say
  netops.floating_ip.floating_ip_move:
    floating_ips: "{{ query('netops.floating_ip.definitions', names='db') }}"
    to: db-a
    force: true
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
    holder:
      description: The target that holds it now, or null if no single one does.
      type: str
      sample: db-b
    was:
      description: The target that held it before, or null.
      type: str
      sample: db-a
    seconds:
      description: How long the move took, verification included.
      type: float
      sample: 0.31
    items:
      description: Each cell, which is one address in one route table or in one subnet.
      type: list
      elements: dict
      contains:
        kind:
          description: V(route) or V(secondary_ip).
          type: str
          sample: route
        id:
          description: The ID of the route table or of the subnet.
          type: str
          sample: rtb-0a1b2c3d
        address:
          description: The address.
          type: str
          sample: 100.64.10.10
        before:
          description: What it led to, or null.
          type: str
          sample: eni-0a1b2c3d
        after:
          description: What it leads to now, or null.
          type: str
          sample: eni-4e5f6a7b
        action:
          description:
            - V(moved), V(left) as it was right already, V(failed), V(conflict) as someone else
              changed it meanwhile, or V(unverified) as it was written and has not been seen.
            - The task fails unless all are V(moved) or V(left). RV(ignore:changed) is then true if
              anything was written, and a second run completes the move.
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
destinations:
  description: The target that each floating IP was given to, or would be, by name.
  returned: when the request was in order
  type: dict
  sample: {db: db-b}
moving:
  description: Those of RV(destinations) for which anything changes.
  returned: when the request was in order
  type: dict
  sample: {db: db-b}
seconds_allowed:
  description:
    - The longest that the move may take, which is how long monitors should keep out of its way.
  returned: when the request was in order
  type: float
  sample: 30.0
probes:
  description: What the probes from this host showed. Empty if nothing was probed.
  returned: when the request was in order
  type: list
  elements: dict
  contains:
    floating_ip:
      description: The name of the floating IP.
      type: str
      sample: db
    target:
      description: The target.
      type: str
      sample: db-b
    health:
      description: V(up), V(down) or V(unknown).
      type: str
      sample: up
    reason:
      description: What the last probe showed.
      type: str
      sample: 10.0.2.10:80 answered with status 200
calls:
  description:
    - The calls to AWS. Each has the C(operation), the C(resource), the C(time) at which it ended,
      its C(milliseconds), and the C(outcome), which is V(ok) or AWS's code of the error.
  returned: when the request was in order
  type: list
  elements: dict
msg:
  description: The result as a sentence for each floating IP, with the first errors.
  returned: always
  type: str
  sample: "db moved from db-a to db-b: 50 of 50 cells in 0.31 s."
"""

from dataclasses import replace
from typing import Any

from ..module_utils._ansible.answer import Answer, answer_of, probes_of, refuse
from ..module_utils._ansible.aws import run
from ..module_utils._ansible.calls import Calls
from ..module_utils._ansible.definitions import OPTIONS, chosen_present
from ..module_utils._ansible.wish import wish_of
from ..module_utils._operations.candidates import candidates
from ..module_utils._operations.edge import Edge
from ..module_utils._operations.look import look
from ..module_utils._operations.move import foretell, move, time_allowed
from ..module_utils._operations.order import NEXT, PREFERRED, prepare
from ..module_utils._operations.prove import prove
from ..module_utils._operations.result import entry_of, seats_of
from ..module_utils._operations.validate import obstacles

ARGUMENTS = {
    "to": {"type": "str"},
    "destinations": {"type": "dict", "default": {}},
    "choose": {"type": "str", "choices": [NEXT, PREFERRED], "default": NEXT},
    "probe_from": {"type": "str", "choices": ["here", "nowhere"], "default": "here"},
    "drained": {"type": "dict", "default": {}},
    "force": {"type": "bool", "default": False},
    "expect_current": {"type": "str"},
}


def move_addresses(module: Any, edge: Edge) -> Answer:
    params, calls = module.params, Calls()
    edge = calls.watched(edge)
    definitions = chosen_present(params)
    wish = wish_of(params, definitions)
    if not params["force"]:
        refuse(text for texts in obstacles(edge, definitions).values() for text in texts)
    looks = look(edge, definitions)
    if params["probe_from"] == "here" and not params["force"]:
        wish = replace(wish, proofs=prove(candidates(definitions, looks, wish), looks, edge.clock))
    prepared = prepare(definitions, looks, wish)
    refuse(prepared.problems)
    orders = prepared.orders
    moved = foretell(orders) if module.check_mode else move(edge, orders)
    answer = answer_of(
        [{**entry_of(one), "targets": seats_of(one.look)} for one in moved],
        module.check_mode,
        destinations={one.name: one.to for one in moved},
        moving={one.name: one.to for one in moved if one.is_changed},
        seconds_allowed=time_allowed(sum(len(one.outcomes) for one in moved)),
        probes=probes_of(wish.proofs),
        calls=calls.told(),
    )
    not_probed = " The destinations were not probed." if wish.proofs is None else ""
    return replace(answer, msg=answer.msg + not_probed)


def main() -> None:
    run(move_addresses, {**OPTIONS, **ARGUMENTS})


if __name__ == "__main__":
    main()
