# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Private to this collection: may change in any release.

"""Run a module as it is installed, where it is to run on this very machine by this very Python.

Ansible finds, reads, packs, unpacks and compiles the hundred files of a module anew at each call,
which is most of what a call on an environment host costs. There all of it is installed already, and
compiled. In every other case (another host or Python, become, async, delegation) Ansible does as
ever; the module and what it is given are the same.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ansible_collections
from ansible.errors import AnsibleActionFail
from ansible.module_utils.common import json as module_json
from ansible.parsing.ajson import AnsibleJSONEncoder
from ansible.plugins.action import normal

# Since ansible-core 2.19 an answer is read by a profile, and every module has this one.
DECODER = (
    module_json.get_module_decoder("legacy", module_json.Direction.MODULE_TO_CONTROLLER)
    if hasattr(module_json, "get_module_decoder")
    else None
)
HERE = Path(__file__).resolve()
COLLECTION = HERE.parents[2]
STARTER = HERE.with_name("_start_module.py")
PACKAGE = "ansible_collections.netops.floating_ip.plugins.modules"


class InPlace(normal.ActionModule):  # type: ignore[misc] # Ansible's own types are not looked at
    """What every module of ours is run by."""

    def _execute_module(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        variables = kwargs.get("task_vars") or {}
        if not self._is_here(variables):
            done: dict[str, Any] = super()._execute_module(*args, **kwargs)
            return done
        return self._executed(variables)

    def _is_here(self, variables: dict[str, Any]) -> bool:
        task, connection = self._task, self._connection
        if connection.transport != "local" or connection.become or task.async_val:
            return False
        named = variables.get("ansible_python_interpreter")
        return not task.delegate_to and self._templar.template(named) == sys.executable

    def _executed(self, variables: dict[str, Any]) -> dict[str, Any]:
        name, given = self._task.resolved_action or self._task.action, dict(self._task.args)
        self._update_module_args(name, given, variables)
        text = json.dumps({"ANSIBLE_MODULE_ARGS": given}, cls=AnsibleJSONEncoder)
        module = f"{PACKAGE}.{name.rpartition('.')[2]}"
        command = shlex.join([sys.executable, str(STARTER), module, *_places()])
        done = self._low_level_execute_command(
            f"{self._compute_environment_string()} {command}".strip(), in_data=text.encode()
        )
        return answer_in(done["stdout"], done["stderr"], done["rc"])


def answer_in(said: str, complained: str, code: int) -> dict[str, Any]:
    """What a module printed; AnsibleActionFail where that is no answer."""
    try:
        found = json.loads(said, cls=DECODER)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    raise AnsibleActionFail(
        f"The module ended with code {code} and without an answer. "
        f"It printed {said!r}, and to standard error: {complained.strip()}"
    )


def _places() -> Iterator[str]:
    """Where the collections lie that modules import: `name=folder`."""
    yield f"netops.floating_ip={COLLECTION}"
    for root in ansible_collections.__path__:
        theirs = Path(root) / "amazon" / "aws"
        if theirs.is_dir():
            yield f"amazon.aws={theirs}"
            return
