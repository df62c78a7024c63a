# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: watched
short_description: The floating IPs that the monitor of a host watches
version_added: 1.0.0
author: NetOps (@netops)
description:
  - A host in the group C(floating_ip_targets) watches the floating IPs of which it is a target, by
    its inventory name or by C(floating_ip_monitor_target). If there is none it needs no monitor.
  - Any other host watches these too if there are any, and else all. With
    C(floating_ip_monitor_observer) it watches all.
options:
  _input:
    description: What the lookup P(netops.floating_ip.definitions#lookup) returned.
    type: list
    elements: dict
    required: true
  host:
    description: The variables of the host.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: What is this host's monitor to watch?
  ansible.builtin.debug:
    msg: >-
      {{ query('netops.floating_ip.definitions')
         | netops.floating_ip.watched(hostvars[inventory_hostname]) | map(attribute='name') }}
"""

RETURN = r"""
_value:
  description: Those of the definitions; none with C(state) V(absent).
  type: list
  elements: dict
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..plugin_utils._hosts import hosts_in
from ..plugin_utils._watching import watched_by


def watched(definitions: Sequence[Mapping[str, Any]], host: Any) -> list[Mapping[str, Any]]:
    """The definitions that the host watches; AnsibleFilterError where that is no host."""
    (variables,) = hosts_in([host], "watched")
    return watched_by(variables, definitions)


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"watched": watched}
