# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long something would have taken had nobody else used this machine.

Seconds of the clock, less the part of all processors that others had. On an idle machine these are
the seconds that it took, but for what the lab's own services do; on a full one they are its work
alone, spread over the processors.
"""

from __future__ import annotations

import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path

_COUNTED = (0, 1, 2, 5, 6, 7)  # of /proc/stat: user, nice, system, irq, softirq, steal


@dataclass(frozen=True)
class Used:
    """Seconds by now: of the clock, of all processors, and of them by our children that ended."""

    clock: float
    processors: float
    ours: float


def used() -> Used:
    ours = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Used(time.monotonic(), _busy(), ours.ru_utime + ours.ru_stime)


def share_since(before: Used) -> float:
    """Seconds since then that were left to our children."""
    return share(before, used(), os.cpu_count() or 1)


def share(before: Used, now: Used, processors: int) -> float:
    ours = now.ours - before.ours
    others = max(0.0, now.processors - before.processors - ours)
    return now.clock - before.clock - others / processors


def _busy() -> float:
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    return sum(int(fields[each]) for each in _COUNTED) / os.sysconf("SC_CLK_TCK")
