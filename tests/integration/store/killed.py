# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A program: writers that are killed at any instant. test_kill.py runs and judges it."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore


def count(context: Context) -> Context:
    return replace(context, saved_at=context.saved_at + 1, drained=("x" * 20_000,))


def write_for_ever(directory: str) -> None:
    store = FileStore(directory)
    while True:
        store.update("db", count)


def kill_a_writer(directory: str, after: float) -> None:
    pid = os.fork()
    if pid == 0:
        write_for_ever(directory)
    select.select([], [], [], after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main(directory: str, times: int) -> list[dict[str, object]]:
    seen = []
    for number in range(times):
        kill_a_writer(directory, 0.002 + number * 0.00037)
        loaded = FileStore(directory).load("db")
        updated = FileStore(directory).update("db", count)
        problems = [loaded.problem, updated.problem]
        seen.append({"saved": loaded.context.saved_at, "problems": problems})
    return seen


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
