# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The low level (floating_ip_route and floating_ip_eni_claim), failed in every way.

It carries out changes as a move does, and the sweep of that has all pairs: here is a sample.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

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

SAMPLE = 120  # cases of each operation
SCENARIOS_HERE = [replace(one, is_low_level=True) for one in SCENARIOS]
# An address is removed where it was: one that a rival has taken elsewhere is none of ours.
CONTESTED = [one for one in SCENARIOS_HERE if one.name != "remove a secondary one"]
of_each_operation = pytest.mark.parametrize("scenario", SCENARIOS_HERE, ids=lambda one: one.name)
of_the_contested = pytest.mark.parametrize("scenario", CONTESTED, ids=lambda one: one.name)


@of_each_operation
def test_each_call_may_fail_in_each_way(scenario: Scenario) -> None:
    for case in (Case(scenario), *single_faults(scenario)):
        check(case)


@of_each_operation
def test_two_calls_may_fail(scenario: Scenario) -> None:
    for single in sample(single_faults(scenario)):
        for case in sample(second_faults(single))[:2]:
            check(case)


@of_the_contested
def test_a_rival_may_write_before_any_call(scenario: Scenario) -> None:
    for case in with_rivals(Case(scenario)):
        check(case)


@of_the_contested
def test_a_rival_may_write_while_a_call_fails(scenario: Scenario) -> None:
    for single in sample(single_faults(scenario)):
        for case in sample(with_rivals(single))[:1]:
            check(case)


def sample(cases: Iterable[Case]) -> list[Case]:
    """Some of the cases, the same every time."""
    chosen = list(cases)
    return random.Random(len(chosen)).sample(chosen, min(SAMPLE, len(chosen)))
