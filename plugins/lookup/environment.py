# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: environment
short_description: The environment host of the host that a play runs on, or its other hosts
version_added: 1.0.0
author: NetOps (@netops)
description:
  - An environment is an inventory group. It holds one environment host, which is also in the group
    C(floating_ip_environments) and stands for the AWS side, and the hosts of its targets and
    monitors.
  - Returns the environment host that shares a group with the play's host, so that a play on
    targets or monitors can use what a play on the environment has found out, and the other way
    round.
  - A group above several environments joins nothing. Where a host shares groups with one and with
    several environment hosts, the one counts.
options:
  _terms:
    description: Not used.
    type: list
    elements: str
    default: []
  members:
    description:
      - V(environment) returns the environment host.
      - V(observers) returns the hosts of the environment that are also in the group
        C(floating_ip_observers). There may be none.
      - V(clients) returns those that are also in the group C(floating_ip_clients), on which drills
        measure. There may be none.
      - V(drillers) returns the observers and the clients, which may remember a drill.
      - V(targets) returns those that are also in the group C(floating_ip_targets). There may be
        none.
    type: str
    choices: [environment, observers, clients, drillers, targets]
    default: environment
"""

EXAMPLES = r"""
- name: Show where the environment of this host keeps its addresses
  ansible.builtin.debug:
    msg: "{{ hostvars[query('netops.floating_ip.environment') | first].floating_ips }}"

- name: Show who watches the addresses of this environment
  ansible.builtin.debug:
    msg: "{{ query('netops.floating_ip.environment', members='observers') }}"
"""

RETURN = r"""
_list:
  description: One name, of the environment host, or the names of the other hosts.
  type: list
  elements: str
  sample: [production-aws]
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..plugin_utils._environments import (
    ENVIRONMENTS,
    clients_of,
    drillers_of,
    environments_of,
    observers_of,
    targets_of,
)

MEMBERS = {
    "observers": observers_of,
    "clients": clients_of,
    "drillers": drillers_of,
    "targets": targets_of,
}


class LookupModule(LookupBase):
    """Reads the inventory's groups; nothing else."""

    def run(
        self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> list[str]:
        """The names; AnsibleError where there is no environment host, or more than one."""
        self.set_options(var_options=variables, direct=kwargs)
        given = variables or {}
        host, groups = str(given["inventory_hostname"]), given.get("groups") or {}
        found = environments_of(host, groups)
        if len(found) != 1:
            raise AnsibleError(_problem(host, found))
        members = self.get_option("members")
        if members == "environment":
            return found
        return MEMBERS[members](found[0], groups)


def _problem(host: str, found: list[str]) -> str:
    with_whom = "no environment host" if not found else f"several: {', '.join(found)}"
    return (
        f"Host {host} shares its environment's group with {with_whom}. Put each environment in a "
        f"group with exactly one host that is also in {ENVIRONMENTS}."
    )
