# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole law over schedules chosen by hypothesis; SCHEDULES says over how many.

A schedule that breaks it is written to regressions/ with what it broke, and its story is printed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from ansible_collections.netops.floating_ip.tests.simulation.chance import schedules
from ansible_collections.netops.floating_ip.tests.simulation.every_law import check, keep
from ansible_collections.netops.floating_ip.tests.simulation.schedule import Schedule

SCHEDULES = int(os.environ.get("SCHEDULES", "300"))
SEED = int(os.environ.get("SCHEDULES_SEED", "0"))  # another one: other schedules
SHARDS = 20
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
BREAKING: dict[int, Schedule] = {}  # by shard; as hypothesis shrinks it, the last is the shortest


@pytest.fixture(scope="module", autouse=True)
def on_one_processor() -> Iterator[None]:
    """The threads of a simulation never run at once; handing over is faster on one processor."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(before)[int(WORKER) % len(before)]})
    yield
    os.sched_setaffinity(0, before)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_schedule_breaks_the_law(shard: int) -> None:
    @seed(SEED * SHARDS + shard)
    @settings(
        max_examples=max(1, SCHEDULES // SHARDS),
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        derandomize=False,
        database=None,
        deadline=None,
    )
    @given(schedules())
    def over(schedule: Schedule) -> None:
        try:
            check(schedule)
        except AssertionError:
            BREAKING[shard] = schedule
            raise

    try:
        over()
    except AssertionError as error:
        raise AssertionError(f"{error}\nkept as {keep(BREAKING[shard])}") from None
