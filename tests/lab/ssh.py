# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reach a host by ssh: real packets from the router, a real sshd, and the user of EC2's images.

As a program it is ssh's ProxyCommand: it opens the connection inside a network namespace and hands
the socket over, so nothing copies bytes: `python -m …tests.lab.ssh NETNS ADDRESS PORT`.
"""

from __future__ import annotations

import shlex
import socket
import sys
from pathlib import Path
from typing import Any

from . import netns
from .commands import run
from .host import Host

USER = "admin"
_SUDOERS = f"{USER} ALL=(ALL) NOPASSWD: ALL\n"


OPTIONS = {
    "ProxyUseFdpass": "yes",
    "StrictHostKeyChecking": "no",
    "UserKnownHostsFile": "/dev/null",
    "ControlMaster": "no",
    "ControlPath": "none",
    "ServerAliveInterval": "2",
    "ConnectTimeout": "5",
    "IdentitiesOnly": "yes",
    "LogLevel": "ERROR",
}


def variables(host: Host, router: str, folder: Path) -> dict[str, Any]:
    """Start the host's sshd, let our key in, and say how Ansible reaches it.

    No connection is kept for later: a master left from before a reboot lets ssh hang.
    """
    key = folder / "ssh-key"
    if not key.exists():
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)])
    _let_in(host, key.with_suffix(".pub").read_text(encoding="utf-8"))
    module = f"{__package__}.ssh"
    proxy = shlex.join([sys.executable, "-m", module, router, host.plan.ip, "22"])
    options = {"ProxyCommand": proxy, **OPTIONS}
    return {
        "ansible_connection": "ssh",
        "ansible_host": host.plan.ip,
        "ansible_user": USER,
        "ansible_ssh_private_key_file": str(key),
        "ansible_ssh_args": shlex.join(f"-o{name}={value}" for name, value in options.items()),
        "ansible_python_interpreter": "/usr/bin/python3",
    }


def _let_in(host: Host, key: str) -> None:
    host.run(f"id {USER} 2>/dev/null || useradd --create-home --shell /bin/bash {USER}")
    host.write(f"/etc/sudoers.d/{USER}", _SUDOERS, 0o440)
    host.write(f"/home/{USER}/.ssh/authorized_keys", key, 0o600)
    host.run(f"chown -R {USER}: /home/{USER}/.ssh && chmod 700 /home/{USER}/.ssh")
    host.run("systemctl enable --now ssh.service")


def main() -> int:
    name, address, port = sys.argv[1:]
    made = netns.within(name, lambda: socket.create_connection((address, int(port)), 5))
    made.setblocking(True)
    with socket.socket(fileno=sys.stdout.fileno()) as to:
        socket.send_fds(to, [b"\0"], [made.fileno()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
