# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schedules that once broke the law keep it now. Each file says what it broke."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.netops.floating_ip.tests.simulation.every_law import (
    EVERY_LAW,
    REGRESSIONS,
    check,
    keep,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    Schedule,
    Setup,
    Step,
    from_json,
    to_json,
)

FILES = sorted(REGRESSIONS.glob("*.json"))
LAWS = {law.name for law in EVERY_LAW}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_once_broke_the_law_keeps_it(path: pathlib.Path) -> None:
    schedule = from_json(path.read_text(encoding="utf-8"))
    assert set(schedule.laws) <= LAWS, "a law has another name now: change it in the file"
    check(schedule)


def test_a_schedule_survives_being_written_and_read() -> None:
    steps = (Step(1.5, "cut", "a", "aws", 2.0), Step(3.0, "reset"), Step(4.0, "rival", "", "b"))
    schedule = Schedule(Setup(targets=3, failback="auto"), steps, 7, ("a_law",))
    assert from_json(to_json(schedule)) == schedule
    assert from_json(to_json(schedule)).laws == ("a_law",)


def test_a_schedule_is_kept_under_what_it_broke(tmp_path: pathlib.Path) -> None:
    schedule = Schedule(steps=(Step(4.0, "stop service", "a", lasts=4.0),))
    path = keep(schedule, tmp_path)
    assert path.name.startswith("sound-") and path.suffix == ".json"
    assert from_json(path.read_text(encoding="utf-8")) == schedule
