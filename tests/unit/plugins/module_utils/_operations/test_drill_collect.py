# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_collect import (
    drills_of,
    interrupted,
    last_drills,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    drills,
)

WALL = drills.WALL


def moved(to: str, was: str, at: float, **more: Any) -> dict[str, Any]:
    """A floating_ip_move as registered."""
    item = {"id": "rtb-1"}
    call = {
        "operation": "ReplaceRoute",
        "resource": "rtb-1 100.64.10.10/32",
        "time": drills.utc(WALL + at),
        "milliseconds": 60.0,
        "outcome": "ok",
    }
    entry = {"name": "db", "holder": to, "was": was, "seconds": 0.3, "items": [item], **more}
    usual = {"kind": "route", "address": "100.64.10.10", "action": "moved", "error": None}
    entry["items"] = [{**usual, **one} for one in entry["items"]]
    return {"floating_ips": [entry], "calls": [call], "msg": "It moved."}


def leg(name: str, to: str, began: float, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "began": str(WALL + began),  # as Ansible's templates give it
        "ended": str(WALL + began + 2),
        "goals": {"db": to},
        "plan": {"floating_ips": []},
        "untold": [],
        **more,
    }


def environment(**more: Any) -> dict[str, Any]:
    drill = {
        "began": WALL - 20,
        "ended": WALL + 60,
        "fault": "move",
        "unit": "",
        "by": "Ann",
        "reason": "",
        "was": {"db": "db-a"},
        "to": {"db": "db-b"},
        "definitions": [{"name": "db", "addresses": ["100.64.10.10"], "objective_seconds": 5}],
    }
    legs = [
        leg("failover", "db-b", 4.2, moved=moved("db-b", "db-a", 5.0)),
        leg("failback", "db-a", 16.2, moved=moved("db-a", "db-b", 17.0)),
    ]
    after = {"floating_ips": [{"name": "db", "holder": "db-a"}]}
    found = {"__floating_ip_legs": legs, "__floating_ip_after": after}
    return {"__floating_ip_drill": {**drill, **more.pop("drill", {})}, **found, **more}


def client(*gaps: tuple[float, float], name: str = "client-1") -> dict[str, Any]:
    return {
        "inventory_hostname": name,
        "__floating_ip_measured": {"measurements": [drills.measurement("its-own-name", *gaps)]},
        "__floating_ip_marks": drills.MARKS,
    }


def observer(*lines: str, **entry: Any) -> dict[str, Any]:
    kept = {"name": "db", "health": {"db-a": "up"}, **entry}
    return {
        "inventory_hostname": "db-b",
        "__floating_ip_contexts": {"floating_ips": [kept]},
        "__floating_ip_journal": {"stdout_lines": list(lines)},
    }


def checks(drill: Any) -> dict[str, str]:
    return {c["name"]: c["sentence"] for c in drill["result"]["checks"] if not c["passed"]}


def test_a_planned_drill_is_put_together_from_its_hosts() -> None:
    (drill,) = drills_of(environment(), [client((5.2, 6.0))], [observer()])
    assert checks(drill) == {}
    assert drill["plan"]["objective_seconds"] == 5 and drill["plan"]["cells"] == 1
    assert [(one["from"], one["to"]) for one in drill["legs"]] == [
        ("db-a", "db-b"),
        ("db-b", "db-a"),
    ]
    assert drill["measurements"][0]["host"] == "client-1"  # the inventory's name counts
    kinds = [event["kind"] for event in drill["events"]]
    assert kinds.count("moved") == kinds.count("call") == 2 and kinds.count("health") == 1
    assert drill["legs"][0]["propagation_seconds"] == 0.0
    assert drill["result"]["api_seconds"] == 0.3


def test_time_is_counted_from_when_the_first_client_measured() -> None:
    (drill,) = drills_of(environment(), [client(), client(name="client-2")], [])
    assert (drill["began"], drill["ended"]) == (WALL - 1, WALL + 31)


def test_a_monitors_journal_is_read_for_its_events() -> None:
    line = json.dumps({k: v for k, v in drills.events()[5].items() if k != "host"})
    told = observer(line, "Started floating-ip-monitor.service", '{"no": "event"}', "[]")
    (drill,) = drills_of(environment(), [client()], [told])
    assert [e["sentence"] for e in drill["events"] if e.get("kind") == "probe_failed"]
    assert drill["result"]["passed"]


def test_a_fault_leads_where_the_monitor_has_moved_it() -> None:
    awaited = {"floating_ips": [{"name": "db", "holder": "db-c"}]}
    fault = {"fault": "stop_unit", "unit": "nginx"}
    legs = [
        {**leg("failover", "db-b", 4.2, broken=str(WALL + 5.5)), "goals": {}, "awaited": awaited},
        leg("failback", "db-a", 16.2, moved=moved("db-a", "db-c", 17.0)),
    ]
    given = environment(drill=fault, __floating_ip_legs=legs)
    (drill,) = drills_of(given, [client()], [])
    assert checks(drill) == {}
    assert [(one["from"], one["to"]) for one in drill["legs"]] == [
        ("db-a", "db-c"),
        ("db-c", "db-a"),
    ]
    steps = {event["sentence"]: event["time"] for event in drill["events"]}
    assert steps["The unit nginx is stopped on db-a."] == drills.utc(WALL + 5.5)


def test_a_fault_that_no_monitor_noticed_fails() -> None:
    awaited = {"floating_ips": [{"name": "db", "holder": "db-a"}]}
    legs = [{**leg("failover", "db-b", 4.2), "goals": {}, "awaited": awaited}]
    given = environment(drill={"fault": "stop_instance"}, __floating_ip_legs=legs)
    (drill,) = drills_of(given, [client()], [])
    told = "No monitor moved it: AWS still shows db-a as the holder."
    assert checks(drill)["failover to db-b"] == told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"untold": ["db-b: it could not be reached."]}, "could not be told of it: db-b: it could"),
        ({"plan": {"msg": "db-b is not up."}}, "db-b is not up."),
        ({"moved": {"msg": "Denied."}}, "Denied."),
        (
            {"moved": moved("db-a", "db-a", 5, items=[{"id": "rtb-1", "error": "not allowed."}])},
            "rtb-1: not allowed.",
        ),
        ({"plan": {}}, "It was not tried."),
    ],
)
def test_a_move_that_failed_says_why(more: dict[str, Any], said: str) -> None:
    legs = [leg("failover", "db-b", 4.2, **more)]
    (drill,) = drills_of(environment(__floating_ip_legs=legs), [client()], [])
    assert said in checks(drill)["failover to db-b"]


def test_a_fault_that_could_not_be_made_is_why_no_monitor_moved_it() -> None:
    wrong = ["The unit postgresql was not stopped on db-a: no such unit."]
    legs = [leg("failover", "db-b", 4.2, awaited={"skipped": True}, unbroken=wrong)]
    given = environment(drill={"fault": "stop_unit"}, __floating_ip_legs=legs)
    (drill,) = drills_of(given, [client()], [])
    assert checks(drill)["failover to db-b"] == wrong[0]


def test_a_repair_that_failed_is_told() -> None:
    wrong = ["The unit postgresql was not started on db-a: no such unit."]
    (drill,) = drills_of(environment(__floating_ip_unrepaired=wrong), [client()], [])
    assert checks(drill)["carried out"] == wrong[0]


def test_a_client_that_was_lost_is_told() -> None:
    lost = {"inventory_hostname": "client-2"}
    (drill,) = drills_of(environment(), [client(), lost], [])
    told = "client-2 has measured nothing: it could not be reached any more."
    assert checks(drill)["carried out"] == told


def test_what_an_interrupted_run_knew_is_enough_for_a_report() -> None:
    given = environment(__floating_ip_legs=[], __floating_ip_after={})
    (drill,) = drills_of(given, [], [])
    assert not drill["result"]["passed"] and drill["holder"] is None


def test_each_floating_ip_has_a_drill_of_its_own() -> None:
    more = {"name": "web", "addresses": ["100.64.10.11"]}
    drill = environment()["__floating_ip_drill"]
    given = environment(
        drill={
            "was": {"web": "w-a", "db": "db-a"},
            "to": {"web": "w-b", "db": "db-b"},
            "definitions": [*drill["definitions"], more],
        }
    )
    found = drills_of(given, [client()], [])
    assert [one["plan"]["floating_ip"] for one in found] == ["db", "web"]


def running(**more: Any) -> dict[str, Any]:
    return observer(drilling={"was": "db-a", "by": "runbook", "until": 2000.0, **more})


def test_a_runbooks_drill_that_has_not_ended_was_interrupted() -> None:
    assert interrupted([running(), observer(), {}], now=1000.0) == {"db": "db-a"}
    assert interrupted([observer()], now=1000.0) == {}


def test_the_agents_own_drill_is_waited_for() -> None:
    with pytest.raises(ValueError, match="A drill of db is under way on db-b: wait"):
        interrupted([running(by="agent")], now=1000.0)
    assert interrupted([running(by="agent")], now=3000.0) == {"db": "db-a"}


def test_the_newest_reliable_drill_that_any_host_remembers_counts() -> None:
    old, new = ({"ended": at, "api_seconds": at} for at in (1.0, 2.0))
    failed = observer(drill={"ended": 3.0}, reliable_drill=old)
    hosts = [failed, observer(reliable_drill=new), observer(reliable_drill=None), {}]
    assert last_drills(hosts) == {"db": new}
