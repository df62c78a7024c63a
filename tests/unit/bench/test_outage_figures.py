# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import detection
from ansible_collections.netops.floating_ip.tests.bench.outage import DEFAULTS, FAST, phases
from ansible_collections.netops.floating_ip.tests.bench.outage_figures import (
    HEADINGS,
    Outage,
    Outages,
    api_seconds,
    judging_of,
    line_of,
)

OURS = Outages(
    "host dead",
    1.0,
    (Outage(1.5, 300, 0.25, 0.02), Outage(2.0, 400, 0.75, 0.03), Outage(2.2, 440, 0.9, 0.04)),
    judging=1.2,
    propagation=0.01,
)
THEIRS = Outages("keepalived on one LAN: host dead", 1.0, (Outage(3.1, 620), Outage(3.2, 640)))


def call(action: str, at: float, seconds: float) -> dict[str, object]:
    return {"action": action, "at": at, "seconds": seconds}


def test_an_outage_is_held_against_the_arithmetic_of_its_own_moment() -> None:
    assert OURS.overhead is not None
    assert OURS.overhead.least == pytest.approx(2.0 - 0.75 - 1.2 - 0.03 - 0.01)
    assert OURS.overhead.median == pytest.approx(1.5 - 0.25 - 1.2 - 0.02 - 0.01)
    assert OURS.overhead.most == pytest.approx(2.2 - 0.9 - 1.2 - 0.04 - 0.01)


def test_the_arithmetic_is_for_half_an_interval_or_for_a_whole_one_at_worst() -> None:
    assert OURS.expected == pytest.approx(0.5 + 1.2 + 0.03 + 0.01)
    assert OURS.longest == pytest.approx(1.0 + 1.2 + 0.04 + 0.01)


def test_the_bench_and_the_product_have_one_arithmetic() -> None:
    for settings in (DEFAULTS, FAST):
        for is_refused in (False, True):
            worst = settings["interval"] + judging_of(settings, is_refused)
            assert worst == pytest.approx(detection(Probe(**settings), is_refused))


def test_what_is_not_ours_has_no_arithmetic() -> None:
    assert (THEIRS.expected, THEIRS.longest, THEIRS.overhead, THEIRS.api) == (None,) * 4
    assert THEIRS.lost == 640


def test_a_line_has_a_cell_for_each_heading() -> None:
    for row in (OURS, THEIRS):
        assert len(line_of(row)) == len(HEADINGS)
    assert line_of(THEIRS)[3:] == ("3.100", "3.150", "3.200", "", "", "", "", "", "640")


def test_an_address_waits_for_the_last_look_and_for_writes_that_go_out_together() -> None:
    calls = [
        call("DescribeRouteTables", 1.0, 0.5),
        call("DescribeRouteTables", 2.0, 0.1),
        call("ReplaceRoute", 2.2, 0.2),
        call("ReplaceRoute", 2.25, 0.25),
        call("DescribeRouteTables", 2.6, 0.9),  # it verifies
    ]
    assert api_seconds(calls) == pytest.approx(0.1 + 0.3)
    assert api_seconds(calls[:2]) == 0.0


def test_faults_come_once_in_each_part_of_an_interval() -> None:
    found = phases(20)
    assert sorted(int(phase * 20) for phase in found) == list(range(20))
    assert found != sorted(found)
