# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: report
short_description: The result of a module of this collection as lines for people
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Makes a short table and one sentence a floating IP out of what a module of this collection
    returned, for C(ansible.builtin.debug), a mail or a change ticket.
options:
  _input:
    description:
      - The registered result of M(netops.floating_ip.floating_ip_move),
        M(netops.floating_ip.floating_ip_provision), M(netops.floating_ip.floating_ip_info),
        M(netops.floating_ip.floating_ip_host_info) or M(netops.floating_ip.floating_ip_context),
        failed or not.
    type: dict
    required: true
  check:
    description: Whether the task ran in check mode, so that the lines say what would be.
    type: bool
    default: false
  untold:
    description:
      - What P(netops.floating_ip.untold#filter) returned. If nothing was tried for that, the lines
        say so, else they mention it.
    type: list
    elements: str
    default: []
  sums:
    description:
      - Whether to tell for each floating IP how long an outage lasts at worst, with the sum, as
        M(netops.floating_ip.floating_ip_info) reckons it. Where that misses C(objective_seconds)
        it is told in any case.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Where is each floating IP?
  netops.floating_ip.floating_ip_info:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
  register: found

- name: Show it
  ansible.builtin.debug:
    msg: "{{ found | netops.floating_ip.report }}"
"""

RETURN = r"""
_value:
  description: The lines.
  type: list
  elements: str
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._report.results import lines_of


def report(
    result: Any, check: bool = False, untold: Sequence[str] = (), sums: bool = False
) -> list[str]:
    """The lines for a registered result; AnsibleFilterError where it is none."""
    if not isinstance(result, Mapping):
        raise AnsibleFilterError("report needs the registered result of a module.")
    return list(lines_of(result, check, untold, sums))


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"report": report}
