# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Execute this very program again in its place: same process, same arguments, same environment."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

_TASKS = "/proc/self/task"


def execute_again() -> NoReturn:
    """Begin the next window. Threads end, and with them whatever they were still reading.

    Raises OSError where the program or its Python is gone.
    """
    command = command_line()
    os.execv(command[0], command)


def is_stuck() -> bool:
    """Whether a thread waits for a disk or the like, so that nothing could interrupt it now.

    A process with such a thread can neither end nor execute itself: it would only stop working.
    """
    try:
        return any(_state(task) == "D" for task in os.listdir(_TASKS))
    except OSError:  # no such thing here
        return False


def _state(task: str) -> str:
    try:
        with open(os.path.join(_TASKS, task, "stat"), encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0]
    except (OSError, IndexError):  # it has just ended
        return ""


def command_line() -> list[str]:
    """How this process was started, its Python by its full path. Raises OSError."""
    given = getattr(sys, "orig_argv", None)  # from Python 3.10 on
    if given is None:
        with open("/proc/self/cmdline", "rb") as file:
            given = [os.fsdecode(part) for part in file.read().split(b"\0")[:-1]]
    return [sys.executable, *given[1:]]
