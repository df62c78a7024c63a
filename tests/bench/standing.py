# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two bare hosts: what deploying to them takes, and what their monitors cost afterwards."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Policy
from ansible_collections.netops.floating_ip.tests.lab.box import TARGETS
from ansible_collections.netops.floating_ip.tests.lab.host import Host
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from .by_hand import install
from .ground import MONITOR, Ground, cgroup_of, processes_of

LOOK = "DescribeRouteTables"  # each look at AWS is one of these, with others beside it
INTERVAL = Policy().reconcile_interval
WINDOW = 600.0  # seconds until a monitor begins anew, with a look


@dataclass(frozen=True)
class Idle:
    """Of one monitor with one floating IP, in so many `seconds`. `cpu`: of one core. `memory`: MB
    of its own and its share of what is shared (PSS). `calls`: to EC2, of both monitors.
    """

    seconds: float
    cpu: float
    memory: float
    calls: Mapping[str, int]

    @property
    def looks_allowed(self) -> int:
        """What the reconcile interval and new windows account for, of both monitors."""
        windows = 1 + math.ceil(self.seconds / WINDOW)
        return len(TARGETS) * (math.ceil(self.seconds / INTERVAL) + windows)

    @property
    def is_silent(self) -> bool:
        """Whether there was no call but these looks."""
        return all(
            name.startswith("Describe") and count <= self.looks_allowed
            for name, count in self.calls.items()
        )


@dataclass(frozen=True)
class Standing:
    """`deploys`: seconds of each `deploy`, the first on bare hosts; none if it was done by hand."""

    ground: Ground
    deploys: tuple[float, ...]
    began: float
    spent: float  # by then, of both monitors

    @classmethod
    def build(cls, opened: ExitStack, deploys: int) -> Standing:
        """Deploy so many times, or do it by hand. From then on the monitors are left alone, but
        for one order to begin anew: what they are measured for may be shorter than a window.
        """
        ground = Ground.build(opened.enter_context(Lab.start()))
        took = tuple(ground.deploy() for _each in range(deploys))
        if not deploys:
            install(ground.site)
        ground.calm()
        ground.site.lab.emulator.clear_calls()
        made = cls(ground, took, time.monotonic(), _spent(ground))
        for name in TARGETS:
            ground.host(name).run(f"systemctl reload {MONITOR}")
        return made

    def wait(self, seconds: float) -> Idle:
        """What they have cost when at least so many seconds since `build` are over."""
        time.sleep(max(0.0, self.began + seconds - time.monotonic()))
        calls = self.ground.site.lab.emulator.counts()
        seconds = time.monotonic() - self.began
        spent = (_spent(self.ground) - self.spent) / len(TARGETS)
        memory = max(_memory(self.ground.host(name)) for name in TARGETS)
        return Idle(seconds, spent / seconds, memory, calls)


def _spent(ground: Ground) -> float:
    """Seconds of a processor, of both monitors and all that they were before."""
    return sum(_cpu(ground.host(name)) for name in TARGETS)


def _cpu(host: Host) -> float:
    text = (cgroup_of(host, MONITOR) / "cpu.stat").read_text(encoding="ascii")
    return int(dict(line.split() for line in text.splitlines())["usage_usec"]) / 1e6


def _memory(host: Host) -> float:
    return sum(_share(pid) for pid in processes_of(host, MONITOR))


def _share(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0
