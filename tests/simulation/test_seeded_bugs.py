# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each law notices when it is broken: by bugs seeded on purpose, and by none without them."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from ansible_collections.netops.floating_ip.tests.simulation.bug import Bug
from ansible_collections.netops.floating_ip.tests.simulation.bugs import BUGS
from ansible_collections.netops.floating_ip.tests.simulation.chance import schedules
from ansible_collections.netops.floating_ip.tests.simulation.every_law import (
    EVERY_LAW,
    REGRESSIONS,
    breaches,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    Schedule,
    from_json,
    to_json,
)

WITNESSES = REGRESSIONS.parent / "witnesses"
MOST = 600  # schedules within which a bug must show


class Noticed(Exception):
    """The law was broken: what was to be shown."""


def name_of(bug: Bug) -> str:
    return re.sub(r"\W+", "-", bug.title)


def breaks(bug: Bug, schedule: Schedule) -> bool:
    with bug.seeded():
        _record, found = breaches(schedule)
    return any(one.law == bug.law for one in found)


def found_by_chance(bug: Bug) -> Schedule | None:
    """A schedule that shows the bug; None if none does within `MOST`."""
    found: list[Schedule] = []

    @seed(1)
    @settings(
        max_examples=MOST,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        derandomize=False,
        database=None,
        deadline=None,
    )
    @given(schedules(bug.kinds))
    def over(schedule: Schedule) -> None:
        if found or breaks(bug, schedule):
            found.append(schedule)
            raise Noticed

    try:
        over()
    except Noticed:
        return found[0]
    return None


@pytest.mark.parametrize("bug", BUGS, ids=name_of)
def test_the_simulation_notices_that(bug: Bug) -> None:
    """A known schedule shows it; if that does so no more, chance must find another one."""
    path = WITNESSES / f"{name_of(bug)}.json"
    if path.exists():
        witness = from_json(path.read_text(encoding="utf-8"))
        assert breaches(witness)[1] == [], "without the bug it must keep the law"
        if breaks(bug, witness):
            return
    schedule = found_by_chance(bug)
    assert schedule is not None, f"{MOST} schedules of {bug.kinds} did not show it"
    if os.environ.get("KEEP_WITNESSES"):
        path.write_text(to_json(schedule), encoding="utf-8")


def test_every_law_has_a_bug_that_breaks_it() -> None:
    assert {law.name for law in EVERY_LAW} == {bug.law for bug in BUGS}


def test_every_witness_is_of_a_bug() -> None:
    assert {path.stem for path in WITNESSES.glob("*.json")} <= {name_of(bug) for bug in BUGS}
