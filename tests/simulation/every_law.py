# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole law, and what becomes of a schedule under it."""

from __future__ import annotations

import hashlib
import pathlib
from dataclasses import replace

from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_acting,
    laws_of_choice,
    laws_of_limits,
    laws_of_moving,
    laws_of_outcome,
    laws_of_promptness,
)
from ansible_collections.netops.floating_ip.tests.simulation.laws import LAWS, Breach, judge
from ansible_collections.netops.floating_ip.tests.simulation.record import Record
from ansible_collections.netops.floating_ip.tests.simulation.schedule import Schedule, to_json
from ansible_collections.netops.floating_ip.tests.simulation.story import tell
from ansible_collections.netops.floating_ip.tests.simulation.world import play

FILES = (
    laws_of_acting,
    laws_of_choice,
    laws_of_limits,
    laws_of_moving,
    laws_of_outcome,
    laws_of_promptness,
)
EVERY_LAW = tuple(law for law in LAWS if law.check.__module__ in {one.__name__ for one in FILES})
REGRESSIONS = pathlib.Path(__file__).parent / "regressions"


def breaches(schedule: Schedule) -> tuple[Record, list[Breach]]:
    record = play(schedule)
    return record, judge(record, EVERY_LAW)


def check(schedule: Schedule) -> Record:
    """Play it; raises AssertionError with the whole story if a law is broken."""
    record, found = breaches(schedule)
    if found:
        raise AssertionError("\n" + tell(record, found))
    return record


def keep(schedule: Schedule, folder: pathlib.Path = REGRESSIONS) -> pathlib.Path:
    """Write a schedule that broke a law where `test_regressions.py` plays it from now on."""
    _record, found = breaches(schedule)
    laws = tuple(dict.fromkeys(one.law for one in found))
    text = to_json(replace(schedule, laws=laws))
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    path = folder / f"{laws[0] if laws else 'sound'}-{digest}.json"
    path.write_text(text, encoding="utf-8")
    return path
