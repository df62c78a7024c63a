# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.tests.bench.beside import ON_A_LAN
from ansible_collections.netops.floating_ip.tests.bench.beside_aws import WITH_AWS
from ansible_collections.netops.floating_ip.tests.bench.figures import Promise
from ansible_collections.netops.floating_ip.tests.bench.outage_chapter import chapter
from ansible_collections.netops.floating_ip.tests.bench.outage_figures import Outage, Outages


def ours(what: str, seconds: float, interval: float = 1.0, api: float = 0.0) -> Outages:
    """An outage just as long as the arithmetic says."""
    waited = interval / 2
    judging = seconds - waited - api
    return Outages(what, interval, (Outage(seconds, 1, waited, api),), judging)


def theirs(means: str, seconds: float, interval: float = 1.0, what: str = "host dead") -> Outages:
    return Outages(f"{means}: {what}", interval, (Outage(seconds, 1),))


def found(*rows: Outages, with_times: bool = True) -> list[Promise]:
    return list(chapter(rows, with_times).promises)


@pytest.mark.parametrize(
    ("what", "seconds", "is_kept"),
    [
        ("host dead", 1.79, True),
        ("host dead", 1.81, False),
        ("service dead", 0.89, True),
        ("service dead", 0.91, False),
        ("host frozen", 2.51, False),
        ("service hung", 2.49, True),
    ],
)
def test_defaults_have_a_limit(what: str, seconds: float, is_kept: bool) -> None:
    assert found(ours(what, seconds))[0].is_kept is is_kept


def test_what_aws_takes_is_allowed_beside_the_limit() -> None:
    assert found(ours("host dead", 1.9, api=0.1))[0].is_kept
    assert found(replace(ours("host dead", 1.9), propagation=0.11))[0].is_kept


def test_each_of_theirs_stands_beside_ours_with_the_ratio() -> None:
    rows = [ours("host dead", 1.7), theirs(ON_A_LAN, 3.4), theirs(WITH_AWS, 3.57)]
    one, other = found(*rows)[:2]
    assert (one.beside, one.theirs, one.ratio) == (ON_A_LAN, "3.400 s", "2")
    assert (other.beside, other.ratio) == (WITH_AWS, "2.1")


def test_at_the_fast_pace_only_keepalived_with_its_aws_call_is_the_limit() -> None:
    rows = [ours("host dead", 0.4, 0.1), theirs(ON_A_LAN, 0.3, 0.1), theirs(WITH_AWS, 0.39, 0.1)]
    assert [one.is_kept for one in found(*rows)[:2]] == [None, False]
    assert found(rows[0], theirs(WITH_AWS, 0.41, 0.1))[0].is_kept


def test_other_faults_at_the_fast_pace_are_compared_and_not_judged() -> None:
    rows = [ours("host frozen", 0.4, 0.1), theirs(WITH_AWS, 0.3, 0.1, "host frozen")]
    first = found(*rows)[0]
    assert (first.text, first.is_kept, first.ratio) == ("outage, host frozen, 0.1 s", None, "0.75")


@pytest.mark.parametrize(("overhead", "is_kept"), [(0.049, True), (0.051, False)])
def test_fifty_milliseconds_beyond_the_arithmetic_are_allowed(
    overhead: float, is_kept: bool
) -> None:
    row = ours("host dead", 1.5)
    late = replace(row, found=(replace(row.found[0], seconds=1.5 + overhead),))
    assert found(late)[1].is_kept is is_kept
    assert found(late)[2].is_kept  # it began in the middle of an interval: no worst case


def test_a_single_run_beyond_the_arithmetic_breaks_the_promise() -> None:
    row = ours("host dead", 1.5)
    late = replace(row.found[0], seconds=1.5 + 0.06)
    promise = found(replace(row, found=(*row.found * 19, late)))[1]
    assert promise.is_kept is False and promise.measured == "60 ms"


def test_no_outage_may_be_longer_than_the_worst_case() -> None:
    row = ours("host dead", 1.5)
    longest = row.longest
    assert longest is not None
    late = replace(row, found=(*row.found * 3, Outage(longest + 0.06, 1, 0.5, 0.0)))
    promise = found(late)[2]
    assert promise.is_kept is False and promise.measured == "60 ms"


def test_an_order_loses_no_packet() -> None:
    lossless = Outages("drained", 1.0, (Outage(0.0, 0),))
    assert [one.is_kept for one in found(lossless)] == [True]
    lossy = Outages("moved by plan", 1.0, (Outage(0.0, 0), Outage(0.005, 1)))
    assert [one.is_kept for one in found(lossy)] == [False]


def test_an_order_stands_beside_what_keepalived_loses_at_the_same_pace() -> None:
    lossless = Outages("drained", 0.1, (Outage(0.0, 0),))
    rows = [theirs(means, 0.2, 0.1, "stopped by plan") for means in (ON_A_LAN, WITH_AWS)]
    promises = found(lossless, *rows)
    assert {one.text for one in promises} == {"packets lost when drained, 0.1 s: none"}
    assert [(one.beside, one.theirs) for one in promises] == [(ON_A_LAN, "1"), (WITH_AWS, "1")]


def test_a_short_run_judges_no_times() -> None:
    rows = [ours("host dead", 9.0), Outages("drained", 1.0, (Outage(0.005, 1),))]
    assert [one.is_kept for one in found(*rows, with_times=False)] == [None, None, None, False]
