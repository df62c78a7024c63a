# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._report.chart import Lane
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._report.lanes import lanes, told

END = 20.0


def event(at: float, kind: Kind, sentence: str, target: str | None = None, **data: object) -> Event:
    return Event(at, "2026-01-31T12:00:00.000Z", kind, "web", sentence, target, data)


def client(kind: Kind, start: float, end: float, name: str = "client-1") -> Event:
    data = {"from": start, "to": end, "count": 10, "client": name, "host": name}
    more = {"milliseconds": 1.0} if kind is Kind.LOST else {}
    return event(start, kind, f"{kind.value} of {name}", **data, **more)


def failover() -> list[Event]:
    return [
        event(0.0, Kind.STEP, "it begins", holder="web-a"),
        client(Kind.ANSWERED, 0.0, 4.0),
        client(Kind.LOST, 4.0, 5.5),
        client(Kind.ANSWERED, 5.5, END),
        event(0.0, Kind.HEALTH, "web-a is up", "web-a", health="up"),
        event(4.2, Kind.PROBE_FAILED, "refused", "web-a"),
        event(5.0, Kind.HEALTH, "web-a is down", "web-a", health="down"),
        event(5.1, Kind.DECISION, "move to web-b", "web-b"),
        event(5.3, Kind.CALL, "ReplaceRoute: ok", **call("ok")),
        event(5.35, Kind.CALL, "ReplaceRoute: no", **call("Throttled")),
        event(5.4, Kind.MOVED, "web moved to web-b", "web-b", seconds=0.2),
    ]


def call(outcome: str) -> dict[str, object]:
    return {
        "operation": "ReplaceRoute",
        "resource": "rtb-1",
        "milliseconds": 50.0,
        "outcome": outcome,
    }


def named(found: tuple[Lane, ...]) -> dict[str, Lane]:
    return {lane.name: lane for lane in found}


def drawn(events: list[Event]) -> dict[str, Lane]:
    return named(lanes(events, told(events), END))


def bars(lane: Lane) -> list[tuple[float, float, str]]:
    return [(round(one.start, 3), round(one.end, 3), one.kind) for one in lane.bars]


def test_a_client_was_answered_lost_and_answered() -> None:
    lane = drawn(failover())["client-1"]
    assert bars(lane) == [(0, 4, "answered"), (4, 5.5, "lost"), (5.5, 20, "answered")]
    assert lane.bars[1].label == "no answer for 1.5 s" and "10 packets" in lane.bars[1].hint


def test_each_client_has_a_lane() -> None:
    found = drawn([*failover(), client(Kind.LOST, 1.0, 2.0, "client-2")])
    assert list(found)[:2] == ["client-1", "client-2"]


def test_the_holder_is_the_one_before_until_the_move_and_the_other_after_it() -> None:
    lane = drawn(failover())["holder"]
    assert bars(lane) == [(0, 5.2, "first"), (5.2, 5.4, "moving"), (5.4, 20, "other")]
    assert [one.label for one in lane.bars] == ["web-a", "", "web-b"]
    back = event(9.0, Kind.MOVED, "split", None, seconds=0.0)
    assert bars(drawn([*failover(), back])["holder"])[-1] == (9, 20, "nowhere")


def test_a_targets_lane_has_its_health_and_its_failed_probes() -> None:
    lane = drawn(failover())["web-a"]
    assert bars(lane) == [(0, 5, "up"), (5, 20, "down")]
    assert [mark.at for mark in lane.marks] == [4.2]


def test_hosts_that_judge_a_target_have_a_lane_each() -> None:
    events = [
        event(at, Kind.HEALTH, "web-a is up", "web-a", health="up", host=host)
        for at, host in ((0.0, "one"), (1.0, "two"))
    ]
    found = lanes(events, told(events), END)
    assert [lane.note for lane in found] == ["seen by one", "seen by two"]


def test_calls_end_where_they_were_told_and_failed_ones_look_otherwise() -> None:
    assert bars(drawn(failover())["AWS calls"]) == [
        (5.25, 5.3, "call"),
        (5.3, 5.35, "failed"),
    ]


def test_the_moments_have_the_numbers_of_the_rows() -> None:
    events = failover()
    rows = told(events)
    numbers = [(one.number, one.row.word) for one in rows if one.number]
    assert numbers == [(1, "step"), (2, "decision"), (3, "moved")]
    marks = drawn(events)["what happened"].marks
    assert [(mark.number, mark.at) for mark in marks] == [(1, 0.0), (2, 5.1), (3, 5.4)]
    assert marks[1].hint == "2. move to web-b"


def test_what_was_lost_is_a_row_and_what_was_answered_is_none() -> None:
    words = [one.row.word for one in told(failover())]
    assert words.count("client") == 1
    assert [one.host for one in told(failover()) if one.row.word == "client"] == ["client-1"]


def test_nothing_has_no_lanes() -> None:
    assert lanes([], (), END) == ()
