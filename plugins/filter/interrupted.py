# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: interrupted
short_description: Where addresses were before drills that have not ended
version_added: 1.0.0
author: NetOps (@netops)
description:
  - A part of the playbook C(netops.floating_ip.drill), which puts such addresses back.
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
- name: Has a drill been interrupted?
  ansible.builtin.debug:
    msg: "{{ ['db-a', 'db-b'] | map('extract', hostvars) | netops.floating_ip.interrupted }}"
"""

RETURN = r"""
_value:
  description: The target that held it, by name of the floating IP.
  type: dict
  sample: {db: db-a}
"""

import time
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._operations import drill_collect
from ..plugin_utils._hosts import hosts_in


def interrupted(hosts: Any) -> dict[str, str]:
    """The targets by floating IP; AnsibleFilterError where a drill is under way."""
    try:
        return drill_collect.interrupted(hosts_in(hosts, "interrupted"), time.time())
    except ValueError as error:
        raise AnsibleFilterError(str(error)) from None


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"interrupted": interrupted}
