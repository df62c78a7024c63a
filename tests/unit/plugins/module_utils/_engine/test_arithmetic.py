# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    ROUTE,
    SECONDARY_IP,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import (
    API_ALLOWANCE,
    PROPAGATION_ALLOWANCE,
    allowances,
    detection,
    judging,
    objective_met,
    objective_problem,
    pacing,
    worst_case,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    definition,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
)


@pytest.mark.parametrize(
    ("probe", "seconds"),
    [
        (Probe(), 1 + 0.5 + 0.2 + 0.5),
        (Probe(interval=5, timeout=2, fast_interval=1, fall=4), 5 + 2 + 3 + 2),
        (Probe(fall=1, min_down=0), 1.5 + 0.1 + 0.5),
        (Probe(fall=1, min_down=0.5), 1.5 + 0.1 + 0.5),
        (Probe(min_down=10), 1.5 + 10),
        (Probe(interval=0.1, timeout=0.1, fast_interval=1, min_down=0), 0.2 + 0.2 + 0.1),
    ],
)
def test_detection_at_worst(probe: Probe, seconds: float) -> None:
    assert detection(probe) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("probe", "seconds"),
    [
        (Probe(), 1 + 0.2),
        (Probe(interval=5, timeout=2, fast_interval=1, fall=4, min_down=60), 5 + 3),
        (Probe(fall=1), 1.0),
        (Probe(interval=0.1, fast_interval=1), 0.1 + 0.2),
    ],
)
def test_a_refusal_needs_neither_a_timeout_nor_min_down(probe: Probe, seconds: float) -> None:
    assert detection(probe, is_refused=True) == pytest.approx(seconds)
    assert judging(probe, is_refused=True) == pytest.approx(seconds - probe.interval)


@pytest.mark.parametrize(
    ("mechanism", "cells", "seconds"),
    [(ROUTE, 1, 0), (ROUTE, 50, 0), (ROUTE, 200, 30), (ROUTE, 500, 90), (SECONDARY_IP, 110, 2)],
)
def test_the_bucket_makes_the_last_write_wait(mechanism: str, cells: int, seconds: float) -> None:
    assert pacing(mechanism, cells) == pytest.approx(seconds)


def test_cells_of_addresses_that_share_a_target_wait_together() -> None:
    assert worst_case(definition(), cells=40, others=20).pacing == pytest.approx(2)


def test_the_sum_is_told_in_words() -> None:
    found = worst_case(definition(), cells=60)
    assert found.total == pytest.approx(2.2 + 1 + 2 + 1)
    for part in ("= 2.2 s to detect", "limit on 60 cells", "= 6.2 s"):
        assert part in found.sentence


def test_a_drills_figures_take_the_place_of_what_is_assumed() -> None:
    assert allowances(None) == (API_ALLOWANCE, PROPAGATION_ALLOWANCE)
    assert allowances({"api_seconds": 0.2}) == (0.2, PROPAGATION_ALLOWANCE)
    assert allowances({"api_seconds": None, "propagation_seconds": 0}) == (API_ALLOWANCE, 0.0)
    api, propagation = allowances({"api_seconds": 0.2, "propagation_seconds": 0.1})
    found = worst_case(definition(), 2, 0, api, propagation)
    assert found.total == pytest.approx(2.2 + 0.3) and "+ 0.2 s for AWS's API" in found.sentence


def test_an_objective_that_cannot_be_met_is_a_problem_with_the_sum() -> None:
    tight = replace(definition(), objective_seconds=4.0)
    found = worst_case(tight, cells=2)
    problem = objective_problem(tight, found)
    assert problem is not None and "4.2 s" in problem and found.sentence in problem
    assert objective_problem(replace(tight, objective_seconds=5.0), found) is None
    assert objective_problem(definition(), found) is None


def test_an_outage_that_may_last_so_long_is_told_with_the_sum_too() -> None:
    found = worst_case(definition(), cells=2)
    told = f"At worst an outage lasts 4.2 s. The sum: {found.sentence}."
    assert objective_met(definition(), found) == told
    loose = replace(definition(), objective_seconds=5.0)
    assert "lasts 4.2 s, within objective_seconds (5). The sum" in objective_met(loose, found)


@pytest.mark.parametrize("phase", [0.01, 0.3, 0.7, 0.99])
@pytest.mark.parametrize(("mark", "is_refused"), [("-", False), ("x", True)])
def test_a_failover_takes_what_the_arithmetic_says_and_no_longer(
    phase: float, mark: str, is_refused: bool
) -> None:
    """At worst that is, and an interval less at best."""
    died = 5 + phase
    scripts = {"a": lambda seconds: mark if seconds > died else "+", "b": marks("+")}
    world = World(definition(), scripts).run(20)
    took, worst = world.moves[0][0] - died, detection(Probe(), is_refused)
    assert worst - Probe().interval - 1e-6 <= took <= worst + 1e-6
