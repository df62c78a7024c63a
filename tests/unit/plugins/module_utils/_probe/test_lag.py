# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._probe.lag import Attention


def test_a_loop_that_waits_loses_nothing() -> None:
    attention = Attention(10.0)
    attention.returns(10.001)
    attention.waited(11.001, due=11.0)
    assert attention.lost_by(11.002) == 0.0


def test_time_away_from_the_loop_is_lost() -> None:
    attention = Attention(10.0)
    assert attention.lost_by(10.3) == pytest.approx(0.3)
    attention.returns(10.3)
    assert attention.lost_by(10.3) == pytest.approx(0.3)


def test_a_wait_that_ends_late_is_lost_from_when_it_was_due() -> None:
    attention = Attention(10.0)
    attention.waited(14.0, due=10.5)
    assert attention.lost_by(14.0) == pytest.approx(3.5)


def test_losses_add_up_and_differences_tell_what_was_lost_between() -> None:
    attention = Attention(10.0)
    attention.returns(10.2)
    before = attention.lost_by(10.2)
    attention.waited(10.5, due=10.4)
    attention.returns(10.9)
    assert attention.lost_by(10.9) - before == pytest.approx(0.5)
