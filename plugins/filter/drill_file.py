# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: drill_file
short_description: The content of a file that reports drills
version_added: 1.0.0
author: NetOps (@netops)
description:
  - A part of the playbook C(netops.floating_ip.drill).
options:
  _input:
    description: What P(netops.floating_ip.drilled#filter) returned.
    type: list
    elements: dict
    required: true
  ending:
    description:
      - V(.html) is a page for people, which needs nothing beside itself. V(.xml) is JUnit, for
        pipelines. V(.json) is everything, for programs.
    type: str
    choices: [.html, .xml, .json]
    required: true
"""

EXAMPLES = r"""
- name: Attach a page to the change
  ansible.builtin.copy:
    content: "{{ drills | netops.floating_ip.drill_file('.html') }}"
    dest: drill.html
    mode: "0644"
"""

RETURN = r"""
_value:
  description: The text.
  type: str
"""

from collections.abc import Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._operations.drill_files import ENDINGS, text_of


def drill_file(drills: Sequence[Any], ending: str) -> str:
    """The text; AnsibleFilterError for an unknown ending."""
    if ending not in ENDINGS:
        raise AnsibleFilterError(f"drill_file writes {', '.join(ENDINGS)}, and no {ending}.")
    return text_of(list(drills), ending)


class FilterModule:
    """Tells Ansible of the filters in this file."""

    def filters(self) -> dict[str, Any]:
        return {"drill_file": drill_file}
