# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.bench.figures import (
    Row,
    Sample,
    Spread,
    bucket_limit,
    ratio_of_pairs,
    spread,
    trips_of,
)


def call(at: float, seconds: float) -> dict[str, float]:
    return {"at": at, "seconds": seconds}


@pytest.mark.parametrize(
    ("cells", "seconds"), [(1, 0.0), (50, 0.0), (51, 0.2), (200, 30.0), (500, 90.0)]
)
def test_the_bucket_holds_up_what_is_more_than_its_burst(cells: int, seconds: float) -> None:
    assert bucket_limit(cells) == seconds


def test_calls_at_the_same_time_are_one_round_trip() -> None:
    writes = [call(0.001 * place, 0.3) for place in range(50)]
    assert trips_of(writes) == 1
    assert trips_of([*writes, call(0.4, 0.3)]) == 2
    assert trips_of([]) == 0


def test_a_call_that_begins_while_another_runs_does_not_wait_for_it() -> None:
    assert trips_of([call(0.0, 0.3), call(0.29, 0.3), call(0.31, 0.1), call(0.7, 0.1)]) == 3


def test_a_spread_has_the_median_in_its_middle() -> None:
    assert spread([3.0, 1.0, 2.0]) == Spread(1.0, 2.0, 3.0)
    assert spread([1.0, 2.0]).median == 1.5


def test_a_row_compares_with_what_its_samples_waited_for() -> None:
    samples = (Sample(30.3, 31.0, 4), Sample(30.6, 30.9, 5), Sample(33.0, 33.3, 4))
    row = Row("move", 200, samples, 30.0, 0.3)
    assert row.ratio == pytest.approx(1.02)
    assert row.trips == 5
    assert row.time_in_trips == pytest.approx(31.0 / 0.3)


def test_a_row_without_a_limit_or_a_latency_compares_with_nothing() -> None:
    row = Row("move", 10, (Sample(0.1, 0.2),), 0.0)
    assert (row.ratio, row.trips, row.time_in_trips) == (None, None, None)


def test_runs_made_in_turn_are_compared_pair_by_pair() -> None:
    slow = Row("slow", 4, tuple(Sample(0, seconds) for seconds in (20.0, 40.0, 90.0)))
    fast = Row("fast", 4, tuple(Sample(0, seconds) for seconds in (2.0, 4.0, 3.0)))
    assert ratio_of_pairs(slow, fast) == 10.0
