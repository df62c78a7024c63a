#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_measure
short_description: Measure what a client of a floating address sees
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Asks floating addresses many times a second, from the host that the task runs on, and tells
    which questions had no answer, in which outages. A lost question never delays the next one.
  - Run it on a client, which is a host that is no target and whose subnet's route table leads to
    the addresses. The playbook C(netops.floating_ip.drill) does so during failovers.
  - Nothing is changed. Needs neither boto3 nor amazon.aws.
options:
  seconds:
    description: How long to measure, at most.
    type: float
    default: 10
  interval:
    description: From one question to the next, in seconds. From 0.001 to 1.
    type: float
    default: 0.01
  timeout:
    description:
      - How long a question may take, in seconds. A longer one than 0.2 hides lost packets that TCP
        sends again.
    type: float
    default: 0.2
  protocol:
    description: How to ask. If not given, as the definition's C(probe) does.
    type: str
    choices: [http, https, tcp, icmp, udp]
  port:
    description: The port to ask. If not given, the port of the definition's C(probe).
    type: int
  path:
    description: The path to ask for. If not given, the path of the definition's C(probe).
    type: str
  address:
    description: Where this client reaches the floating address, if not at the address itself.
    type: str
  told:
    description:
      - A file on the host that the meter reads many times a second. What is written there is marked
        in the result, with the time. The word V(end) ends the measuring.
    type: path
  told_within:
    description:
      - After so many seconds in which O(told) was not written to, the measuring ends, for whoever
        writes there is gone. If not given, it goes on for O(seconds).
    type: float
  require:
    description: Fail unless every question was answered. V(nothing) never fails for it.
    type: str
    choices: [answers, nothing]
    default: nothing
extends_documentation_fragment:
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.reads
  - netops.floating_ip.definitions
  - netops.floating_ip.definitions.names
seealso:
  - module: netops.floating_ip.floating_ip_probe
"""

EXAMPLES = r"""
- name: Does every question of two seconds get its answer?
  netops.floating_ip.floating_ip_measure:
    floating_ips: "{{ query('netops.floating_ip.definitions', names='db') }}"
    seconds: 2
    require: answers

- name: Measure in the background until the word `end` is written to the file
  netops.floating_ip.floating_ip_measure:
    floating_ips: "{{ query('netops.floating_ip.definitions', names='db') }}"
    seconds: 600
    told: /run/user/1000/words
    told_within: 60
  async: 660
  poll: 0
  register: measuring
"""

RETURN = r"""
measurements:
  description: One for each address, in the order of the definitions.
  returned: when the request was in order
  type: list
  elements: dict
  contains:
    floating_ip:
      description: The name of the floating IP.
      type: str
      sample: db
    address:
      description: What was asked.
      type: str
      sample: 100.64.10.10
    sent:
      description: How many questions were sent.
      type: int
      sample: 1000
    answered:
      description: How many of them were answered in time.
      type: int
      sample: 880
    lost:
      description: How many were not.
      type: int
      sample: 120
    unmeasured:
      description: How many were not, but this host itself was asleep or too busy to tell.
      type: int
      sample: 0
    outages:
      description:
        - Questions in a row without an answer. Each has C(start), C(end) and C(seconds), from the
          first lost one to the next one that was answered, the number of C(packets), a C(reason),
          and C(over), which is false if the measuring ended first.
      type: list
      elements: dict
    pause:
      description:
        - The longest time in seconds in which nothing was asked. A long one tells that this host
          was asleep or too busy.
      type: float
      sample: 0.012
    longest:
      description: The longest outage in seconds. 0 if there was none.
      type: float
      sample: 1.2
    delay:
      description: How long answers took, in milliseconds, as C(p50), C(p90), C(p99) and C(max).
      type: dict
      sample: {p50: 0.5, p90: 0.8, p99: 2.1, max: 4.6}
    began:
      description:
        - When it began. C(wall) is seconds since 1970, C(clock) seconds since the boot. All other
          times are seconds since then.
      type: dict
    marks:
      description: The words from O(told), each C(word) with the time C(at).
      type: list
      elements: dict
    bins:
      description: The same in equal parts of C(width) seconds, for charts.
      type: dict
msg:
  description: A sentence for each address.
  returned: always
  type: str
  sample: "100.64.10.10 answered 1,000 of 1,000 questions."
"""

from typing import Any

from ..module_utils._ansible.answer import Answer
from ..module_utils._ansible.definitions import OPTIONS
from ..module_utils._ansible.measuring import ANSWERS, NOTHING, measure
from ..module_utils._ansible.plain import run
from ..module_utils._operations.measuring import TIMEOUT
from ..module_utils._probe.meter import PROTOCOLS

ARGUMENTS = {
    "seconds": {"type": "float", "default": 10},
    "interval": {"type": "float", "default": 0.01},
    "timeout": {"type": "float", "default": TIMEOUT},
    "protocol": {"type": "str", "choices": list(PROTOCOLS)},
    "port": {"type": "int"},
    "path": {"type": "str"},
    "address": {"type": "str"},
    "told": {"type": "path"},
    "told_within": {"type": "float"},
    "require": {"type": "str", "choices": [ANSWERS, NOTHING], "default": NOTHING},
}


def measure_addresses(module: Any) -> Answer:
    return measure(module.params)


def main() -> None:
    run(measure_addresses, {**OPTIONS, **ARGUMENTS})


if __name__ == "__main__":
    main()
