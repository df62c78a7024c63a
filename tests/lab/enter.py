# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find the first process of a running host, and join the host from outside.

What joins is in the host's cgroup too: freezing or killing the host reaches it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from . import cgroups
from .places import Places


def cgroup_of(directory: Path) -> Path:
    """The cgroup of the host with this folder."""
    return Places(directory.parents[1].name).cgroup / directory.name


def leader_of(directory: Path) -> int | None:
    """The host's process 1 as this machine numbers it; None where the host is not running."""
    init = cgroup_of(directory) / "payload" / "init.scope" / "cgroup.procs"
    with contextlib.suppress(FileNotFoundError):
        for pid in init.read_text(encoding="ascii").split():
            if _number_inside(pid) == "1":
                return int(pid)
    return None


def entering(directory: Path, argv: Sequence[str]) -> list[str]:
    """The command that runs `argv` inside, as root. RuntimeError where the host is not running."""
    leader = leader_of(directory)
    if leader is None:
        raise RuntimeError(f"{directory.name} is not running.")
    ours = cgroup_of(directory) / "payload" / "lab"
    ours.mkdir(exist_ok=True)
    return cgroups.joined(ours, ["nsenter", "--target", str(leader), "--all", "--", *argv])


def _number_inside(pid: str) -> str:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("NSpid:"):
                numbers = line.split()[1:]
                return numbers[-1] if len(numbers) > 1 else ""
    return ""
