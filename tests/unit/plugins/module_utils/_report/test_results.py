# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.results import (
    WIDTH,
    lines_of,
)

SEATS = [
    {"name": "db-a", "network_interface_id": "eni-0a1b2c3d4e5f60001"},
    {"name": "db-b", "network_interface_id": "eni-0a1b2c3d4e5f60002"},
]
A, B = (seat["network_interface_id"] for seat in SEATS)


def cell(number, before=A, after=B, action="moved", error=None, kind="route"):
    where = {"kind": kind, "id": f"rtb-{number}", "address": "100.64.10.10"}
    return {**where, "before": before, "after": after, "action": action, "error": error}


def moved(*items, **changes):
    entry = {"name": "db", "holder": "db-b", "was": "db-a", "seconds": 0.31, "targets": SEATS}
    return {"floating_ips": [{**entry, "items": [*items], **changes}]}


def test_what_happened_alike_to_many_cells_is_one_row():
    assert lines_of(moved(*map(cell, range(50)))) == [
        "db moved from db-a to db-b: 50 of 50 cells in 0.31 s.",
        "",
        "floating IP  what          where            was   is    done   took",
        "-----------  ------------  ---------------  ----  ----  -----  ------",
        "db           100.64.10.10  50 route tables  db-a  db-b  moved  0.31 s",
    ]


def test_what_failed_has_a_row_of_its_own_and_the_reason_below():
    failed = [cell(n, after=A, action="failed", error="You may not.") for n in (2, 3)]
    lines = lines_of(moved(cell(1), *failed, holder=None))
    assert [line.split()[2:-2] for line in lines if "FAILED" in line] == [
        ["rtb-2", "db-a", "db-a", "FAILED"],
        ["rtb-3", "db-a", "db-a", "FAILED"],
    ]
    assert lines[-3:] == [
        "db, rtb-2: You may not.",
        "db, rtb-3: You may not.",
        "What is done stays done. Run it again to complete the rest.",
    ]


def test_many_errors_are_counted():
    failed = [cell(n, after=A, action="failed", error="You may not.") for n in range(30)]
    assert "And 10 more of these." in lines_of(moved(*failed))


def test_an_interface_that_is_no_target_is_shortened():
    stranger = lines_of(moved(cell(1, before="eni-0123456789abcdef0")))
    assert "eni-..bcdef0" in stranger[-1]
    assert "blackhole" in lines_of(moved(cell(1, before="blackhole")))[-1]


def test_in_check_mode_the_lines_say_so_and_name_no_time():
    lines = lines_of(moved(cell(1)), check=True)
    assert lines[0].startswith("In check mode: nothing was changed.")
    assert "took" not in "".join(lines) and " in 0" not in lines[1]


def test_a_move_that_monitors_were_not_told_of_is_refused_or_says_so():
    refused = lines_of({"skipped": True}, untold=["db-a: it is off."])
    assert refused[0].startswith("Nothing was moved") and refused[-1] == "db-a: it is off."
    forced = lines_of(moved(cell(1)), untold=["db-a: it is off."])
    assert forced[0].startswith("db moved") and forced[-1] == "db-a: it is off."


def test_a_message_alone_is_wrapped():
    lines = lines_of({"msg": "Nothing was changed, because of 2 problems:\n- " + "word " * 40})
    assert lines[0] == "Nothing was changed, because of 2 problems:"
    assert max(map(len, lines)) <= WIDTH and len(lines) == 4


@pytest.mark.parametrize(
    ("state", "items", "sentence", "row"),
    [
        (
            "present",
            [cell(1, before=None), cell(2, before=True, after=False, kind="source_dest_check")],
            "db is deployed, and db-b holds it: 2 made in 0.31 s.",
            ["source/dest", "check", "rtb-2", "on", "off", "changed"],
        ),
        (
            "absent",
            [cell(1, after=None), cell(2, before="x", after=None, kind="tag")],
            "db is removed: 2 undone in 0.31 s.",
            ["tag", "rtb-2", "set", "nothing", "removed"],
        ),
        (
            "present",
            [cell(1, before=B, action="left")],
            "db is deployed, and db-b holds it: nothing to change.",
            ["100.64.10.10", "rtb-1", "db-b", "db-b", "left", "as", "is"],
        ),
    ],
)
def test_what_was_made_or_removed_is_told_in_its_own_words(state, items, sentence, row):
    lines = lines_of(moved(*items, state=state, holder="db-b" if state == "present" else None))
    assert lines[0] == sentence
    assert lines[-1].split()[1 : len(row) + 1] == row


def look(**changes):
    item = {"id": "rtb-1", "target": "db-a", "points_at": A, "blackhole": False}
    entry = {
        "name": "db",
        "addresses": ["100.64.10.10"],
        "holder": "db-a",
        "holding": "held",
        "error": None,
        "ready": True,
        "targets": SEATS,
        "items": [item, item],
        "drift": [],
        "coverage": [],
        "readiness": [{"check": "holder", "ok": True, "text": "db-a holds it."}],
        "findings": [],
    }
    return {"floating_ips": [{**entry, **changes}]}


def test_information_is_a_sentence_and_a_row():
    assert lines_of(look()) == [
        "db is at db-a, and could fail over now.",
        "",
        "floating IP  address       holder  cells there  ready  targets",
        "-----------  ------------  ------  -----------  -----  ----------",
        "db           100.64.10.10  db-a    2 of 2       yes    db-a, db-b",
    ]


def test_the_sum_of_the_worst_outage_is_told_if_wanted():
    text = "At worst an outage lasts 4.2 s. The sum: 1 + 3.2 s = 4.2 s."
    found = look(readiness=[{"check": "objective", "ok": True, "text": text}])
    assert not [line for line in lines_of(found) if "outage" in line]
    assert lines_of(found, sums=True)[-2:] == ["", f"db: {text}"]


def test_a_sum_that_misses_the_objective_is_told_once():
    late = look(readiness=[{"check": "objective", "ok": False, "text": "Too late."}])
    assert [line for line in lines_of(late, sums=True) if "late" in line] == ["db: Too late."]


def test_what_is_not_as_it_should_be_follows():
    drift = [
        {"id": f"rtb-{n}", "target": None, "points_at": None, "blackhole": False} for n in range(5)
    ]
    bare = [
        {"subnet_id": f"subnet-{n}", "address": "100.64.10.10", "covered": n > 1} for n in range(3)
    ]
    unready = [{"check": "holder", "ok": False, "text": "No target holds it."}]
    told = {"findings": ["rtb-9 is a gateway table."], "error": "No target holds it."}
    absent = {"holder": None, "holding": "absent", "ready": False, "readiness": unready}
    lines = lines_of(look(drift=drift, coverage=bare, **absent, **told))
    assert lines[0] == "db is absent, and could NOT fail over now."
    assert lines[-4:] == [
        "db: No target holds it.",
        "db: rtb-9 is a gateway table.",
        "db: rtb-0, rtb-1, rtb-2 and 2 more lead nowhere.",
        "db: subnet-0, subnet-1 do not reach 100.64.10.10.",
    ]


def remembered(**changes):
    entry = {"name": "db", "paused": False, "pause": None, "drained": [], "moves": []}
    entry = {**entry, "health": {}, "status": None, "problem": None, **changes}
    return {"floating_ips": [entry]}


def test_a_monitor_that_never_ran_is_told():
    assert lines_of(remembered()) == [
        "db: no monitor of this host has said anything yet",
        "",
        "floating IP  monitor    paused",
        "-----------  ---------  ------",
        "db           never ran  no",
    ]


def test_a_client_that_only_drills_is_not_asked_for_a_monitor():
    lines = lines_of(remembered(drill={"passed": True, "ended": 0, "sentence": "Nothing lost."}))
    assert lines[:2] == ["db: The last drill, at 1970-01-01T00:00:00Z, passed: Nothing lost.", ""]


def test_a_pause_a_drain_the_last_move_and_an_alarm_are_told():
    move = {"origin": "db-b", "to": "db-a", "source": "operator", "time": "T", "reason": "drill"}
    lines = lines_of(
        remembered(
            paused=True,
            pause={"by": "Ann", "time": "T", "reason": "disks"},
            drained=["db-b"],
            health={"db-b": "down", "db-a": "up"},
            moves=[move],
            status={"running": True, "alarm": True, "sentence": "none is up"},
            problem="The context is broken.",
        )
    )
    assert lines[:5] == [
        "db: PAUSED by Ann since T: disks",
        "db: drained, and so not eligible: db-b",
        "db: ALARM: none is up",
        "db: last moved from db-b to db-a by operator at T: drill",
        "db: The context is broken.",
    ]
    assert lines[-1].split() == ["db", "runs", "yes", "db-b", "db-a", "up,", "db-b", "down"]


def test_a_monitor_that_stopped_is_told_with_the_time_of_its_last_word():
    lines = lines_of(remembered(status={"running": False, "time": "T", "sentence": "all is well"}))
    assert lines[0] == "db: all is well (said at T)"
    assert "does NOT run" in lines[-1]
