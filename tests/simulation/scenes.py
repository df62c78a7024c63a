# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scenes: situations in which something must happen by a certain time, as nothing else is wrong."""

from __future__ import annotations

import functools

from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    LONE,
    Schedule,
    Setup,
    Step,
)

Steps = tuple[Step, ...]

DEAD_STRANGER = ("blackhole", "rival")
DEAD_END = ("power off", "rival")
CLOSED_TABLE = ("stop service", "table closed")
ORDERS = ("runbook", "runbook", "runbook", "stop service")
OPEN_BREAKER = ("rival", "rival", "rival", "stop service")
LET_BE = ("power off", "suspend agent")
SCENES = (DEAD_STRANGER, DEAD_END, CLOSED_TABLE, ORDERS, OPEN_BREAKER, LET_BE)
LONG = 14.0  # seconds: as long as anything takes to be noticed and mended
TENTHS = st.integers(0, 50).map(lambda tenths: tenths / 10)


def is_scene(schedule: Schedule, scene: tuple[str, ...]) -> bool:
    """Whether it is one that `played` made, and no schedule of other steps of these kinds."""
    if tuple(sorted(step.do for step in schedule.steps)) != scene:
        return False
    made = MADE[scene](schedule.setup, *(step.at for step in schedule.steps))
    return made == schedule.steps


def dead_stranger(setup: Setup, first: float, then: float) -> Steps:
    """A stranger takes every table, and dies, or was dead already."""
    return (
        Step(first, "rival", to="x"),
        Step(then, "blackhole", "x", lasts=LONG),
    )


def dead_end(setup: Setup, off: float, given: float) -> Steps:
    """The second target is off, AWS has noticed, and someone gives it every table."""
    return Step(off, "power off", "b", lasts=2 * LONG, value=2.0), Step(given, "rival", to="b")


def closed_table(setup: Setup, closed: float, stopped: float) -> Steps:
    """AWS denies every write to one table, and the holder's service stops."""
    return (
        Step(closed, "table closed", setup.table_names[0], lasts=2 * LONG),
        Step(stopped, "stop service", "a", lasts=LONG),
    )


def orders(setup: Setup, *at: float) -> Steps:
    """Operators move it to and fro as often as opens a breaker; then the holder stops."""
    moves = tuple(Step(when, "runbook", to=to) for when, to in zip(at, "bab", strict=False))
    return *moves, Step(at[-1], "stop service", "b", lasts=LONG)


def open_breaker(setup: Setup, *at: float) -> Steps:
    """Someone moves it to and fro as often as opens a breaker; then the holder stops."""
    moves = tuple(Step(when, "rival", to=to) for when, to in zip(at, "bab", strict=False))
    return *moves, Step(at[-1], "stop service", "b", lasts=2 * LONG)


def let_be(setup: Setup, suspended: float, off: float) -> Steps:
    """An observer does nothing, on the target that is the best once the holder is off."""
    who = setup.observer_names[-1 if setup.observers == LONE else 1]
    return (
        Step(suspended, "suspend agent", who, lasts=4 * LONG),
        Step(off, "power off", "a", lasts=3 * LONG),
    )


MADE = {
    DEAD_STRANGER: dead_stranger,
    DEAD_END: dead_end,
    CLOSED_TABLE: closed_table,
    ORDERS: orders,
    OPEN_BREAKER: open_breaker,
    LET_BE: let_be,
}
FIRST, APART = 3.0, 7.0  # seconds: everyone has looked by then, and seen what came of it


@functools.cache
def scenes(setup: Setup) -> st.SearchStrategy[Steps]:
    """Any of them, at any pace."""
    return st.one_of(*(_scene(scene, setup) for scene in SCENES))


def _scene(scene: tuple[str, ...], setup: Setup) -> st.SearchStrategy[Steps]:
    gaps = st.tuples(*(TENTHS for _step in scene))
    return gaps.map(lambda drawn: MADE[scene](setup, *_moments(drawn)))


def _moments(gaps: tuple[float, ...]) -> list[float]:
    """The first of them once all is known; each so much later than the one before."""
    moments = [FIRST + gaps[0]]
    for gap in gaps[1:]:
        moments.append(round(moments[-1] + APART + gap, 1))
    return moments
