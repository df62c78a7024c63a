#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_probe
short_description: Probe targets or floating addresses from any host
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Probes as the monitor does, from the host that the task runs on, and tells what is up. All of it
    is probed at the same time.
  - Nothing is changed. Needs neither boto3 nor amazon.aws.
  - Nobody vouches here for the path from this host, so V(down) means down as seen from it.
options:
  floating_ips:
    description:
      - The definitions, best given by the lookup P(netops.floating_ip.definitions#lookup). Each is
        probed by the rules of its C(probe).
      - Either this or O(address) is required.
    type: list
    elements: dict
    required: false
  what:
    description:
      - What of the floating IPs to probe. V(targets) are their targets.
      - V(addresses) are the floating addresses themselves, from end to end. Do that from a host
        that is no target and whose subnet's route table leads to them.
    type: str
    choices: [targets, addresses]
    default: targets
  targets:
    description: Probe only these targets. If not given, or an empty list, all of them.
    type: list
    elements: str
    default: []
  address:
    description: The address or the name of one host to probe, without a definition.
    type: str
  protocol:
    description: With O(address), what a probe does. V(http) if not given.
    type: str
    choices: [http, https, tcp, icmp, command]
  port:
    description:
      - With O(address), the port. 80 for O(protocol=http) and 443 for O(protocol=https) if not
        given; O(protocol=tcp) needs one.
    type: int
  path:
    description: With O(address), the path, with its query. V(/) if not given.
    type: str
  host:
    description:
      - With O(address), the Host header, and the name that the TLS certificate must have. The
        address if not given.
    type: str
  expect_status:
    description:
      - With O(address), the HTTP statuses, and ranges of them, that mean up. V(200-299) if not
        given.
    type: list
    elements: str
  expect_body:
    description: With O(address), a text that the body must contain.
    type: str
  verify_tls:
    description: With O(address), whether the certificate must be valid. True if not given.
    type: bool
  command:
    description:
      - With O(address), the command and its arguments, run without a shell. Its exit status 0 means
        up. Its environment has C(FLOATING_IP_TARGET) and C(FLOATING_IP_ADDRESS).
    type: list
    elements: str
  timeout:
    description: With O(address), how long a probe may take, in seconds. 0.5 if not given.
    type: float
  rise:
    description: With O(address), how many successes in a row prove up. 2 if not given.
    type: int
  fall:
    description: With O(address), how many failures in a row prove down. 3 if not given.
    type: int
  until:
    description:
      - V(once) probes each once, and believes it.
      - V(settled) probes each until C(rise) successes or C(fall) failures in a row, or O(attempts).
        With O(require=up) or O(require=down) the other outcome does not end it.
    type: str
    choices: [once, settled]
    default: settled
  attempts:
    description: After how many probes of one target to end, settled or not.
    type: int
    default: 10
  interval:
    description:
      - From the start of one probe of a target to the start of the next, in seconds. If not given,
        the definition's C(fast_interval), or 0.1.
    type: float
  require:
    description: Fail unless everything that was probed is like this. V(none) never fails for it.
    type: str
    choices: [up, down, none]
    default: none
extends_documentation_fragment:
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.reads
  - netops.floating_ip.definitions
  - netops.floating_ip.definitions.names
seealso:
  - module: netops.floating_ip.floating_ip_move
  - module: netops.floating_ip.floating_ip_info
"""

EXAMPLES = r"""
- name: Which targets are up, as seen from this host?
  netops.floating_ip.floating_ip_probe:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
  register: probed

- name: Wait up to ten seconds until the database answers at its floating address
  netops.floating_ip.floating_ip_probe:
    floating_ips: "{{ query('netops.floating_ip.definitions', names='db') }}"
    what: addresses
    require: up
    attempts: 20
    interval: 0.5

- name: Is this web server ready?
  netops.floating_ip.floating_ip_probe:
    address: 10.0.1.10
    protocol: http
    path: /
    until: once
    require: up
"""

RETURN = r"""
targets:
  description: What was probed, in the order of the definitions.
  returned: when the request was in order
  type: list
  elements: dict
  contains:
    floating_ip:
      description: The name of the floating IP, or null with O(address).
      type: str
      sample: db
    target:
      description: The target, or the address itself.
      type: str
      sample: db-a
    address:
      description: What was probed. Empty if O(protocol=command) leaves it to the command.
      type: str
      sample: 10.0.1.10
    health:
      description: V(up), V(down), or V(unknown) as it did not settle, or could not be probed.
      type: str
      sample: up
    evidence:
      description:
        - What the last probe showed. V(passed), V(refused), V(wrong), V(timeout), or V(unknown) as
          it could not be made.
      type: str
      sample: passed
    reason:
      description: What the last probe showed, in words.
      type: str
      sample: 10.0.1.10:80 answered with status 200
    probes:
      description: How many probes were made.
      type: int
      sample: 2
    seconds:
      description: How long that took.
      type: float
      sample: 0.104
msg:
  description: A sentence for each, or only for those that are not as required.
  returned: always
  type: str
  sample: "db-a of db is up: 10.0.1.10:80 answered with status 200."
"""

import time
from typing import Any

from ..module_utils._ansible.answer import Answer
from ..module_utils._ansible.definitions import OPTIONS
from ..module_utils._ansible.plain import run
from ..module_utils._ansible.probing import (
    ADDRESSES,
    ANYTHING,
    ONCE,
    SETTLED,
    TARGETS,
    probe,
    requests_of,
)
from ..module_utils._definition.schema_probe import PROTOCOLS

ARGUMENTS = {
    "floating_ips": {"type": "list", "elements": "dict"},
    "what": {"type": "str", "choices": [TARGETS, ADDRESSES], "default": TARGETS},
    "targets": {"type": "list", "elements": "str", "default": []},
    "address": {"type": "str"},
    "protocol": {"type": "str", "choices": list(PROTOCOLS)},
    "port": {"type": "int"},
    "path": {"type": "str"},
    "host": {"type": "str"},
    "expect_status": {"type": "list", "elements": "str"},
    "expect_body": {"type": "str"},
    "verify_tls": {"type": "bool"},
    "command": {"type": "list", "elements": "str"},
    "timeout": {"type": "float"},
    "rise": {"type": "int"},
    "fall": {"type": "int"},
    "until": {"type": "str", "choices": [ONCE, SETTLED], "default": SETTLED},
    "attempts": {"type": "int", "default": 10},
    "interval": {"type": "float"},
    "require": {"type": "str", "choices": ["up", "down", ANYTHING], "default": ANYTHING},
}


def probe_targets(module: Any) -> Answer:
    return probe(requests_of(module.params), module.params, time.monotonic)


def main() -> None:
    run(probe_targets, {**OPTIONS, **ARGUMENTS}, required_one_of=[("floating_ips", "address")])


if __name__ == "__main__":
    main()
