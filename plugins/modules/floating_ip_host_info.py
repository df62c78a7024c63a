#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_host_info
short_description: Is this host ready to hold its floating IPs, and is it watching them?
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Looks at the host that it runs on. It tells whether the addresses are on an interface, the
    monitor is armed and running, the agent has the definitions of the inventory and no objection
    to them, the metadata service (IMDSv2) says that the host is the target of its name, and the
    clock is right.
  - Needs neither boto3 nor amazon.aws, and asks nothing of AWS.
options:
  target:
    description: Which target this host is. By convention the name of the inventory host.
    type: str
    required: true
  watching:
    description: Whether a monitor is to run here.
    type: bool
    default: true
  watched:
    description:
      - The names of the floating IPs that the monitor is to watch, as the filter
        P(netops.floating_ip.watched#filter) tells them.
      - If not given, those of which the host is a target, or all if it is a target of none.
    type: list
    elements: str
  named:
    description: Whether the monitor is told which target the host is, so that it need not ask.
    type: bool
    default: false
  controller_time:
    description: Seconds of the epoch on the controller, to compare the clocks. 0 does not compare.
    type: float
    default: 0
extends_documentation_fragment:
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.reads
  - netops.floating_ip.definitions
  - netops.floating_ip.definitions.names
seealso:
  - module: netops.floating_ip.floating_ip_info
  - module: netops.floating_ip.floating_ip_context
"""

EXAMPLES = r"""
- name: Is each target ready to take its addresses?
  netops.floating_ip.floating_ip_host_info:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    target: "{{ inventory_hostname }}"
  become: true
  register: found
"""

RETURN = r"""
host:
  description: What was found.
  returned: success
  type: dict
  contains:
    target:
      description: The target that the host is.
      type: str
      sample: db-a
    addresses:
      description: Each address that this target may hold.
      type: list
      elements: dict
      contains:
        floating_ip:
          description: The name of the floating IP.
          type: str
          sample: db
        address:
          description: The address.
          type: str
          sample: 100.64.10.10
        interface:
          description: The interface that has it, or null.
          type: str
          sample: ens5
    monitor:
      description: What systemd says of the monitor.
      type: dict
      contains:
        installed:
          description: Whether there is one.
          type: bool
          sample: true
        armed:
          description: Whether it is started now and at boot.
          type: bool
          sample: true
        running:
          description: Whether it runs.
          type: bool
          sample: true
        status:
          description: Its status line.
          type: str
          sample: db is at db-a.
    readiness:
      description: Each check.
      type: list
      elements: dict
      contains:
        check:
          description: V(address), V(monitor), V(definitions), V(identity) or V(clock).
          type: str
          sample: address
        ok:
          description: False if it keeps the host from holding or watching. Null is a warning.
          type: bool
          sample: true
        text:
          description: What was found, and what to do.
          type: str
          sample: "db: 100.64.10.10 is on ens5."
    ready:
      description: Whether no check is false.
      type: bool
      sample: true
msg:
  description: What keeps the host from being ready, or that it is.
  returned: always
  type: str
  sample: db-a is ready.
"""

import time
from typing import Any

from ..module_utils._ansible.answer import Answer
from ..module_utils._ansible.definitions import OPTIONS, chosen
from ..module_utils._ansible.hosts import answer_of_host
from ..module_utils._ansible.plain import run
from ..module_utils._engine.host_readiness import Role
from ..module_utils._operations.host_look import Places, look_here

ARGUMENTS = {
    "target": {"type": "str", "required": True},
    "watching": {"type": "bool", "default": True},
    "watched": {"type": "list", "elements": "str"},
    "named": {"type": "bool", "default": False},
    "controller_time": {"type": "float", "default": 0},
}


def look(module: Any) -> Answer:
    params = module.params
    definitions = chosen(params)
    role = Role(params["target"], params["watching"], params["named"], params["watched"])
    then = params["controller_time"]
    ahead = time.time() - then if then else None
    is_asked = role.is_watching and not role.is_named
    return answer_of_host(role, definitions, look_here(definitions, Places(), ahead, is_asked))


def main() -> None:
    run(look, {**OPTIONS, **ARGUMENTS})


if __name__ == "__main__":
    main()
