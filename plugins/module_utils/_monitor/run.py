# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Run one window of a monitor on this host, and leave everything saved."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from .._operations.edge import Edge
from .._report.event import Kind
from .._store.clock import boottime
from .assemble import BEAT, assemble, begin, end
from .beside import Beside, Setup
from .course import Course, Ending
from .events import Reporter
from .handover import hand_over
from .loop import Loop
from .notify import Notifier
from .orders import Orders
from .renewal import is_stuck
from .window import Window

__all__ = ["Setup", "run"]

SLACK = 10.0  # seconds for the service manager to wait longer than the next beat of an end


def run(setup: Setup, edge_with: Callable[[Reporter], Edge]) -> Ending:
    """Watch until SIGTERM, SIGINT or the end of the window.

    A move under way is finished and verified first; looks are abandoned.
    """
    orders = Orders()
    try:
        ending = _window(setup, edge_with, orders)
    except BaseException:
        orders.close()
        raise
    if ending is not Ending.RENEWED:
        orders.close()
    return ending


def _window(setup: Setup, edge_with: Callable[[Reporter], Edge], orders: Orders) -> Ending:
    with ExitStack() as opened:
        notifier = Notifier(os.environ)
        opened.callback(notifier.close)
        beside = Beside(setup, opened)
        parts = beside.parts(edge_with)
        loop = assemble(setup.definitions, setup.target, parts)
        window = Window(setup.window, boottime(), beside.is_quiet, is_stuck)
        is_renewal = parts.handover is not None
        course = Course(orders, window, notifier, boottime, setup.obstacle, is_renewal)
        course.chores = beside.chores()
        try:
            _turn(loop, course, setup.problems)
        finally:
            _end(loop, course, notifier)
        is_left_alone = bool(loop.acts.jobs.under_way)
    if course.ending is Ending.STOPPED and (is_left_alone or not beside.is_quiet()):
        return Ending.ABANDONED
    return course.ending


def _turn(loop: Loop, course: Course, problems: Sequence[str]) -> None:
    try:
        for chore in course.chores:
            chore(loop)
        begin(loop, problems)
        while not _is_over(loop, course):
            loop.turn()
    except Exception as error:
        sentence = f"The monitor ends by a mistake of its own, and must be started: {error!r}."
        loop.report.say(Kind.PROBLEM, "", sentence)
        raise


def _is_over(loop: Loop, course: Course) -> bool:
    """Whether to turn no more. Before a next window everything is saved."""
    if not course.is_over(loop):
        return False
    if course.ending is Ending.RENEWED:
        loop.contexts.save(loop.watches.values())
        if is_stuck():  # the disk hangs from this very moment on
            course.go_on()
            return False
    return True


def _end(loop: Loop, course: Course, notifier: Notifier) -> None:
    if course.ending is Ending.RENEWED:  # no move is under way, and everything is saved
        hand_over(loop.watches.values(), os.environ)
        return
    notifier.stopping()

    def wait() -> None:
        notifier.more_time(BEAT + SLACK)
        notifier.alive()

    end(loop, wait=wait)
