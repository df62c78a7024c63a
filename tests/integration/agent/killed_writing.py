# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A program: the agent, which kills itself at one instant of writing a context.

    python killed_writing.py PROGRAM NUMBER INSTANT VERB ...

NUMBER: of the context's write, from 1. INSTANT: the step of it before which it dies.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

INSTANTS = ("open", "write", "fsync", "rename", "flush", "end")


class Deadly:
    """The module `os` as one writer sees it: it dies before the step, or in a write half done."""

    def __init__(self, instant: str) -> None:
        self.instant = instant

    def __getattr__(self, name: str) -> Any:
        if name == self.instant:
            return die_in_the_middle if name == "write" else die
        return getattr(os, name)


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_in_the_middle(file: int, data: bytes) -> None:
    os.write(file, data[: len(data) // 2])
    die()


def arm(document: Any, number: int, instant: str) -> None:
    """Die in that write. `flush` and `end` come after the rename."""
    whole, count = document.write, 0

    def write(path: str, data: bytes, beside: str) -> Any:
        nonlocal count
        count += path.endswith("db.json")
        if count != number or not path.endswith("db.json"):
            return whole(path, data, beside)
        if instant == "flush":
            document.flush_directory = die
        elif instant != "end":
            document.os = Deadly(instant)
        result = whole(path, data, beside)
        die()
        return result

    document.write = write


def main() -> int:
    program, number, instant = sys.argv[1:4]
    sys.path.insert(0, program)
    from floating_ip._cli.main import main as agent
    from floating_ip._store import document

    arm(document, int(number), instant)
    return int(agent(sys.argv[4:]))


if __name__ == "__main__":
    raise SystemExit(main())
