# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_judge import (
    judged,
    record_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.drills import told_of
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    drills,
)


def failed(drill: dict[str, Any]) -> dict[str, str]:
    checks = drill["result"]["checks"]
    assert drill["result"]["passed"] is all(check["passed"] for check in checks)
    return {check["name"]: check["sentence"] for check in checks if not check["passed"]}


def test_an_outage_within_the_objective_passes() -> None:
    drill = drills.by_a_stopped_service()
    assert failed(drill) == {}
    first, back = drill["legs"]
    assert (first["outage_seconds"], first["lost"], first["worst_client"]) == (1.3, 256, "client-1")
    assert (back["outage_seconds"], back["lost"]) == (0.0, 0)
    sentence = "The longest outage was 1.3 s, 5 s are allowed; 256 packets of 6,400 lost."
    assert drill["result"]["sentence"] == sentence


def test_an_outage_beyond_the_objective_fails() -> None:
    found = failed(judged(drills.collected(drills.measurement("client-1", (5.2, 10.5)))))
    told = "client-1 had no answer for 5.3 s, which misses the objective of 5 s."
    assert found == {"failover: outage": told}


def test_without_an_objective_an_outage_is_told_and_passes() -> None:
    gone = drills.measurement("client-1", (5.2, 10.5))
    drill = judged(drills.collected(gone, plan={"objective_seconds": None}))
    assert failed(drill) == {} and "5.3 s" in drill["result"]["sentence"]


def test_an_outage_that_never_ends_fails_without_an_objective_too() -> None:
    gone = drills.measurement("client-1", (5.2, 99.0))
    drill = judged(drills.collected(gone, plan={"objective_seconds": None}))
    assert "and none since: connection refused" in failed(drill)["failover: outage"]


def test_a_flicker_does_not_end_an_outage() -> None:
    """Else ten outages of a second each would pass where one of ten fails."""
    gaps = [(5.2 + n, 6.15 + n) for n in range(6)]
    drill = judged(drills.collected(drills.measurement("client-1", *gaps)))
    assert drill["legs"][0]["outage_seconds"] == 5.95
    assert "failover: outage" in failed(drill)


def test_what_was_lost_before_is_told_apart() -> None:
    few = judged(drills.collected(drills.measurement("client-1", (2.0, 2.05))))
    assert failed(few) == {} and few["legs"][0]["lost"] == 0
    many = judged(drills.collected(drills.measurement("client-1", (2.0, 2.5))))
    assert "50 packets lost before anything was done" in failed(many)["answered before the drill"]


def test_a_drill_that_nobody_measured_fails() -> None:
    assert "measured" in failed(judged(drills.collected()))


def test_a_client_that_never_had_an_answer_fails_it() -> None:
    drill = judged(drills.collected(drills.measurement("client-1", (0.0, 99.0))))
    assert "client-1 never had an answer" in failed(drill)["answered before the drill"]


def test_a_meter_that_slept_fails_it() -> None:
    sleepy = {**drills.measurement("client-1"), "unmeasured": 500}
    for one in (sleepy, {**drills.measurement("client-1"), "pause": 1.5}):
        told = failed(judged(drills.collected(one)))["measured without a break"]
        assert "client-1 was too busy to measure" in told


def test_an_address_that_ends_elsewhere_fails_it() -> None:
    drill = judged(drills.collected(drills.measurement("client-1"), holder="db-b"))
    told = failed(drill)["ended where it was"]
    assert told == (
        "The address is at db-b, and was at db-a; run the drill again, or fail over to db-a."
    )


def test_a_move_that_did_not_happen_fails_it() -> None:
    stuck = drills.leg("failover", "db-b", 4.2, 10.0, holder="db-a")
    denied = drills.leg("failback", "db-a", 16.2, 18.0, problem="rtb-1: not allowed.")
    found = failed(judged(drills.collected(drills.measurement("client-1"), legs=[stuck, denied])))
    assert found["failover to db-b"] == "AWS shows db-a as the holder."
    assert found["failback to db-a"] == "rtb-1: not allowed."


def test_other_problems_fail_it() -> None:
    drill = judged(
        drills.collected(drills.measurement("client-1"), problems=["The drill was interrupted."])
    )
    assert failed(drill) == {"carried out": "The drill was interrupted."}


def test_the_figures_are_the_moves_own_part_and_what_came_after_it() -> None:
    drill = drills.by_a_stopped_service()
    # The monitor's last write was answered at 5.26 s, and the last client from 5.5 s on.
    assert drill["result"]["api_seconds"] == 0.3  # the failback's, which took longer
    assert drill["legs"][0]["api_seconds"] == 0.21
    assert drill["result"]["propagation_seconds"] == pytest.approx(0.24, abs=0.011)


def test_what_the_token_bucket_made_wait_is_not_the_apis_part() -> None:
    back = drills.leg("failback", "db-a", 16.2, 40.0, seconds=12.4, waited=12.0)
    drill = judged(drills.collected(drills.measurement("client-1"), legs=[back]))
    assert drill["result"]["api_seconds"] == 0.4


def test_an_outage_that_no_move_ended_says_nothing_of_propagation() -> None:
    drill = judged(drills.collected(drills.measurement("client-1", (10.0, 10.5))))
    assert drill["result"]["propagation_seconds"] is None


def test_a_move_with_a_problem_has_no_figures() -> None:
    """It gave up early: the arithmetic would take that for a fast API."""
    legs = [
        drills.leg("failover", "db-b", 4.2, 10.0, seconds=0.1, problem="rtb-1: not allowed."),
        drills.leg("failback", "db-a", 16.2, 18.0, seconds=0.2, holder="db-b"),
    ]
    drill = judged(drills.collected(drills.measurement("client-1", (4.9, 6.5)), legs=legs))
    for one in (*drill["legs"], drill["result"]):
        assert (one["api_seconds"], one["propagation_seconds"]) == (None, None)


def test_a_drill_is_reliable_if_its_moves_succeeded_and_its_meters_were_awake() -> None:
    assert record_of(drills.by_a_stopped_service())["reliable"] is True
    missed = judged(drills.collected(drills.measurement("client-1", (5.2, 10.5))))
    assert record_of(missed)["reliable"] is True and not missed["result"]["passed"]
    awake = drills.measurement("client-1")
    there, back = drills.collected()["legs"]
    for wrong in (
        drills.collected(),
        drills.collected({**awake, "pause": 1.5}),
        drills.collected(awake, legs=[there]),
        drills.collected(awake, legs=[there, {**back, "problem": "rtb-1: not allowed."}]),
        drills.collected(awake, legs=[{**there, "holder": "db-a"}, back]),
    ):
        assert record_of(judged(wrong))["reliable"] is False


def test_a_record_has_what_is_remembered_and_reads_as_a_sentence() -> None:
    record = record_of(drills.by_a_stopped_service())
    assert (record["passed"], record["was"], record["to"]) == (True, "db-a", "db-b")
    assert told_of(record).startswith(
        "The last drill, at 2026-01-31T12:00:30Z, passed: The longest outage was 1.3 s"
    )
    assert "FAILED" in told_of(record_of(drills.that_failed()))


def test_a_monitors_events_are_not_needed() -> None:
    drill = judged(drills.collected(drills.measurement("client-1", (5.2, 6.5)), events=[]))
    assert failed(drill) == {} and drill["result"]["api_seconds"] is None
    assert drills.events()  # the drills of the other tests have them
