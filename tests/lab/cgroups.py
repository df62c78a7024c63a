# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start programs in a cgroup, and end them with all that they have started since.

A process may leave its group and its session, as the workers of ansible-playbook do; of its
cgroup it stays a member.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

GONE = 125  # the code of a command that could not join
_JOIN = f'echo 0 >"$1" || exit {GONE}; shift; exec "$@"'
_PATIENCE = 10.0  # seconds


def joined(cgroup: Path, argv: Sequence[str]) -> list[str]:
    """The command that runs `argv` in a cgroup; it ends with code GONE where there is none."""
    return ["/bin/sh", "-c", _JOIN, "lab", str(cgroup / "cgroup.procs"), *argv]


def in_network(cgroup: Path, netns: str, argv: Sequence[str]) -> list[str]:
    """The same in a network namespace; the cgroup is made if there is none."""
    cgroup.mkdir(parents=True, exist_ok=True)
    return joined(cgroup, ["nsenter", f"--net=/run/netns/{netns}", "--", *argv])


def kill(cgroup: Path) -> None:
    """Kill all of it, and wait until it is gone."""
    (cgroup / "cgroup.kill").write_text("1", encoding="ascii")
    await_empty(cgroup)


def await_empty(cgroup: Path) -> None:
    """RuntimeError if something in it goes on."""
    deadline = time.monotonic() + _PATIENCE
    while "populated 1" in (cgroup / "cgroup.events").read_text(encoding="ascii"):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Processes of {cgroup} do not end.")
        time.sleep(0.002)
