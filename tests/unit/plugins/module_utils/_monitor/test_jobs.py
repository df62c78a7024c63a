# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs beside the loop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.jobs import (
    ThreadJobs,
)


def test_results_and_errors_come_back_in_the_thread_that_asks_for_them() -> None:
    told: list[tuple[str, object, int]] = []
    woken = threading.Semaphore(0)
    jobs = ThreadJobs(woken.release)

    def note(what: str) -> Callable[[object], None]:
        return lambda value: told.append((what, value, threading.get_ident()))

    def fail() -> None:
        raise KeyError("x")

    jobs.submit(lambda: 1, note("done"), note("failed"))
    assert woken.acquire(timeout=10)
    jobs.submit(fail, note("done"), note("failed"))
    assert woken.acquire(timeout=10)
    assert told == []
    for finish in jobs.finished():
        finish()
    here = threading.get_ident()
    assert [(what, str(value), thread) for what, value, thread in told] == [
        ("done", "1", here),
        ("failed", "'x'", here),
    ]
    assert jobs.under_way == 0


def test_the_end_may_wait_for_what_is_under_way() -> None:
    began, go_on = threading.Event(), threading.Event()
    told: list[object] = []
    jobs = ThreadJobs(lambda: None)

    def work() -> str:
        began.set()
        go_on.wait(10)
        return "moved"

    jobs.submit(work, told.append, told.append)
    assert began.wait(10)
    jobs.wait(0.0)
    assert list(jobs.finished()) == [] and jobs.under_way == 1
    threading.Timer(0.01, go_on.set).start()
    jobs.wait(10)
    for finish in jobs.finished():
        finish()
    assert told == ["moved"]
