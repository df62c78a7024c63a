#!/usr/bin/python
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: floating_ip_agent
short_description: Put the agent on a host, as a single file
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Packs the agent, which is the program C(floating-ip), into one runnable file and puts it on the
    host. It is made of the very sources that the modules of this collection run, and it changes
    only when these do.
  - Then prepares fast starts, as C(floating-ip prepare) does. It keeps a compiled copy of the agent
    and a short model of EC2 beside the file, for one Python and its botocore. Run the task again
    when these were upgraded, and after botocore was installed.
  - Neither service, nor definitions, nor botocore are installed.
options:
  dest:
    description: Where to put the file. Its directory is made where there is none.
    type: path
    default: /opt/floating-ip/floating-ip.pyz
  state:
    description: Whether it is there. V(absent) also removes what was prepared beside it.
    type: str
    choices: [present, absent]
    default: present
  python:
    description:
      - The Python on the host that will run the agent, for which its starts are prepared.
      - If not given, it is the one that Ansible uses there.
    type: path
  mode:
    description: The permissions of the file.
    type: raw
    default: "0755"
  packed_checksum:
    description:
      - The SHA-256 of the packed agent.
      - This is how the part that runs on the controller talks to the part on the host. Leave it
        out. It is overruled.
    type: str
  packed_file:
    description: Where the packed agent was copied to on the host. Leave it out, as the one above.
    type: path
attributes:
  action:
    description: Has an action plugin of the same name, so that a part of it runs on the controller.
    support: full
  async:
    description: Can be run with C(async).
    support: none
extends_documentation_fragment:
  - ansible.builtin.files
  - netops.floating_ip.attributes
  - netops.floating_ip.attributes.changes
seealso:
  - module: netops.floating_ip.floating_ip_context
"""

EXAMPLES = r"""
- name: Install the agent
  netops.floating_ip.floating_ip_agent:

- name: Install the agent elsewhere, to be run by the Python of a virtual environment
  netops.floating_ip.floating_ip_agent:
    dest: /usr/local/libexec/floating-ip.pyz
    python: /opt/floating-ip/venv/bin/python
    owner: root
    group: root

- name: Remove the agent
  netops.floating_ip.floating_ip_agent:
    state: absent
"""

RETURN = r"""
dest:
  description: The path of the file.
  returned: when the request was in order
  type: str
  sample: /opt/floating-ip/floating-ip.pyz
checksum:
  description: The SHA-256 of the file.
  returned: with O(state=present)
  type: str
  sample: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
msg:
  description: The result as a sentence.
  returned: always
  type: str
  sample: The agent is in place as /opt/floating-ip/floating-ip.pyz.
"""

from typing import Any

from ..module_utils._ansible.agent_file import put, remove
from ..module_utils._ansible.answer import Answer
from ..module_utils._ansible.plain import run

ARGUMENTS = {
    "dest": {"type": "path", "default": "/opt/floating-ip/floating-ip.pyz"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "python": {"type": "path"},
    "mode": {"type": "raw", "default": "0755"},
    "packed_checksum": {"type": "str"},
    "packed_file": {"type": "path"},
}


def keep_agent(module: Any) -> Answer:
    return remove(module) if module.params["state"] == "absent" else put(module)


def main() -> None:
    run(keep_agent, ARGUMENTS, add_file_common_args=True)


if __name__ == "__main__":
    main()
