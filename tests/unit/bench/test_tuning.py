# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.tests.bench.lossy import Found
from ansible_collections.netops.floating_ip.tests.bench.outage import DEFAULTS
from ansible_collections.netops.floating_ip.tests.bench.tuning import (
    FULL,
    Tuned,
    chapter,
    job_of,
    line_of,
)

FOUND = Found(0.15, (0.7, 1.2), (1.7, 2.2), 1.5, {"1": 0, "2": 5, "5": 50})


def tuned(**changed: float) -> Tuned:
    return Tuned(changed, job_of(FULL, changed), FOUND)


def test_the_first_line_is_the_defaults_and_each_other_changes_them() -> None:
    assert FULL.alternatives[0] == {}
    changed = {name for each in FULL.alternatives for name in each}
    assert changed == {*DEFAULTS}  # each of them has a neighbour
    for each in FULL.alternatives[1:]:
        assert all(DEFAULTS[name] != value for name, value in each.items())
        assert Probe(**job_of(FULL, each).probe)


def test_what_is_probed_more_often_has_fewer_targets() -> None:
    assert job_of(FULL, {"interval": 2.0}).targets == FULL.targets
    assert job_of(FULL, {"interval": 0.1}).targets == FULL.targets / 10


def test_false_alarms_are_told_for_a_day_of_one_target_and_never_as_none() -> None:
    days = FULL.targets * FULL.seconds_of_loss / 86400
    row = tuned()
    assert row.alarms_a_day(2) == f"{5 / days:.0f}"
    assert row.alarms_a_day(1) == f"under {1 / days:.0f}"


def test_a_line_names_what_it_changes_and_has_a_cell_for_each_heading() -> None:
    made = chapter([tuned(), tuned(fall=2, min_down=0.0)])
    assert [line[0] for line in made.table[1:]] == ["the defaults", "fall 2, min_down 0"]
    assert {len(line) for line in made.table} == {len(made.table[0])}


def test_the_worst_case_by_arithmetic_is_that_of_the_changed_settings() -> None:
    assert line_of(tuned())[6] == "2.20"
    assert line_of(tuned(interval=0.5))[6] == "1.70"
