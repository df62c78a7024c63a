# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What something would have taken had nobody else used this machine of two processors."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.tests.hosts.sharing import (
    Used,
    share,
    share_since,
    used,
)

BEFORE = Used(clock=1000.0, processors=500.0, ours=50.0)
WAITED, WORKED = 20.0, 40.0


def after(clock: float, others: float) -> Used:
    return Used(BEFORE.clock + clock, BEFORE.processors + WORKED + others, BEFORE.ours + WORKED)


def test_on_an_idle_machine_it_is_what_the_clock_says() -> None:
    assert share(BEFORE, after(WAITED + WORKED, others=0.0), 2) == WAITED + WORKED


def test_what_others_had_of_all_processors_does_not_count() -> None:
    assert share(BEFORE, after(90.0, others=60.0), 2) == 90.0 - 60.0 / 2


def test_on_a_full_machine_it_is_the_work_alone_on_all_processors() -> None:
    assert share(BEFORE, after(300.0, others=2 * 300.0 - WORKED), 2) == WORKED / 2


def test_it_is_no_longer_than_the_clock_says() -> None:
    before = used()
    assert share_since(before) <= used().clock - before.clock
