# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Programs of the operator's."""

from __future__ import annotations

import os
import signal
import sys
import time

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.children import (
    LONGEST_OUTPUT,
    Ended,
    run_child,
)

ENVIRONMENT = {"PATH": os.environ["PATH"], "WORD": "hello"}


def run(*command: str, timeout: float = 20.0, over: bool = False) -> Ended:
    return run_child(command, ENVIRONMENT, timeout, lambda: over, 0.05)


def test_its_code_and_what_it_said_are_told() -> None:
    ended = run("sh", "-c", "echo $WORD; echo beside >&2; exit 3")
    assert (ended.code, ended.output.split()) == (3, ["hello", "beside"])
    assert ended.sentence(20) == f"ended with 3 in {ended.seconds:.1f} s: hello\nbeside"


def test_it_is_killed_with_its_children_when_its_time_is_over() -> None:
    started = time.monotonic()
    ended = run("sh", "-c", "sleep 60 & echo $!; wait", timeout=0.2)
    assert ended.code is None and time.monotonic() - started < 10
    assert ended.sentence(0.2) == "was killed after 0.2 s" and not ended.is_cut_off
    child = int(ended.output)
    for _try in range(100):
        if not os.path.exists(f"/proc/{child}") or "Z" in _state(child):
            return
        time.sleep(0.05)
    raise AssertionError("the child lives")


def _state(pid: int) -> str:
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        return file.read().rpartition(")")[2].split()[0]


def test_the_end_of_the_monitor_cuts_it_off() -> None:
    ended = run("sleep", "60", over=True)
    assert ended.code is None and ended.is_cut_off
    assert not run("true", over=True).is_cut_off


def test_one_that_talks_without_end_is_cut_short_and_never_waits() -> None:
    ended = run("sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x")
    assert ended.code == 0 and len(ended.output) == LONGEST_OUTPUT


def test_signals_that_the_monitor_blocks_are_as_usual_for_it() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        code = "import signal; print(signal.pthread_sigmask(signal.SIG_BLOCK, []))"
        assert run(sys.executable, "-I", "-c", code).output == "set()\n"
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_one_that_cannot_be_run_is_told() -> None:
    assert run("/does/not/exist").sentence(1) == "cannot be run: No such file or directory"
