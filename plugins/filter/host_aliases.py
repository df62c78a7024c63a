# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: host_aliases
short_description: What a host is to have on its interface, from the definitions and a look at it
version_added: 1.0.0
author: NetOps (@netops)
description:
  - A part of the role P(netops.floating_ip.floating_ip_host#role), which looks and which does what
    this decides. Playbooks do not need it.
  - A floating IP keeps the number of its label (the 0 of C(eth0:0)) for as long as it is on the
    host, whatever becomes of the others. A new one gets the lowest that nothing else has.
options:
  _input:
    description: The definitions, as P(netops.floating_ip.definitions#lookup) returns them.
    type: list
    elements: dict
    required: true
  look:
    description: What the role found on the host.
    type: dict
    required: true
  host:
    description: The host, by the name that it has as a target.
    type: str
    required: true
  names:
    description: Which floating IPs the run is about. The others stay as they are. If empty, all.
    type: list
    elements: str
    default: []
  state:
    description: Whether they are to be on the host.
    type: str
    choices: [present, absent]
    default: present
  orphans:
    description: What becomes of floating IPs that are on the host and that no definition has.
    type: str
    choices: [report, remove]
    default: report
"""

EXAMPLES = r"""
- name: Decide what the host is to have
  ansible.builtin.set_fact:
    plan: "{{ floating_ips | netops.floating_ip.host_aliases(look, inventory_hostname) }}"
"""

RETURN = r"""
_value:
  description:
    - C(rows) are the lines of the host's table. C(ipv4) and C(ipv6) are the addresses that are
      always on the interface. C(going) are the lines of those to take away.
      C(connection_changes) are arguments for C(nmcli connection modify).
    - C(refusal) tells why it cannot be done. C(holder) tells whether any address is there for the
      holder alone, C(differs) whether an interface is not as it should be, C(pings) whether any
      probe is a ping, C(orphans) which floating IPs have no definition any more, C(stranger)
      whether the host is to have floating IPs and is a target of none.
  type: dict
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils._aliases import Wish, plan


def host_aliases(
    definitions: Sequence[Mapping[str, Any]],
    look: Mapping[str, Any],
    host: str,
    names: Sequence[str] = (),
    state: str = "present",
    orphans: str = "report",
) -> dict[str, Any]:
    """The plan of a host; AnsibleFilterError for what are no definitions."""
    wish = Wish(host, tuple(names), state == "present", orphans == "remove")
    try:
        return plan(definitions, look, wish)
    except (KeyError, TypeError, ValueError) as error:
        raise AnsibleFilterError(
            f"These are no definitions as the lookup netops.floating_ip.definitions returns them: "
            f"{error!r}. Leave floating_ip_host_floating_ips at its default, or use the lookup."
        ) from error


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"host_aliases": host_aliases}
