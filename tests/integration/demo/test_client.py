# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._report.timeline import (
    collapse_client,
)
from ansible_collections.netops.floating_ip.tests.demo.client import Sent, Teller, server_of


def told(outcomes: str, flush: bool = True) -> list[Event]:
    """One request every 10 ms from 100.0 s on: `a` and `b` are servers, `.` is nobody."""
    events: list[Event] = []
    teller = Teller("web", events.append)
    for number, outcome in enumerate(outcomes):
        server = None if outcome == "." else f"web-{outcome}"
        teller.add(Sent(100 + number / 100, server))
    if flush:
        teller.flush(until=None)
    return events


def runs(outcomes: str) -> list[tuple[str | None, int, float, float]]:
    return [
        (e.target, e.data["count"], round(e.data["from"], 3), round(e.data["to"], 3))
        for e in collapse_client(told(outcomes))
    ]


def test_a_failover_is_three_runs_with_no_gap_between_them() -> None:
    assert runs("a" * 50 + "." * 90 + "b" * 10) == [
        ("web-a", 50, 100.0, 100.5),
        (None, 90, 100.5, 101.4),
        ("web-b", 10, 101.4, 101.5),
    ]


def test_a_single_lost_request_is_told() -> None:
    assert [count for _answered_by, count, *_rest in runs("aa.aa")] == [2, 1, 2]


def test_every_request_is_counted_once() -> None:
    outcomes = "a.b" * 7 + "a" * 300 + "." * 250 + "b"
    assert sum(e.data["count"] for e in told(outcomes)) == len(outcomes)


def test_a_new_outcome_is_told_at_once_and_the_rest_within_a_second() -> None:
    assert [e.kind for e in told("a.", flush=False)] == [Kind.ANSWERED, Kind.LOST]
    assert len(told("a" * 99, flush=False)) == 1
    assert len(told("a" * 120, flush=False)) == 2


def test_nothing_is_told_of_no_request() -> None:
    assert told("") == []


@pytest.mark.parametrize(
    ("answer", "server"),
    [
        (b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nweb-a\n", "web-a"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nweb", None),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\n", None),
        (b"HTTP/1.0 200 OK\r\nConte", None),
        (b"HTTP/1.0 503 No route\r\n\r\nnobody\n", None),
        (b"", None),
    ],
    ids=["whole", "half a name", "no name", "half a head", "an error", "nothing"],
)
def test_only_a_whole_answer_is_one(answer: bytes, server: str | None) -> None:
    """A server that is killed may have begun to answer."""
    assert server_of(answer) == server
