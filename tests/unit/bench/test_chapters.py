# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.tests.bench.book import Book
from ansible_collections.netops.floating_ip.tests.bench.chapter import Chapter
from ansible_collections.netops.floating_ip.tests.bench.chapters import (
    of_hosts,
    of_scale,
    of_the_whole,
)
from ansible_collections.netops.floating_ip.tests.bench.farm import address_of
from ansible_collections.netops.floating_ip.tests.bench.figures import Promise, percentile
from ansible_collections.netops.floating_ip.tests.bench.scale import Load, Size
from ansible_collections.netops.floating_ip.tests.bench.standing import Idle

LOOKS = {"DescribeRouteTables": 44, "DescribeNetworkInterfaces": 44}
IDLE = Idle(600.0, 0.003, 40.0, LOOKS)


def kept(chapter: Chapter) -> list[bool | None]:
    return [one.is_kept for one in chapter.promises]


def test_the_looks_of_two_monitors_at_their_interval_are_allowed() -> None:
    assert IDLE.looks_allowed == 44 and IDLE.is_silent
    assert not Idle(600.0, 0.003, 40.0, {"DescribeRouteTables": 45}).is_silent
    assert not Idle(600.0, 0.003, 40.0, {"ReplaceRoute": 1}).is_silent


@pytest.mark.parametrize(
    ("deploys", "idle", "promises"),
    [
        ((59.0, 24.0), IDLE, [True] * 5),
        ((61.0, 26.0), Idle(600.0, 0.006, 51.0, {}), [False, False, False, False, True]),
        ((61.0,), None, [False]),
    ],
)
def test_hosts_have_limits(
    deploys: tuple[float, ...], idle: Idle | None, promises: list[bool]
) -> None:
    assert kept(of_hosts(deploys, idle, with_times=True)) == promises


def test_a_short_run_judges_no_times_of_hosts() -> None:
    assert kept(of_hosts((99.0,), Idle(2.0, 0.5, 40.0, {}), with_times=False)) == [
        *(None, None),
        *(True, True),
    ]


def load(targets: int, cpu: float, memory: float, lag: float) -> Load:
    return Load(Size(targets, 10.0), cpu, memory, (lag,))


@pytest.mark.parametrize(
    ("many", "promises"),
    [
        (load(1000, 0.49, 119.0, 1.29), [True, True, True]),
        (load(1000, 0.51, 121.0, 1.31), [False, False, False]),
    ],
)
def test_a_thousand_targets_are_held_against_one_floating_ip_s(
    many: Load, promises: list[bool]
) -> None:
    one = load(2, 0.002, 50.0, 1.2)
    assert kept(of_scale([one, many], with_times=True)) == promises
    assert kept(of_scale([one, many], with_times=False)) == []


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(n) for n in range(100)], 0.99) == 98.0
    assert percentile([7.0], 0.99) == 7.0


def test_what_was_measured_is_kept_until_it_is_measured_again(tmp_path: Path) -> None:
    book = Book(tmp_path / "bench")
    one = Chapter("scale", "Many", (("a", "b"), ("1", "2")), "How.", (Promise("x", "1", None),))
    other = Chapter("moves", "Moves", (("c",),), "", (), ("So.",), 0.5)
    book.put(one)
    book.put(other)
    assert Book(tmp_path / "bench").chapters(("moves", "outage", "scale")) == (other, one)
    book.put(Chapter("scale", "Again", (("a",),), ""))
    assert book.chapters(("scale",))[0].title == "Again"
    book.clear()
    assert book.chapters(("scale", "moves")) == ()


def test_every_server_has_an_address_of_its_own_on_the_loopback() -> None:
    found = {address_of(number) for number in range(5000)}
    assert len(found) == 5000 and all(one.startswith("127.1.") for one in found)


@pytest.mark.parametrize(("seconds", "is_kept"), [(1199.0, True), (1201.0, False)])
def test_the_whole_may_take_half_an_hour(seconds: float, is_kept: bool) -> None:
    chapter = of_the_whole([("moves", 600.0), ("scale", seconds)])
    assert kept(chapter) == [is_kept]
    assert chapter.table[-1] == ("all of it", f"{600 + seconds:.0f} s")
