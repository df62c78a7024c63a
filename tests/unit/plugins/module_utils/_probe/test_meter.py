# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._probe import meter
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.meter import (
    END,
    Clocks,
    Line,
    Pace,
    measure,
    nobody,
    problem_of,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    free_port,
    listening,
    probe,
)

HOST = "127.0.0.1"


@pytest.fixture(autouse=True)
def _a_busy_machine_does_not_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a test's own jump of the clock, of more than ten seconds, is an absence."""
    monkeypatch.setattr(meter, "_LATE", 10.0)


@contextmanager
def echoing() -> Iterator[int]:
    """A port that sends datagrams back, but those that a test tells it to swallow."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((HOST, 0))
        thread = threading.Thread(target=_echo, args=(server,))
        thread.start()
        port: int = server.getsockname()[1]
        try:
            yield port
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", (HOST, port))
            thread.join()


def _echo(server: socket.socket) -> None:
    while True:
        data, peer = server.recvfrom(2048)
        if not data:
            return
        server.sendto(data, peer)


def line(port: int | None, protocol: str = "tcp", timeout: float = 5.0) -> Line:
    return Line("db", HOST, Probe(protocol=protocol, port=port, timeout=timeout))


def measured(one: Line, pace: Pace, told: Callable[[], str | None] = nobody) -> Any:
    (found,) = measure([one], pace, Clocks(time.monotonic, time.time), told)
    return found


def test_every_question_is_sent_at_the_pace_and_counted() -> None:
    with listening() as port:
        found = measured(line(port, timeout=2.0), Pace(0.005, 0.2))
    assert (found["lost"], found["unmeasured"], found["outages"]) == (0, 0, [])
    assert found["sent"] == found["answered"] and 5 <= found["sent"] <= 41
    assert found["delay"]["p50"] > 0 and found["address"] == HOST and found["port"] == port
    assert abs(found["began"]["wall"] - time.time()) < 60


def test_a_udp_echo_server_will_do() -> None:
    with echoing() as port:
        found = measured(line(port, "udp"), Pace(0.01, 0.1))
    assert found["answered"] == found["sent"] > 2


def test_a_refusal_is_a_loss_and_the_outage_has_its_reason() -> None:
    port = free_port()
    found = measured(line(port), Pace(0.01, 0.1))
    assert found["lost"] == found["sent"] > 2 and found["delay"] is None
    (outage,) = found["outages"]
    assert outage["packets"] == found["lost"] and not outage["over"]
    assert outage["reason"] == f"connection refused by {HOST}:{port}"
    assert found["longest"] == outage["seconds"] > 0


def test_a_lost_question_never_delays_the_next_one() -> None:
    with listening() as port:  # accepts, and never answers
        found = measured(line(port, "http", timeout=0.15), Pace(0.005, 0.15))
    assert found["lost"] == found["sent"] > 3
    assert found["seconds"] < 1.5  # one after another they would take three times that


def test_it_ends_at_the_word_end_and_marks_the_others() -> None:
    words = iter(["failover", None, END])
    with listening() as port:
        found = measured(line(port), Pace(0.01, 600.0), lambda: next(words, None))
    assert [mark["word"] for mark in found["marks"]] == ["failover"]
    assert 0 <= found["marks"][0]["at"] <= found["seconds"] < 60


def test_what_was_lost_while_this_host_slept_is_unmeasured() -> None:
    asleep = 0.0

    def clock() -> float:
        return time.monotonic() + asleep

    def told() -> str:
        nonlocal asleep
        asleep = 20.0  # a question is under way by now: the next one is due when it is over
        return END

    with listening() as port:
        silent = line(port, "http", timeout=1.0)
        words = iter([None, None, told])
        (found,) = measure(
            [silent], Pace(0.01, 600.0), Clocks(clock, time.time), lambda: _called(next(words))
        )
    assert found["lost"] == 0
    assert found["unmeasured"] == found["sent"] > 0 and found["outages"] == []


def _called(word: Callable[[], str] | None) -> str | None:
    return word() if word is not None else None


def test_several_addresses_are_asked_side_by_side() -> None:
    with listening() as port, listening("::1") as other:
        lines = [line(port), Line("db", "::1", Probe(protocol="tcp", port=other, timeout=5.0))]
        found = measure(lines, Pace(0.01, 0.1), Clocks(time.monotonic, time.time))
    assert [one["address"] for one in found] == [HOST, "::1"]
    assert all(one["answered"] == one["sent"] > 0 for one in found)


@pytest.mark.parametrize(
    ("one", "pace", "said"),
    [
        (line(None, "command"), Pace(), "The protocol command cannot be measured from a client"),
        (line(None, "udp"), Pace(), "Name the port on which 127.0.0.1 answers udp."),
        (line(80), Pace(interval=0.0001), "must be from 0.001 to 1 second, it is 0.0001"),
        (line(80, timeout=2.0), Pace(interval=0.001), "a timeout of at most 0.5 s is right"),
    ],
)
def test_what_cannot_be_measured_is_refused(one: Line, pace: Pace, said: str) -> None:
    assert said in str(problem_of(one, pace))
    with pytest.raises(ValueError, match=r"\.$"):
        measured(one, pace)


def test_no_address_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no address"):
        measure([], Pace(), Clocks(time.monotonic, time.time))


def test_a_refused_datagram_is_a_refusal() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held:
        held.bind((HOST, 0))
        port = held.getsockname()[1]
    assert probe(port, "udp").evidence is Evidence.REFUSED


def test_connections_are_reset_so_that_ports_are_free_again() -> None:
    with socket.create_server((HOST, 0)) as server:
        server.settimeout(5.0)
        measured(line(server.getsockname()[1]), Pace(0.01, 0.015))
        connection = server.accept()[0]
        with connection, pytest.raises(ConnectionResetError):
            connection.recv(1)
