# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schedules chosen by hypothesis."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.tests.simulation.scenes import scenes
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    EVERY_TARGET,
    LONE,
    Schedule,
    Setup,
    Step,
)
from ansible_collections.netops.floating_ip.tests.simulation.wires import AWS

HORIZON = 18  # seconds within which everything begins
MOST_STEPS = 6
SECONDS = (1.0, 2.5, 4.0, 7.0, 12.0)  # how long a fault lasts
CLOCK_STEPS = (3600.0, -3600.0, 86400.0)
FLAPS = ((12.0, 1.5), (12.0, 2.5), (12.0, 4.0), (40.0, 8.0))  # for how long, and each way

ON_A_TARGET = ("stop service", "hang service", "break service", "freeze", "blackhole")
ON_AN_OBSERVER = (
    "suspend agent",
    "kill agent",
    "disk full",
    "disk unreadable",
    "disk hangs",
    "no route",
    "isolate",
    "identity unknown",
)
ON_EC2 = ("EC2 down", "EC2 throttles", "EC2 fails after the change", "EC2 denies writes")
AT_ONCE = ("tear context", "end window")

Choice = str | float | st.SearchStrategy[Any]
Kinds = Iterator[tuple[str, st.SearchStrategy[Step]]]
MOMENTS = st.integers(0, HORIZON * 10).map(lambda tenths: tenths / 10)
DURATIONS = st.sampled_from(SECONDS)


@functools.cache  # to make one takes longer than to play a schedule
def steps(setup: Setup, kinds: Sequence[str] = ()) -> st.SearchStrategy[tuple[Step, ...]]:
    """Some steps that such a setup can take, of these kinds only where any are given."""
    known = dict((*_of_targets(setup), *_of_observers(setup), *_of_wires(setup)))
    known.update((*_of_ec2(setup), *_of_people(setup)))
    one = st.one_of(*(known[kind] for kind in kinds or known))
    return st.lists(one, min_size=1, max_size=MOST_STEPS).map(tuple)


def _step(do: str, **more: Choice) -> tuple[str, st.SearchStrategy[Step]]:
    """A step; each of its fields is a value, or chosen. (st.builds takes ten times as long.)"""
    values = [one if isinstance(one, st.SearchStrategy) else st.just(one) for one in more.values()]
    return do, st.tuples(MOMENTS, *values).map(
        lambda drawn: Step(drawn[0], do, **dict(zip(more, drawn[1:], strict=True)))
    )


def _of_targets(setup: Setup) -> Kinds:
    who = st.sampled_from(setup.target_names)
    for do in ON_A_TARGET:
        yield _step(do, who=who, lasts=DURATIONS)
    yield _step("power off", who=who, lasts=DURATIONS, value=st.sampled_from((0.0, 2.0)))
    yield _step("slow service", who=who, lasts=DURATIONS, value=st.sampled_from((0.3, 0.6)))
    drawn = st.tuples(MOMENTS, who, st.sampled_from(FLAPS))
    yield "flap", drawn.map(lambda one: Step(one[0], "flap", one[1], "", *one[2]))


def _of_observers(setup: Setup) -> Kinds:
    who = st.sampled_from(setup.observer_names)
    for do in ON_AN_OBSERVER:
        yield _step(do, who=who, lasts=DURATIONS)
    for do in AT_ONCE:
        yield _step(do, who=who)
    yield _step("step clock", who=who, value=st.sampled_from(CLOCK_STEPS))
    after = st.sampled_from((1.0, 2.0))
    yield _step("kill agent at write", who=who, lasts=st.sampled_from((2.0, 6.0)), value=after)


def _of_wires(setup: Setup) -> Kinds:
    hosts = tuple(dict.fromkeys((*setup.target_names, *setup.observer_names, AWS)))
    pairs = st.sampled_from([(a, b) for a in hosts for b in hosts if a != b])

    def between(do: str, *values: float) -> tuple[str, st.SearchStrategy[Step]]:
        drawn = st.tuples(MOMENTS, pairs, DURATIONS, st.sampled_from(values))
        return do, drawn.map(lambda one: Step(one[0], do, *one[1], one[2], one[3]))

    yield between("cut", 0.0)
    yield between("slow wire", 0.2, 0.6, 2.5)
    yield between("lossy wire", 0.3, 0.7)


def _of_ec2(setup: Setup) -> Kinds:
    for do in ON_EC2:
        yield _step(do, lasts=DURATIONS)
    yield _step("table closed", who=st.sampled_from(setup.table_names), lasts=DURATIONS)
    yield _step("EC2 slow", lasts=DURATIONS, value=st.sampled_from((0.5, 1.5, 3.0)))
    yield _step("EC2 lags", lasts=DURATIONS, value=st.sampled_from((1.0, 3.0)))


def _of_people(setup: Setup) -> Kinds:
    to, who = st.sampled_from(setup.target_names), st.sampled_from(setup.observer_names)
    tables = st.sampled_from(("", "", *setup.table_names))
    dies = st.sampled_from((0.0, 0.0, 0.0, 0.3))  # seconds after which a runbook is interrupted
    yield _step("runbook", who=st.sampled_from(("", "", "force")), to=to, value=dies)
    yield _step("move by hand", who=who, to=to, value=dies)
    yield _step("drain", to=to, lasts=DURATIONS)
    yield _step("pause", lasts=DURATIONS)
    yield _step("reset")
    yield _step("rival", who=tables, to=st.sampled_from((*setup.target_names, "x", "")))
    often = st.sampled_from((1.0, 4.0))
    lasts = st.sampled_from((12.0, 12.0, 12.0, 45.0))
    yield _step("reverter", who=tables, to=to, lasts=lasts, value=often)


SETUPS = st.tuples(
    st.sampled_from((EVERY_TARGET, EVERY_TARGET, LONE)),
    st.sampled_from((2, 2, 2, 3)),
    st.sampled_from((2, 2, 3)),
    st.sampled_from(("manual", "auto")),
    st.sampled_from(("repair", "repair", "report")),
    st.booleans(),
    st.sampled_from((3, 3, 6)),
).map(lambda drawn: Setup(*drawn))
SEEDS = st.integers(0, 999)


CLEAN = ("clean",)  # stands for kinds of steps: one fault of a target, or a drain, and no more
SCENE = ("scene",)  # the same for one of the scenes
HARMLESS = ("disk full", "disk unreadable", "tear context", "step clock")


@st.composite
def schedules(draw: st.DrawFn, kinds: Sequence[str] = ()) -> Schedule:
    """One in eight is clean, one a scene, unless kinds are given."""
    setup = draw(SETUPS)
    kind = kinds or ANY[draw(EIGHTH)]
    chosen = draw(WHOLE[kind](setup) if kind in WHOLE else steps(setup, tuple(kind)))
    ordered = sorted(chosen, key=lambda step: (step.at, str(step)))
    return Schedule(setup, tuple(ordered), draw(SEEDS))


EIGHTH = st.integers(0, 7)
ANY: tuple[tuple[str, ...], ...] = (CLEAN, SCENE, *[()] * 6)


@functools.cache
def clean(setup: Setup) -> st.SearchStrategy[tuple[Step, ...]]:
    """The first target fails, or is drained, for long enough; what else happens harms nobody."""
    after = st.integers(30, 10 * HORIZON).map(lambda tenths: tenths / 10)
    do = st.sampled_from(("stop service", "hang service", "break service", "power off", "drain"))
    fault = st.tuples(after, do).map(lambda one: _fault(*one))
    known = dict(_of_observers(setup))
    more = st.lists(st.one_of(*(known[kind] for kind in HARMLESS)), max_size=2)
    alone = fault.map(lambda one: (one,))
    return st.one_of(alone, st.tuples(fault, more).map(lambda one: (one[0], *one[1])))


def _fault(at: float, do: str) -> Step:
    return Step(at, do, to="a", lasts=5.0) if do == "drain" else Step(at, do, "a", lasts=5.0)


WHOLE = {CLEAN: clean, SCENE: scenes}
