#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_context
short_description: Read what monitors remember, and tell them what to do
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Works on the context, which is the files that a monitor keeps on its host. Run it on every
    host that has a monitor of the floating IP.
  - Nothing is asked of AWS, and no address moves at once. A running monitor takes up an order
    within a second.
  - Needs neither boto3 nor amazon.aws.
options:
  state:
    description:
      - V(read) only reads.
      - V(paused) stops all automatic changes. The monitor goes on watching.
      - V(resumed) ends a pause, also one that cannot be read.
      - V(drained) makes O(target) not eligible. The monitor moves the address away from it as soon
        as another target is up.
      - V(undrained) makes O(target) eligible again.
      - V(reset) closes the breaker, which too many moves open, and forgets the moves and repairs
        that were counted until now.
      - V(announced) records that an operator is moving the address, so that the monitor keeps out
        of the way, and does not take it for someone else's move. Do it before the move.
      - V(concluded) says that the announced move has ended, however it ended. The monitor then
        looks for itself, instead of waiting for the end of O(seconds), and finishes what is
        incomplete.
      - V(withdrawn) says that the announced move was never begun. The monitor forgets it.
      - V(drilling) keeps O(drills) as the drills that are under way, so that whoever comes after an
        interrupted one can put the address back.
      - V(drilled) keeps O(drills) as what the last drills came to, and that they have ended.
    type: str
    choices:
      - read
      - paused
      - resumed
      - drained
      - undrained
      - reset
      - announced
      - concluded
      - withdrawn
      - drilling
      - drilled
    default: read
  directory:
    description: Where the monitor keeps its context.
    type: path
    default: /var/lib/floating-ip
  floating_ips:
    description:
      - The definitions, best given by the lookup P(netops.floating_ip.definitions#lookup). They say
        which floating IPs are meant, and which targets there are.
      - If not given, O(names) alone decides, and V(all) is every floating IP of which something is
        kept in O(directory).
    type: list
    elements: dict
    required: false
  target:
    description:
      - The target to drain or undrain. Required with O(state=drained) and O(state=undrained).
      - Of the floating IPs, those are left alone that do not have this target. It is an error if
        none has it.
    type: str
  to:
    description: The target that all of the floating IPs are moved to, with O(state=announced).
    type: str
  destinations:
    description:
      - The target that each floating IP is moved to, by name of the floating IP, with
        O(state=announced). No other floating IP is touched then.
      - RV(netops.floating_ip.floating_ip_move#module:destinations) fits here.
    type: dict
    default: {}
  seconds:
    description:
      - How long the monitor keeps out of the way of an announced move at most, in seconds.
      - An incomplete move is then finished by the monitor, if its target is up.
    type: float
    default: 60
  drills:
    description:
      - What to keep of each drill, by name of the floating IP, with O(state=drilling) and
        O(state=drilled). No other floating IP is touched then.
      - With O(state=drilling) the name of the target that holds the address will do. O(seconds) is
        then how long the drill may take.
    type: dict
    default: {}
  lease:
    description:
      - After so many seconds without being told again, a drill counts as lost, with
        O(state=drilling). A guard on the host (C(floating-ip drill NAME --guard)) then puts the
        address back. Never if not given.
    type: float
  instances:
    description:
      - The instances that a drill may stop, by name of the target that each is, with
        O(state=drilling). Whoever comes after an interrupted drill then starts the one of the
        former holder before the address goes back.
    type: dict
    default: {}
  force:
    description: Announce also a move to a target that is drained here, which is refused otherwise.
    type: bool
    default: false
  reason:
    description: Why this is ordered, for whoever wonders later.
    type: str
    default: ""
  by:
    description: Who orders it.
    type: str
    default: an operator
attributes:
  idempotent:
    support: partial
    details:
      - O(state=announced) reports a change each time, as each announcement is a new one.
extends_documentation_fragment:
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.changes
  - netops.floating_ip.definitions
  - netops.floating_ip.definitions.names
seealso:
  - module: netops.floating_ip.floating_ip_move
  - module: netops.floating_ip.floating_ip_info
"""

EXAMPLES = r"""
- name: What does this host's monitor say?
  netops.floating_ip.floating_ip_context:
  register: context

- name: Stop automatic moves of the database's address during the maintenance
  netops.floating_ip.floating_ip_context:
    state: paused
    names: [db]
    reason: the storage is being upgraded

- name: Allow them again
  netops.floating_ip.floating_ip_context:
    state: resumed
    names: [db]

- name: Let every address go elsewhere before this server is rebooted
  netops.floating_ip.floating_ip_context:
    state: drained
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    target: db-a
    reason: a new kernel

- name: Tell the monitor of a move that is about to be made
  netops.floating_ip.floating_ip_context:
    state: announced
    destinations: {db: db-b}
    reason: a rehearsal
"""

RETURN = r"""
floating_ips:
  description: What is kept of each floating IP, sorted by name. In check mode what would be kept.
  returned: when the request was in order
  type: list
  elements: dict
  contains:
    name:
      description: The name of the floating IP.
      type: str
      sample: db
    holder:
      description: The target that held it when AWS was last asked, or null.
      type: str
      sample: db-a
    intent:
      description: Where it was last moved to, or is being moved to, by anyone. Null if never.
      type: dict
      contains:
        to:
          description: The target.
          type: str
          sample: db-a
        origin:
          description: The target that it came from, or null.
          type: str
          sample: db-b
        epoch:
          description: The number of the move.
          type: int
          sample: 7
        moving:
          description: Whether the move goes on.
          type: bool
          sample: false
        source:
          description: V(operator), V(monitor), or V(external) for anyone else.
          type: str
          sample: monitor
        cause:
          description: Why, as a word.
          type: str
          sample: failover
        time:
          description: When it began, UTC.
          type: str
          sample: "2026-01-31T12:00:00Z"
        reason:
          description: Why, as a text.
          type: str
    drained:
      description: The drained targets.
      type: list
      elements: str
      sample: []
    paused:
      description: Whether automatic changes are stopped.
      type: bool
      sample: false
    pause:
      description: C(by) whom, for which C(reason) and since what C(time). Null if not paused.
      type: dict
    moves:
      description:
        - The last ten changes of the holder, the oldest first. Each has C(time), C(origin), C(to),
          C(source), C(cause), C(reason), C(result), C(seconds), C(reversal), and C(at), the seconds
          since the host's boot.
      type: list
      elements: dict
    health:
      description: Each target's health as the monitor sees it. All V(unknown) if none is running.
      type: dict
      sample: {db-a: up, db-b: up}
    status:
      description:
        - What the monitor last said, or null if it never ran. C(sentence) says what it does and
          why, C(alarm) whether a person should look, C(time) when it said so, and C(running)
          whether it still runs.
      type: dict
    problem:
      description: What is wrong with the files, and what to do. Null if nothing is.
      type: str
    drill:
      description:
        - What the last drill came to, or null. C(passed), a C(sentence), C(outage_seconds),
          C(api_seconds) and C(propagation_seconds), C(began) and C(ended) in seconds since 1970.
      type: dict
    drilling:
      description:
        - Which target held the address before a drill that has not ended, as C(was), and when that
          C(began); the C(instance) that it may have stopped. Null if there is none.
      type: dict
    reliable_drill:
      description:
        - What the last drill came to whose moves succeeded and whose clients measured all the time.
          It may be an older one than C(drill), or null.
      type: dict
msg:
  description: The result as a sentence.
  returned: always
  type: str
  sample: The monitors of db are told.
"""

from typing import Any

from ..module_utils._ansible.answer import Answer
from ..module_utils._ansible.contexts import (
    answer_of,
    check_drained,
    check_target,
    definitions_of,
    directive_of,
    names_of,
)
from ..module_utils._ansible.definitions import OPTIONS
from ..module_utils._ansible.plain import run
from ..module_utils._operations.contexts import READ, STATES, carry_out, foretell, see

ARGUMENTS = {
    "state": {"type": "str", "choices": list(STATES), "default": READ},
    "directory": {"type": "path", "default": "/var/lib/floating-ip"},
    "floating_ips": {"type": "list", "elements": "dict"},
    "target": {"type": "str"},
    "to": {"type": "str"},
    "destinations": {"type": "dict", "default": {}},
    "seconds": {"type": "float", "default": 60},
    "drills": {"type": "dict", "default": {}},
    "lease": {"type": "float"},
    "instances": {"type": "dict", "default": {}},
    "force": {"type": "bool", "default": False},
    "reason": {"type": "str", "default": ""},
    "by": {"type": "str", "default": "an operator"},
}


def keep_context(module: Any) -> Answer:
    params = module.params
    definitions = definitions_of(params)
    directive = directive_of(params, definitions)
    directory = params["directory"]
    kept = [see(directory, name) for name in names_of(params, directive, definitions)]
    found = check_target(directive, kept, definitions)
    if not params["force"]:
        check_drained(directive, found)
    if module.check_mode:
        after = [foretell(one, directive) for one in found]
    else:
        after = [carry_out(directory, one, directive) for one in found]
    return answer_of(found, after, module.check_mode)


def main() -> None:
    run(keep_context, {**OPTIONS, **ARGUMENTS})


if __name__ == "__main__":
    main()
