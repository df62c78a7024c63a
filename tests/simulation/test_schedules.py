# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole law over schedules chosen by hypothesis; SCHEDULES says over how many.

A schedule that breaks it is written to regressions/ with what it broke, and its story is printed.
"""

from __future__ import annotations

import gc
import pathlib
from collections.abc import Iterator

import pytest

from ansible_collections.netops.floating_ip.tests.simulation.bugs import BUGS
from ansible_collections.netops.floating_ip.tests.simulation.chance import CLEAN
from ansible_collections.netops.floating_ip.tests.simulation.every_law import breaches
from ansible_collections.netops.floating_ip.tests.simulation.schedule import from_json
from ansible_collections.netops.floating_ip.tests.simulation.shards import SHARDS, explore

SELDOM = 50_000  # allocations between two collections: a world is gone soon, and mostly by itself


@pytest.fixture(scope="module", autouse=True)
def collected_seldom() -> Iterator[None]:
    often = gc.get_threshold()
    gc.set_threshold(SELDOM)
    yield
    gc.set_threshold(*often)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_schedule_breaks_the_law(shard: int) -> None:
    explore(shard)


def test_a_schedule_that_breaks_the_law_is_kept_as_a_regression(tmp_path: pathlib.Path) -> None:
    """By a bug that any move at all shows."""
    bug = next(bug for bug in BUGS if bug.title == "the neighbour's route is moved too")
    with bug.seeded(), pytest.raises(AssertionError) as raised:
        explore(0, CLEAN, tmp_path)
    (path,) = tmp_path.iterdir()
    told, schedule = str(raised.value), from_json(path.read_text(encoding="utf-8"))
    assert f"kept as {path}" in told
    assert bug.law.replace("_", " ") in told and "begins" in told, "the story is told"
    assert bug.law in schedule.laws and path.name.startswith(schedule.laws[0])
    assert len(schedule.steps) <= 2, "it is made as short as it gets"
    assert breaches(schedule)[1] == [], "it is the bug that broke it"
