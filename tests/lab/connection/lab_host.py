# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Ansible reaches the lab's hosts: by joining them, without a network, sshd or keys.

A plugin of our own rather than community.general.chroot with a wrapper: no second collection to
fetch for one file of it, and modules go through a pipe, which is why plays take half the time.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.connection import ConnectionBase

from ansible_collections.netops.floating_ip.tests.lab.cgroups import GONE
from ansible_collections.netops.floating_ip.tests.lab.compiled import keeping
from ansible_collections.netops.floating_ip.tests.lab.enter import entering

DOCUMENTATION = r"""
name: lab_host
short_description: Run tasks in a host of the lab
description: Joins the namespaces of the host's first process. Needs root on the controller.
author: NetOps (@netops)
options:
  directory:
    description: The folder of the host.
    type: path
    required: true
    vars:
      - name: lab_host_directory
"""

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
}


class Connection(ConnectionBase):  # type: ignore[misc]  # Ansible ships no types
    transport = "lab_host"
    has_pipelining = True

    def _connect(self) -> Connection:
        self._connected = True
        return self

    def exec_command(
        self, cmd: str, in_data: bytes | None = None, sudoable: bool = True
    ) -> tuple[int, bytes, bytes]:
        super().exec_command(cmd, in_data=in_data, sudoable=sudoable)
        return self._run(["/bin/sh", "-c", cmd], keeping(in_data or b""))

    def put_file(self, in_path: str, out_path: str) -> None:
        super().put_file(in_path, out_path)
        self._done(["dd", f"of={out_path}", "status=none"], Path(in_path).read_bytes())

    def fetch_file(self, in_path: str, out_path: str) -> None:
        super().fetch_file(in_path, out_path)
        Path(out_path).write_bytes(self._done(["cat", in_path], b""))

    def close(self) -> None:
        self._connected = False

    def _done(self, argv: list[str], text: bytes) -> bytes:
        code, out, err = self._run(argv, text)
        if code != 0:
            raise AnsibleConnectionFailure(f"{argv} failed: {err.decode(errors='replace')}")
        return out

    def _run(self, argv: list[str], text: bytes) -> tuple[int, bytes, bytes]:
        try:
            inside = entering(Path(self.get_option("directory")), argv)
        except RuntimeError as error:
            raise AnsibleConnectionFailure(str(error)) from error
        done = subprocess.run(inside, check=False, input=text, capture_output=True, env=ENVIRONMENT)
        if done.returncode == GONE:
            raise AnsibleConnectionFailure(f"The host is going down: {done.stderr!r}")
        return done.returncode, done.stdout, done.stderr
