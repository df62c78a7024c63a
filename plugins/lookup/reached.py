# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: reached
short_description: The hosts of a group that this run reaches, or a failure
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Ansible succeeds, having done nothing, when a play finds no host, be it for a wrong limit, a
    wrong inventory, or a group that the inventory does not have. As the C(hosts) of a play this
    lookup fails instead, and says what to look at.
  - Only for the C(hosts) of a play, where Ansible tells which hosts the limit leaves. No host is
    contacted.
options:
  _terms:
    description: One name, of the group.
    type: list
    elements: str
    required: true
  with_observers:
    description:
      - Fail also if an environment is reached and one of its hosts in C(floating_ip_observers) is
        not, or if a host in that group belongs to no environment. For playbooks that must tell
        every monitor.
    type: bool
    default: false
  tell_missing_targets:
    description:
      - Say which of the environments that are reached have hosts in C(floating_ip_targets) that
        are not, or no such host at all. For playbooks that work on the AWS side and on the hosts.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Refuse a run that reaches no environment
  hosts: "{{ query('netops.floating_ip.reached', 'floating_ip_environments') }}"
  gather_facts: false
"""

RETURN = r"""
_list:
  description: The names of the hosts, at least one.
  type: list
  elements: str
  sample: [production-aws, staging-aws]
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ansible import context
from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ..plugin_utils._environments import Groups, observers_of, orphans, targets_of


class LookupModule(LookupBase):
    """Reads the inventory's groups and the limit; nothing else."""

    def run(
        self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> list[str]:
        """The hosts' names; AnsibleError where there is none."""
        self.set_options(var_options=variables, direct=kwargs)
        given = variables or {}
        groups, within = given.get("groups") or {}, given.get("ansible_play_hosts_all") or ()
        (group,) = terms
        found = [host for host in groups.get(group, ()) if host in within]
        if context.CLIARGS.get("syntax"):
            return found  # a check of the syntax has no inventory
        if not found:
            raise AnsibleError(_nobody(group, groups, given.get("ansible_limit")))
        if self.get_option("with_observers"):
            problem = missed(found, groups, within)
            if problem is not None:
                raise AnsibleError(problem)
        if self.get_option("tell_missing_targets"):
            for sentence in unreached(found, groups, within):
                Display().display(sentence)
        return found


def _nobody(group: str, groups: Groups, limit: str | None) -> str:
    there = f"The inventory has {', '.join(groups[group])} in it" if groups.get(group) else None
    limited = f"the limit {limit!r} leaves none of them: correct --limit"
    why = "The inventory has no such group, or it is empty: check the inventory (-i)"
    return (
        f"This run reaches no host of the group {group}, so it would do nothing. "
        f"{f'{there}, and {limited}' if there else why}."
    )


def unreached(
    environments: Sequence[str], groups: Groups, within: Collection[str]
) -> Iterator[str]:
    """What of each environment this run leaves out, as sentences."""
    for environment in environments:
        targets = targets_of(environment, groups)
        missing = [one for one in targets if one not in within]
        if missing and len(missing) < len(targets):
            yield f"This run leaves out {', '.join(missing)} of the environment of {environment}."
        elif missing or not targets:
            why = "The limit leaves out" if missing else "The inventory has"
            yield (
                f"{why} {'every' if missing else 'no'} host in floating_ip_targets of the "
                f"environment of {environment}: this run is about its AWS side alone."
            )


def missed(environments: list[str], groups: Groups, within: Collection[str]) -> str | None:
    """Why not every monitor of these environment hosts would be told, as a sentence."""
    lost = orphans(groups)
    if lost:
        return (
            f"{', '.join(lost)} in floating_ip_observers must be in the group of exactly one "
            "environment, or nobody can tell which addresses it watches."
        )
    needed = [one for each in environments for one in observers_of(each, groups)]
    missing = [one for one in needed if one not in within]
    if not missing:
        return None
    return (
        f"The limit leaves out {', '.join(missing)}, whose monitors must be told before an address "
        "is moved: limit the run to a whole environment's group, or set force."
    )
