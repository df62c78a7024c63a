# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import pathlib
from xml.etree import ElementTree

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations import drill_files
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_page import (
    junit_of,
    page_of,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    drills,
)


def test_a_page_tells_the_verdict_the_figures_and_every_event() -> None:
    text = page_of([drills.by_a_stopped_service()])
    for told in (
        "PASSED",
        "Failover drill of db, by stopping a service",
        "<strong>1.3 s</strong>",
        "longest outage; 5 s allowed",
        "no answer for 1.3 s",
        "3 x ReplaceRoute ok, 61 to 75 ms each",
        "db-a is down and db-b is up",
        "stop_unit postgresql",
        "CHG0031337",
    ):
        assert told in text, told
    assert text.count("<svg") == 3  # the whole, and each move closer


def test_a_failure_is_told_first() -> None:
    text = page_of([drills.that_failed()])
    assert text.index("FAILED") < text.index("which misses the objective") < text.index("<svg")


def test_a_page_may_hold_several_drills() -> None:
    text = page_of([drills.by_a_stopped_service(), drills.by_a_planned_move()])
    assert text.count("<article>") == 2 and "by a planned move" in text


def test_charts_of_a_page_have_ids_of_their_own() -> None:
    text = page_of([drills.by_a_stopped_service()])
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) > 5


def test_junit_has_a_case_for_each_check() -> None:
    root = ElementTree.fromstring(junit_of([drills.that_failed()]).encode())
    cases = {one.get("name"): one.find("failure") is not None for one in root.iter("testcase")}
    assert cases["failover: outage"] and cases["ended where it was"]
    assert not cases["failback to db-a"]
    kept = {one.get("name"): one.get("value") for one in root.iter("property")}
    assert kept["was"] == "db-a" and kept["objective_seconds"] == "5.0"


def test_files_lie_side_by_side_and_the_oldest_drills_go(tmp_path: pathlib.Path) -> None:
    for day in range(4):
        drill = drills.by_a_planned_move()
        later = {**drill, "began": drill["began"] + day * 86400}
        written = drill_files.write(tmp_path, later, kept=2)
    assert [file.suffix for file in written] == [".json", ".xml", ".html"]
    assert sorted(file.name for file in tmp_path.glob("*.html")) == [
        "db-20260202T120000Z.html",
        "db-20260203T120000Z.html",
    ]
    assert len(list(tmp_path.iterdir())) == 6
    (again,) = json.loads(written[0].read_text())["drills"]
    assert again["result"]["passed"] is True


def test_nothing_else_in_the_folder_is_removed(tmp_path: pathlib.Path) -> None:
    others = ["db-notes.html", "db2-20260101T000000Z.html", "index.html"]
    for name in others:
        (tmp_path / name).touch()
    drill_files.write(tmp_path, drills.by_a_planned_move(), kept=1)
    assert all((tmp_path / name).exists() for name in others)


@pytest.mark.parametrize("ending", drill_files.ENDINGS)
def test_every_file_can_be_written_from_plain_values_alone(ending: str) -> None:
    """As they come out of JSON, and through Ansible's own templates."""
    drill = json.loads(json.dumps(drills.by_a_stopped_service()))
    assert drill_files.text_of([drill], ending)
