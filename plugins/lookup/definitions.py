# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: definitions
short_description: The floating IPs of this play, checked and complete
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Reads the variables C(floating_ips) and C(floating_ip_defaults) of the play's host, merges the
    defaults under each floating IP, and fills in the targets from the inventory.
  - A target that gives no interface takes the variable C(network_interface_id) of the inventory
    host of its name, or else its C(instance_id) and C(device_index). A target without
    C(probe_address) takes the first of that host's C(floating_ip_probe_address),
    C(private_ip_address) and C(ansible_host).
  - With C(targets_from) the targets are the hosts of an inventory group, ordered by their variable
    C(floating_ip_preference), the lowest first, and then as in the group.
  - Fails with every problem of all definitions at once, also of those that are not selected, so
    that nothing changes on the word of a definition file that is wrong somewhere.
options:
  _terms:
    description: Not used; give O(names) instead.
    type: list
    elements: str
    default: []
  floating_ips:
    description:
      - The definitions to read, in the form of the variable C(floating_ips).
      - If not given, that variable of the play's host is read.
    type: raw
  names:
    description:
      - Which floating IPs to return. A list, one name, several names with commas between, or
        V(all). The text of a list, as C(-e floating_ip=[db,web]) gives it, is understood too.
      - A name that no definition has is an error, which tells the names that there are.
      - If not given, or an empty text or list, every floating IP is returned.
    type: raw
  required:
    description:
      - Fail if O(names) is not given, instead of returning every floating IP. For playbooks that
        interrupt traffic.
    type: bool
    default: false
  single:
    description:
      - Fail if more than one floating IP is selected. For playbooks in which a target was named, as
        floating IPs seldom have the same ones.
    type: bool
    default: false
notes:
  - Use C(query), or C(lookup) with C(wantlist=true). Plain C(lookup) does not return a list of one.
"""

EXAMPLES = r"""
- name: Where is each floating IP now?
  netops.floating_ip.floating_ip_info:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"

- name: Move the floating IPs that the operator named
  netops.floating_ip.floating_ip_move:
    floating_ips: >-
      {{ query('netops.floating_ip.definitions', names=floating_ip | default(''), required=true) }}

- name: Write the definition of one floating IP to a file
  ansible.builtin.copy:
    content: "{{ query('netops.floating_ip.definitions', names='db') | first | to_nice_json }}"
    dest: /etc/floating-ip/db.json
    mode: "0644"
"""

RETURN = r"""
_list:
  description:
    - The selected definitions in the order of C(floating_ips), each with all of its settings, as
      modules take them in O(netops.floating_ip.floating_ip_move#module:floating_ips).
  type: list
  elements: dict
  sample:
    - name: db
      state: present
      addresses: [100.64.10.10]
      mechanism: route
      targets:
        - {name: db-a, instance_id: i-0a1b2c3d, probe_address: 10.0.1.10}
        - {name: db-b, instance_id: i-4e5f6a7b, probe_address: 10.0.2.10}
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..module_utils._definition.as_dict import to_raw
from ..module_utils._definition.error import DefinitionError
from ..module_utils._definition.parse import DEFAULTS
from ..module_utils._definition.schema import SCHEMA
from ..module_utils._definition.selection import ALL, names_of, select
from ..module_utils._definition.targets import parse_with_inventory


class LookupModule(LookupBase):
    """Reads the play's variables; all judgement is in `_definition`."""

    def run(
        self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> list[dict[str, Any]]:
        """The selected definitions; AnsibleError with every problem."""
        self.set_options(var_options=variables, direct=kwargs)
        if terms:
            raise AnsibleError("This lookup takes no terms: say names=... to select floating IPs.")
        given = variables or {}
        try:
            names = self._names()
            definitions = parse_with_inventory(
                self._floating_ips(given),
                self._value(given, DEFAULTS),
                self._value(given, "groups") or {},
                lambda host: _variables_of(host, given),
            )
            selected = select(definitions, names)
            self._check_single([definition.name for definition in selected])
            return [to_raw(definition) for definition in selected]
        except DefinitionError as error:
            raise AnsibleError(str(error)) from None

    def _names(self) -> tuple[str, ...]:
        names = names_of(self.get_option("names"))
        if not names and self.get_option("required"):
            raise AnsibleError(
                f"No floating IP was named: set floating_ip to a name, a list of names or {ALL!r}."
            )
        return names or (ALL,)

    def _check_single(self, names: list[str]) -> None:
        if self.get_option("single") and len(names) > 1:
            raise AnsibleError(
                f"A target can be named for one floating IP alone, and {', '.join(names)} are "
                "selected: name one of them, or leave the target out (the variable to)."
            )

    def _floating_ips(self, variables: Mapping[str, Any]) -> Any:
        given = self.get_option(SCHEMA.name)
        raw = self._value(variables, SCHEMA.name) if given is None else given
        if raw is None or raw in ("", [], {}):
            host = variables.get("inventory_hostname", "this host")
            raise AnsibleError(
                f"There is no floating IP: the variable floating_ips is not set for {host}, or is "
                "empty. Define it in the group_vars of the environment's group, and check that "
                "the inventory has that group."
            )
        return raw

    def _value(self, variables: Mapping[str, Any], name: str) -> Any:
        """A variable of the play without its templates, or None."""
        return self._templar.template(variables[name]) if name in variables else None


def _variables_of(host: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    hosts = variables.get("hostvars")
    return hosts[host] if hosts is not None and host in hosts else {}
