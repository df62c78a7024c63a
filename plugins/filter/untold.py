# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: untold
short_description: The monitors that could not be told something, each with the reason
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Says of each host why M(netops.floating_ip.floating_ip_context) did not do its work there. It
    did not if the host was out of reach, if the task failed, or if the run left the host out.
options:
  _input:
    description: The variables of the hosts.
    type: list
    elements: dict
    required: true
  names:
    description:
      - The variables in which each host's results were registered, one argument each. The last one
        decides; the ones before it tell only whether the host could be reached at all.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Refuse to go on unless every monitor was told
  ansible.builtin.assert:
    that: query('netops.floating_ip.environment', members='observers')
      | map('extract', hostvars) | netops.floating_ip.untold('announced') | length == 0
"""

RETURN = r"""
_value:
  description: A sentence for each such host. Empty if all were told.
  type: list
  elements: str
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils._hosts import hosts_in


def untold(hosts: Any, *names: str) -> list[str]:
    """Why hosts were not told; AnsibleFilterError where it is no list of hosts."""
    if not names:
        raise AnsibleFilterError("untold needs the name of a registered result, or of several.")
    return [
        f"{variables['inventory_hostname']}: {why}"
        for variables in hosts_in(hosts, "untold")
        if (why := _why(variables, names)) is not None
    ]


def _why(variables: Mapping[str, Any], names: Sequence[str]) -> str | None:
    results = [variables[name] for name in names if name in variables]
    for result in results:
        if result.get("unreachable"):
            return str(result.get("msg", "it could not be reached."))
    if names[-1] not in variables:
        return "this run did not reach it."
    failed = results[-1].get("failed", False)
    return str(results[-1].get("msg", "it failed without a word.")) if failed else None


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"untold": untold}
