# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The machine that measured, without its name: figures of another one compare only as ratios."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("ansible-core", "boto3", "botocore", "moto")


@dataclass(frozen=True)
class Machine:
    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str
    versions: tuple[tuple[str, str], ...]


def this_machine(more: tuple[tuple[str, str], ...] = ()) -> Machine:
    """This one; `more` are versions that no package knows."""
    return Machine(
        processor_of(_read("/proc/cpuinfo")) or platform.machine(),
        len(os.sched_getaffinity(0)),
        memory_of(_read("/proc/meminfo")),
        f"{platform.system()} {platform.release()}",
        f"{platform.python_implementation()} {platform.python_version()}",
        (*((name, importlib.metadata.version(name)) for name in PACKAGES), *more),
    )


def processor_of(cpuinfo: str) -> str | None:
    """The first processor's model as /proc/cpuinfo has it."""
    for line in cpuinfo.splitlines():
        if line.startswith("model name"):
            return " ".join(line.split(":", 1)[1].split())
    return None


def memory_of(meminfo: str) -> float:
    """GiB of memory as /proc/meminfo has it; zero if it does not say."""
    for line in meminfo.splitlines():
        if line.startswith("MemTotal:"):
            return round(int(line.split()[1]) / 2**20, 1)
    return 0.0


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
