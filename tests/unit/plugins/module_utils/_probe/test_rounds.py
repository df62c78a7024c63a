# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    Health,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import ProbeRequest
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.rounds import (
    health_from_here,
    once,
    settle,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    PATIENCE,
    Conversation,
    answering,
    free_port,
    serving,
)

OK = b"HTTP/1.1 200 OK\r\n\r\n"
BUSY = b"HTTP/1.1 503 Busy\r\n\r\n"


def request(port: int, target: str = "db-a", **settings: Any) -> ProbeRequest:
    settings = {"timeout": PATIENCE, "interval": 0.002, **settings}
    return ProbeRequest(target, "127.0.0.1", Probe(port=port, **settings))


def telling(*answers: bytes) -> Conversation:
    """One answer for each connection."""
    left = iter(answers)

    def conversation(connection: socket.socket) -> None:
        answering(next(left))(connection)

    return conversation


def test_once_keeps_the_order_of_the_requests() -> None:
    with serving(answering(OK)) as up:
        requests = [request(up, "a"), request(free_port(), "b"), request(up, "c")]
        results = once(requests, time.monotonic)
    assert [result.target for result in results] == ["a", "b", "c"]


def test_one_request_given_twice_is_probed_twice() -> None:
    asked = request(free_port())
    assert len(once([asked, asked], time.monotonic)) == 2


def test_nothing_to_probe_is_no_result() -> None:
    assert once([], time.monotonic) == ()


def test_settle_ends_at_rise_and_at_fall() -> None:
    with serving(answering(OK)) as up:
        requests = [request(up, rise=2), request(free_port(), fall=3)]
        a, b = settle(requests, time.monotonic, attempts=10)
    assert (a.health, len(a.results)) == (Health.UP, 2)
    assert (b.health, len(b.results)) == (Health.DOWN, 3)


def test_settle_ends_when_the_attempts_are_spent() -> None:
    with serving(telling(OK, BUSY, OK, BUSY)) as port:
        (series,) = settle([request(port)], time.monotonic, attempts=4)
    assert (series.health, len(series.results)) == (Health.UNKNOWN, 4)


def test_settle_can_wait_for_one_health() -> None:
    with serving(telling(BUSY, BUSY, BUSY, BUSY, OK, OK)) as port:
        (series,) = settle([request(port)], time.monotonic, attempts=10, until=Health.UP)
    assert (series.health, len(series.results)) == (Health.UP, 6)


def test_probes_start_an_interval_apart() -> None:
    (series,) = settle([request(free_port(), interval=0.02)], time.monotonic, attempts=3)
    starts = [result.started for result in series.results]
    assert starts[2] - starts[0] >= 0.04


@pytest.mark.parametrize(
    ("seen", "health"),
    [
        ("", Health.UNKNOWN),
        ("p", Health.UNKNOWN),
        ("pp", Health.UP),
        ("p?p", Health.UP),
        ("pprtw", Health.DOWN),
        ("rr??t", Health.DOWN),
        ("rrp", Health.UNKNOWN),
        ("ppw", Health.UNKNOWN),
        ("?????", Health.UNKNOWN),
    ],
)
def test_health_is_a_run_that_unknown_probes_do_not_touch(seen: str, health: Health) -> None:
    letters = {
        "p": Evidence.PASSED,
        "r": Evidence.REFUSED,
        "t": Evidence.TIMEOUT,
        "w": Evidence.WRONG,
        "?": Evidence.UNKNOWN,
    }
    results = [ProbeResult("db-a", letters[letter], "…", 0, 0) for letter in seen]
    assert health_from_here(results, request(1)) is health
