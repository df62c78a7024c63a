# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.bench.figures import Row, Sample
from ansible_collections.netops.floating_ip.tests.bench.promises import judged


def row(
    what: str, cells: int, seconds: float, trips: int | None = None, limit: float | None = None
) -> Row:
    return Row(what, cells, (Sample(seconds, seconds, trips),), limit)


@pytest.mark.parametrize(("trips", "is_kept"), [(2, True), (3, True), (4, False)])
def test_three_round_trips_are_promised_where_the_bucket_allows(trips: int, is_kept: bool) -> None:
    (promise,) = judged([row("move", 10, 0.6, 2), row("move", 50, 0.9, trips)], with_times=True)
    assert (promise.is_kept, promise.measured) == (is_kept, str(trips))


def test_no_round_trips_are_promised_beyond_the_burst() -> None:
    assert judged([row("move", 200, 30.0, 150)], with_times=True) == ()


@pytest.mark.parametrize(("seconds", "is_kept"), [(31.4, True), (31.6, False)])
def test_the_slowest_pace_of_a_size_is_judged_by_the_limit(seconds: float, is_kept: bool) -> None:
    rows = [row("move", 200, 30.3, limit=30.0), row("slow move", 200, seconds, limit=30.0)]
    (promise,) = judged(rows, with_times=False)
    assert "200 tables" in promise.text
    assert promise.is_kept is is_kept


@pytest.mark.parametrize(("seconds", "is_kept"), [(2.4, True), (2.6, False)])
def test_the_runbook_of_fifty_tables_is_judged_by_its_time(seconds: float, is_kept: bool) -> None:
    rows = [
        row("runbook failover", 4, 9.0),
        row("runbook failover", 50, seconds),
        row("runbook failover, 2 monitors", 50, 9.0),
    ]
    (promise,) = judged(rows, with_times=True)
    assert promise.is_kept is is_kept


def test_times_are_not_judged_on_a_busy_machine() -> None:
    assert judged([row("runbook failover", 50, 9.0)], with_times=False) == ()
