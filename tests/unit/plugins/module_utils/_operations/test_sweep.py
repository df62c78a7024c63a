# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every operation, failed in every way: what is done is right, and what is said of it is true.

Every single fault here; two at once, and rivals, by sample. All of those are in
tests/integration/sweep/, for they take a minute.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import islice

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    LOST_REPLY,
    STALE,
    TIMEOUT_DONE,
    Fault,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.judge import (  # noqa: E501 - the path of a module
    check,
    judge,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    IPV4,
    SCENARIOS,
    A,
    C,
    Case,
    Scenario,
    act,
    calls_of,
    second_faults,
    single_faults,
    start,
    with_rivals,
)

SAMPLE = 8  # cases of each operation
MOVE = SCENARIOS[0]
FIRST = ("rtb-1", f"{IPV4}/32")
of_each_operation = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)


def sample(cases: Iterable[Case], seed: int) -> list[Case]:
    """Some of the cases, the same every time."""
    chosen = list(cases)
    return random.Random(seed).sample(chosen, min(SAMPLE, len(chosen)))


@of_each_operation
def test_without_faults_every_cell_is_moved_in_one_write_each(scenario: Scenario) -> None:
    run = check(Case(scenario))
    assert {one.action for one in run.outcomes} == {Action.MOVED}
    cloud = scenario.cloud()
    act(scenario, cloud)
    assert len(cloud.attempts) == len(scenario.keys)


@of_each_operation
def test_each_call_may_fail_in_each_way(scenario: Scenario) -> None:
    for case in single_faults(scenario):
        check(case)


@of_each_operation
def test_two_calls_may_fail(scenario: Scenario) -> None:
    for number, first in enumerate(sample(single_faults(scenario), seed=1)):
        for case in sample(second_faults(first), seed=number)[:1]:
            check(case)


@of_each_operation
def test_a_rival_may_write_before_any_call(scenario: Scenario) -> None:
    for case in sample(with_rivals(Case(scenario)), seed=2):
        check(case)


@of_each_operation
def test_a_rival_may_write_while_a_call_fails(scenario: Scenario) -> None:
    for number, single in enumerate(sample(single_faults(scenario), seed=3)):
        for case in sample(with_rivals(single), seed=number)[:1]:
            check(case)


@of_each_operation
@pytest.mark.parametrize("lag", [0.5, 1.9, 6.0])
def test_reads_may_lag_behind_the_writes(scenario: Scenario, lag: float) -> None:
    for case in (Case(scenario, lag=lag), *islice(single_faults(scenario), 40, 48)):
        case.lag = lag
        check(case)


def test_stale_reads_after_a_write_cause_no_second_one() -> None:
    verification = len(calls_of(MOVE)) - 1
    stale = dict.fromkeys(range(verification, verification + 5), STALE)
    cloud = start(Case(MOVE, stale))
    run = act(MOVE, cloud)
    assert {one.action for one in run.outcomes} == {Action.MOVED}
    assert len(cloud.attempts) == len(MOVE.keys)


def test_reads_that_never_show_the_write_leave_it_unverified_and_unrepeated() -> None:
    cloud = start(Case(MOVE, lag=3600.0))
    run = act(MOVE, cloud)
    assert {one.action for one in run.outcomes} == {Action.UNVERIFIED}
    assert len(cloud.attempts) == len(MOVE.keys)


@pytest.mark.parametrize("fault", [LOST_REPLY, TIMEOUT_DONE], ids=lambda one: one.name)
def test_a_lost_reply_does_not_overwrite_what_a_rival_wrote_after_it(fault: Fault) -> None:
    """As far as reads can show it: while they are stale, nobody can know (see judge.py)."""
    write = 2
    for rival in range(write + 1, write + 9):
        cloud = start(Case(MOVE, {write: fault}, [(rival, FIRST, C)]))
        act(MOVE, cloud)
        cloud.settle()
        assert cloud.state[FIRST] == C
        assert [one.key for one in cloud.attempts].count(FIRST) == 1


def test_the_judge_would_notice_a_lie() -> None:
    """Each of these is true in the clean run, and a lie about a cell that a rival has."""
    cloud = start(Case(MOVE))
    run = act(MOVE, cloud)
    assert judge(Case(MOVE), cloud, run) == []
    unmoved = start(Case(MOVE))
    assert any("nobody wrote" in verdict for verdict in judge(Case(MOVE), unmoved, run))
    cloud = start(Case(MOVE, rivals=[(0, FIRST, A)]))
    cloud.faults = {}
    assert judge(Case(MOVE), cloud, run) != []
