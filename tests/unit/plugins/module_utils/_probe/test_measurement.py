# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._probe import measurement
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.measurement import (
    Measured,
    measurement_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.outages import (
    ANSWERED,
    LOST,
    Packet,
)

MEASURED = Measured(100.0, 101.0, 1769860800.0, 1769860801.5, 0.01, ((100.5, "failover"),))


def test_seconds_count_from_the_beginning_in_order_of_sending() -> None:
    packets = [Packet(100.3, ANSWERED, 0.01), Packet(100.1, LOST, 0.2, "gone")]
    found = measurement_of(MEASURED, packets)
    (outage,) = found["outages"]
    assert (outage["start"], outage["end"], outage["reason"]) == (0.1, 0.3, "gone")
    assert found["marks"] == [{"at": 0.5, "word": "failover"}]
    assert (found["sent"], found["answered"], found["lost"], found["unmeasured"]) == (2, 1, 1, 0)
    assert found["began"] == {"wall": 1769860800.0, "clock": 100.0}


def test_the_longest_time_without_a_question_shows() -> None:
    packets = [Packet(100.0 + at, ANSWERED, 0.01) for at in (0.1, 0.15, 0.7)]
    assert measurement_of(MEASURED, packets)["pause"] == 0.55
    assert measurement_of(MEASURED, [])["pause"] == 1.0


def test_a_clock_that_was_set_meanwhile_shows() -> None:
    assert measurement_of(MEASURED, [])["clock_set"] == 0.5


def test_of_very_many_outages_the_longest_are_kept_in_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measurement, "KEPT_OUTAGES", 2)
    text = "alaallaalllaala"
    packets = [
        Packet(100 + n * 0.01, LOST if letter == "l" else ANSWERED, 0.001)
        for n, letter in enumerate(text)
    ]
    found = measurement_of(MEASURED, packets)
    assert [one["packets"] for one in found["outages"]] == [2, 3]
    assert found["lost"] == text.count("l")
