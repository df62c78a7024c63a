# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._probe.outages import (
    ANSWERED,
    LOST,
    UNMEASURED,
    Outage,
    Packet,
    bins,
    delays,
    outages,
    percentile,
)

PACE = 0.01


def series(text: str) -> list[Packet]:
    """`a` answered, `l` lost, `u` unmeasured, one after another."""
    outcomes = {"a": ANSWERED, "l": LOST, "u": UNMEASURED}
    return [
        Packet(round(n * PACE, 6), outcomes[letter], 0.001, f"why {n}" if letter == "l" else "")
        for n, letter in enumerate(text)
    ]


def spans(text: str) -> list[tuple[float, float, int]]:
    found = outages(series(text), PACE)
    return [(round(o.start, 6), round(o.end, 6), o.packets) for o in found]


def test_an_outage_is_from_the_first_lost_to_the_next_answered_packet() -> None:
    assert spans("aalllaa") == [(0.02, 0.05, 3)]
    (one,) = outages(series("aalllaa"), PACE)
    assert (one.reason, one.is_over) == ("why 2", True)
    assert one.seconds == pytest.approx(0.03)


def test_an_outage_that_the_measuring_did_not_see_the_end_of_is_not_over() -> None:
    assert outages(series("all"), PACE) == (Outage(0.01, 0.03, 2, "why 1", is_over=False),)


def test_what_is_unmeasured_neither_begins_nor_ends_an_outage() -> None:
    assert spans("auua") == []
    assert spans("aluula") == [(0.01, 0.05, 2)]
    assert spans("alua") == [(0.01, 0.03, 1)]


@given(st.text("alu", max_size=60))
def test_every_lost_packet_is_in_exactly_one_outage(text: str) -> None:
    packets = series(text)
    found = outages(packets, PACE)
    assert sum(one.packets for one in found) == text.count("l")
    for packet in packets:
        holding = [one for one in found if one.start <= packet.sent < one.end - 1e-9]
        assert len(holding) == (packet.outcome == LOST) or packet.outcome == UNMEASURED
        assert not (packet.outcome == ANSWERED and holding)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


def test_percentiles_are_of_the_nearest_rank() -> None:
    ordered = [1.0, 2.0, 3.0, 4.0]
    assert [percentile(ordered, share) for share in (0.01, 0.5, 0.51, 1.0)] == [1, 2, 3, 4]


def test_delays_are_of_what_was_answered_and_in_milliseconds() -> None:
    assert delays(series("lla")) == {"p50": 1.0, "p90": 1.0, "p99": 1.0, "max": 1.0}
    assert delays(series("ll")) is None


def test_bins_hold_every_packet_and_are_few() -> None:
    packets = series("a" * 900 + "l" * 100)
    found = bins(packets, 10.0, PACE)
    assert sum(found["sent"]) == 1000 and sum(found["lost"]) == 100
    assert found["width"] == 0.05 and len(found["sent"]) == 200
    assert found["median"][0] == 1.0 and found["median"][-1] is None


@given(st.floats(0.001, 1e5), st.sampled_from([0.001, 0.01, 1.0]))
def test_however_long_it_lasted_a_chart_has_room_for_it(seconds: float, pace: float) -> None:
    found = bins([], seconds, pace)
    assert 1 <= len(found["sent"]) <= 401
    assert math.isclose(found["width"] * len(found["sent"]), seconds, abs_tol=found["width"])
