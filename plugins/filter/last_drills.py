# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: last_drills
short_description: What the last drill of each floating IP came to
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Puts together what M(netops.floating_ip.floating_ip_context) returned on several hosts. The
    newest drill counts whose moves succeeded and whose clients were awake all the time. One that
    failed otherwise, as by a missed objective, counts too.
options:
  _input:
    description:
      - The variables of the observers. A host without C(__floating_ip_contexts) among them, as one
        that could not be reached, is passed over.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Could each floating IP fail over in time, as fast as AWS was in the last drill?
  netops.floating_ip.floating_ip_info:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    drills: "{{ ['db-a', 'db-b'] | map('extract', hostvars) | netops.floating_ip.last_drills }}"
"""

RETURN = r"""
_value:
  description:
    - By name of the floating IP whether it C(passed), a C(sentence), C(api_seconds),
      C(propagation_seconds), and more.
  type: dict
"""

from typing import Any

from ..module_utils._operations import drill_collect
from ..plugin_utils._hosts import hosts_in


def last_drills(hosts: Any) -> dict[str, Any]:
    """The drills by floating IP; AnsibleFilterError where it is no list of hosts."""
    return dict(drill_collect.last_drills(hosts_in(hosts, "last_drills")))


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"last_drills": last_drills}
