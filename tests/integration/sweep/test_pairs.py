# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pairs of faults, and faults together with a rival, against EC2 in memory.

All of them take a minute of a processor, with SWEEP_EACH=1; a run takes every third, from a start
that the scenario chooses. It needs no emulator.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice

import pytest

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.judge import (  # noqa: E501 - the path of a module
    check,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    SCENARIOS,
    Case,
    Scenario,
    second_faults,
    single_faults,
    with_rivals,
)

EACH = int(os.environ.get("SWEEP_EACH", "3"))

of_each_operation = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)


@of_each_operation
def test_any_two_calls_may_fail_in_any_two_ways(scenario: Scenario) -> None:
    cases = 0
    for single in single_faults(scenario):
        for case in some_of(second_faults(single), scenario):
            check(case)
            cases += 1
    assert cases > 1000 / EACH


@of_each_operation
def test_a_rival_may_write_before_any_call_while_any_other_fails(scenario: Scenario) -> None:
    cases = 0
    for single in (Case(scenario), *single_faults(scenario)):
        for case in some_of(with_rivals(single), scenario):
            check(case)
            cases += 1
    assert cases > 500 / EACH


def some_of(cases: Iterable[Case], scenario: Scenario) -> Iterator[Case]:
    return islice(cases, len(scenario.name) % EACH, None, EACH)
