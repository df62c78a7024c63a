# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A thread for chores."""

from __future__ import annotations

import functools
import threading

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.aside import (
    Aside,
)


def test_chores_are_done_in_their_order_and_all_of_them_by_the_end() -> None:
    done: list[int] = []
    aside = Aside("test", lambda problem: done.clear())
    for number in range(100):
        aside.do(functools.partial(done.append, number))
    aside.close()
    assert done == list(range(100))


def test_a_problem_is_told_once_until_it_is_over() -> None:
    complaints: list[str] = []
    aside = Aside("test", complaints.append)
    answers: list[str | None] = ["It is full.", "It is full.", None, "It is full."]
    for answer in answers:
        aside.do(functools.partial(lambda answer: answer, answer))
    aside.close()
    assert complaints == ["It is full.", "It is full."]


def broken() -> None:
    raise BrokenPipeError("nobody reads")


def test_a_stream_that_breaks_stops_nothing() -> None:
    complaints: list[str] = []
    done: list[str] = []
    aside = Aside("test", complaints.append)
    aside.do(broken)
    aside.do(functools.partial(done.append, "next"))
    aside.close()
    assert done == ["next"]
    assert complaints == ["The events cannot be written: nobody reads."]


def test_while_one_hangs_nobody_waits_and_what_is_too_much_is_dropped_and_counted() -> None:
    complaints: list[str] = []
    done: list[int] = []
    started, hanging = threading.Event(), threading.Event()

    def hang() -> None:
        started.set()
        hanging.wait(10)

    aside = Aside("test", complaints.append, limit=3)
    aside.do(hang)
    assert started.wait(10)
    for number in range(5):
        aside.do(functools.partial(done.append, number))
    aside.close(seconds=0.0)  # it does not wait for ever either
    hanging.set()
    aside.close()
    assert done == [0, 1, 2]
    assert complaints == ["2 events or states were dropped while nobody took them."]
