# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bounds of time on a machine that others use too."""

from __future__ import annotations

import math
import threading
from collections import deque

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.starving import (
    CAP,
    Starved,
    TooBusy,
    hold_to,
)

LIMIT = 2.0


def starved(*late: tuple[float, float]) -> Starved:
    return Starved(threading.Event(), deque(late))


def test_a_tick_counts_by_its_part_in_the_time_that_is_judged() -> None:
    felt = starved((10.0, 0.5), (11.0, 0.25), (12.0, 0.5), (20.0, 5.0))
    assert math.isclose(felt.between(9.75, 11.75), 0.25 + 0.25 + 0.25)


def test_of_a_time_without_late_ticks_nothing_is_told() -> None:
    assert starved((10.0, 0.5)).between(10.0, 11.0) == 0.0


def test_on_an_idle_machine_the_limit_is_exact() -> None:
    hold_to(LIMIT, LIMIT, 0.0)
    with pytest.raises(AssertionError, match=r"2\.001"):
        hold_to(LIMIT, LIMIT + 0.001, 0.0)


def test_on_a_busy_machine_what_it_was_starved_by_is_allowed_and_no_more() -> None:
    hold_to(LIMIT, LIMIT + 0.3, 0.3)
    with pytest.raises(AssertionError):
        hold_to(LIMIT, LIMIT + 0.31, 0.3)


def test_a_machine_that_is_too_busy_is_no_judge_of_what_lasted_too_long() -> None:
    hold_to(LIMIT, LIMIT, 10 * CAP)
    with pytest.raises(TooBusy, match="too busy to judge"):
        hold_to(LIMIT, LIMIT + 0.001, 1.01 * CAP)
