# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the lab keeps its things: everything of one run is named after the run.

So what a crashed run left can be found, and two runs at once do not meet.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MARK = "fip"  # in every name that this machine sees
_CACHE = "/var/cache/floating-ip-lab"


def cache_directory() -> Path:
    return Path(os.environ.get("FLOATING_IP_LAB_CACHE") or _CACHE)


def runs_directory() -> Path:
    return cache_directory() / "runs"


@cache
def cgroup_mount() -> Path:
    """Where this machine has its version 2 cgroups; RuntimeError where it has none."""
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields[fields.index("-") + 1] == "cgroup2":
            return Path(fields[4])
    raise RuntimeError("No cgroup2 file system is mounted, and the lab cannot do without.")


@dataclass(frozen=True)
class Places:
    """The paths and names of one run."""

    run: str

    @property
    def directory(self) -> Path:
        return runs_directory() / self.run

    @property
    def lock(self) -> Path:
        """Held for as long as the run lives."""
        return runs_directory() / f"{self.run}.lock"

    @property
    def cgroup(self) -> Path:
        return cgroup_mount() / "floating-ip-lab" / self.run

    def netns(self, name: str) -> str:
        return f"{MARK}-{self.run}-{name}"

    def host(self, name: str) -> Path:
        return self.directory / "hosts" / name
