# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pack the agent on the controller, and let the module of the same name put it in place.

The file travels only where it is not there yet: the module is asked first, by the file's checksum.
"""

from __future__ import annotations

import hashlib
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ..plugin_utils import _bundle

MODULE = "netops.floating_ip.floating_ip_agent"
ASKED_FOR = "needs_archive"


class ActionModule(ActionBase):  # type: ignore[misc] # Ansible's own types are not looked at
    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        """The module's result."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        archive = self._packed()
        checksum = hashlib.sha256(archive).hexdigest()
        args = {**self._task.args, "packed_checksum": checksum, "packed_file": None}
        found = self._module(args, task_vars)
        if found.pop(ASKED_FOR, False):
            found = self._module({**args, "packed_file": self._transfer(archive)}, task_vars)
        result.update(found)
        return result

    def _packed(self) -> bytes:
        try:
            return _bundle.build()
        except (OSError, ValueError) as error:
            raise AnsibleActionFail(str(error)) from error

    def _module(self, args: dict[str, Any], task_vars: Any) -> dict[str, Any]:
        done: dict[str, Any] = self._execute_module(
            module_name=MODULE, module_args=args, task_vars=task_vars
        )
        return done

    def _transfer(self, archive: bytes) -> str:
        """Where the file lies on the host then: in a directory that Ansible removes."""
        shell = self._connection._shell
        if shell.tmpdir is None:
            self._make_tmp_path()
        path: str = shell.join_path(shell.tmpdir, "floating-ip.pyz")
        self._transfer_data(path, archive)
        self._fixup_perms2((shell.tmpdir, path))
        return path
