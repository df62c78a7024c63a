# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import random

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._report.timeline import (
    collapse_client,
    timeline,
)


def event(at: float, kind: Kind, sentence: str, target: str | None = None, **data: object) -> Event:
    return Event(at, "2026-01-31T12:00:00.000Z", kind, "web", sentence, target, data)


def answered(start: float, end: float, target: str, count: int) -> Event:
    return event(end, Kind.ANSWERED, "…", target, **{"from": start, "to": end, "count": count})


def lost(start: float, end: float, count: int) -> Event:
    data = {"from": start, "to": end, "count": count, "milliseconds": (end - start) * 1000}
    return event(end, Kind.LOST, "…", None, **data)


def call(at: float, table: str, milliseconds: float, outcome: str = "done") -> Event:
    data = {"operation": "ReplaceRoute", "resource": table, "outcome": outcome}
    return event(
        at, Kind.CALL, f"ReplaceRoute {table}: {outcome}", milliseconds=milliseconds, **data
    )


def failover() -> list[Event]:
    return [
        event(100.0, Kind.STEP, "the client starts"),
        answered(100.01, 103.0, "web-a", 300),
        answered(103.0, 104.0, "web-a", 112),
        lost(104.0, 104.9, 90),
        event(104.2, Kind.PROBE_FAILED, "refused", "web-a"),
        event(104.3, Kind.PROBE_FAILED, "connection refused by 127.0.1.10", "web-a"),
        event(104.8, Kind.HEALTH, "web-a is down", "web-a", health="down"),
        event(104.81, Kind.DECISION, "move to web-b: web-a is down and web-b is up", "web-b"),
        call(104.82, "rtb-1", 4),
        event(104.83, Kind.CELL, "rtb-1 moved", outcome="moved"),
        call(104.821, "rtb-2", 7),
        event(104.832, Kind.CELL, "rtb-2 moved", outcome="moved"),
        event(104.9, Kind.MOVED, "web moved from web-a to web-b", "web-b", seconds=0.09),
        answered(104.9, 106.0, "web-b", 110),
    ]


FAILOVER = f"""\
  seconds  answered by  what
{"-" * 100}
    0.000               step      the client starts
    0.010  | web-a      client    412 answers from web-a over 4.0 s
    4.000  x nobody     client    90 requests unanswered: nobody for 0.90 s
    4.200  x nobody     probe     2 probes of web-a failed within 0.10 s; the last: connection
                                  refused by 127.0.1.10
    4.800  x nobody     health    web-a is down
    4.810  x nobody     decision  move to web-b: web-a is down and web-b is up
    4.820  x nobody     call      2 x ReplaceRoute done, 4 to 7 ms each
    4.830  x nobody     cell      2 cells moved within 2 ms
    4.900  | web-b      client    110 answers from web-b over 1.1 s
    4.900  | web-b      moved     web moved from web-a to web-b
"""


def test_a_failover_reads_from_top_to_bottom():
    assert timeline(failover(), ascii_only=True) == FAILOVER


def test_the_order_in_which_events_are_given_does_not_matter():
    events = failover()
    random.Random(1).shuffle(events)
    assert timeline(events).splitlines()[:10] == timeline(failover()).splitlines()[:10]


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_asked(width):
    assert max(len(line) for line in timeline(failover(), width=width).splitlines()) <= width


def test_the_fallback_is_ascii_whatever_a_server_calls_itself():
    text = timeline([answered(0.0, 1.0, "wéb-ü", 3)], ascii_only=True)
    assert text.isascii()
    assert "| w?b-?" in text


def test_control_characters_do_not_reach_the_terminal():
    assert "\x1b" not in timeline([event(0.0, Kind.PROBLEM, "body was \x1b[2J\n twice")])


def test_without_a_client_there_is_no_lane_for_it():
    assert "answered by" not in timeline([event(0.0, Kind.STARTED, "watching web")])


def test_nothing_is_told_of_nothing():
    assert timeline([]) == "nothing happened\n"


def test_two_runs_with_a_loss_between_them_stay_two():
    runs = collapse_client(
        [answered(0.0, 1.0, "web-a", 2), lost(1.0, 1.1, 1), answered(1.1, 2.0, "web-a", 2)]
    )
    assert [run.kind for run in runs] == [Kind.ANSWERED, Kind.LOST, Kind.ANSWERED]


def test_a_call_that_failed_keeps_a_row_of_its_own():
    text = timeline(
        [call(0.0, "rtb-1", 3), call(0.1, "rtb-2", 9, "throttled"), call(0.2, "rtb-3", 3)]
    )
    assert "2 x ReplaceRoute done" in text
    assert "ReplaceRoute rtb-2: throttled" in text
