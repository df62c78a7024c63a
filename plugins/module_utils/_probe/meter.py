# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The outage meter: does an address answer a client, asked every 10 ms, and for how long not?

Questions overlap, so that a lost one never delays the next. One thread; times are seconds since
the measuring began, by a monotonic clock, and wall-clock stamps say when that was.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Optional

from .._definition.model import Probe
from .._engine.health import Evidence
from .measurement import Measured, measurement_of
from .outages import ANSWERED, LOST, UNMEASURED, Packet
from .prober import Prober
from .request import Done, ProbeRequest

PROTOCOLS = ("http", "https", "tcp", "icmp", "udp")
FASTEST = 0.001
MOST_UNDER_WAY = 500  # questions without an answer yet, as each has a socket
END = "end"  # the word that ends the measuring
_LISTEN = 0.02  # seconds between two looks at what the meter is told
_LATE = 0.005  # seconds that any loop may be late


@dataclass(frozen=True)
class Line:
    """One address to ask, and how; a question has `settings.timeout` seconds."""

    floating_ip: str
    address: str
    settings: Probe


@dataclass(frozen=True)
class Pace:
    """A question every `interval` seconds, for `seconds` at most."""

    interval: float = 0.01
    seconds: float = 600.0


@dataclass(frozen=True)
class Clocks:
    """`clock` is monotonic, `wall` seconds since 1970: for people, and to compare hosts."""

    clock: Callable[[], float]
    wall: Callable[[], float]


Told = Callable[[], Optional[str]]  # a word that the meter has not been told before, or None


def problem_of(line: Line, pace: Pace) -> Optional[str]:
    """Why this cannot be measured, as a sentence."""
    settings = line.settings
    if settings.protocol not in PROTOCOLS:
        known = ", ".join(PROTOCOLS)
        return (
            f"The protocol {settings.protocol} cannot be measured from a client: name one of "
            f"{known}, and a port."
        )
    if settings.port is None and settings.protocol in ("tcp", "udp"):
        return f"Name the port on which {line.address} answers {settings.protocol}."
    if not FASTEST <= pace.interval <= 1:
        return f"The interval must be from {FASTEST:g} to 1 second, it is {pace.interval:g}."
    if settings.timeout / pace.interval > MOST_UNDER_WAY:
        longest = MOST_UNDER_WAY * pace.interval
        return (
            f"A timeout of {settings.timeout:g} s every {pace.interval:g} s is more than "
            f"{MOST_UNDER_WAY} questions at once: a timeout of at most {longest:g} s is right."
        )
    return None


def nobody() -> None:
    """Tells the meter nothing."""


@dataclass
class _Run:
    """One measuring under way. Times are the clock's until `measurement_of` makes them relative."""

    prober: Prober
    clocks: Clocks
    pace: Pace
    told: Told
    requests: dict[int, ProbeRequest]
    packets: dict[int, list[Packet]]
    began: float
    due: float
    until: float
    listened: float = -math.inf
    absences: list[tuple[float, float]] = field(default_factory=list)  # when, how many seconds
    marks: list[tuple[float, str]] = field(default_factory=list)

    def turn(self) -> None:
        """Ask what is due, listen, and take in the answers until the next of these."""
        now = self.clocks.clock()
        if now >= self.due and now < self.until:
            for request in self.requests.values():
                self.prober.start(request)
            self.due += self.pace.interval
            if self.due < now - self.pace.interval:
                self.due = now  # slept: never a burst to catch up
        self.listen(now)
        self.take(min(self.due, self.listened + _LISTEN))

    def listen(self, now: float) -> None:
        if now - self.listened < _LISTEN:
            return
        self.listened = now
        word = self.told()
        if word is None:
            return
        if word == END:
            self.until = min(self.until, now)
        else:
            self.marks.append((now, word))

    def take(self, until: float) -> None:
        done = self.prober.wait_done(until)
        now = self.clocks.clock()
        if now - until > _LATE:
            self.absences.append((now, now - until))
        for one in done:
            self.packets[id(one.request)].append(self._packet(one))

    def _packet(self, done: Done) -> Packet:
        result = done.result
        delay = result.ended - result.started
        if result.evidence is Evidence.PASSED:
            return Packet(result.started, ANSWERED, delay)
        lost = sum(seconds for at, seconds in self.absences if at >= result.started)
        outcome = UNMEASURED if lost > done.request.limit / 2 else LOST
        return Packet(result.started, outcome, delay, result.reason)


def measure(
    lines: Sequence[Line], pace: Pace, clocks: Clocks, told: Told = nobody
) -> list[dict[str, Any]]:
    """Measure until the word END or for `pace.seconds`; one measurement for each line.

    Raises ValueError, with a sentence, for what cannot be measured.
    """
    problems = [problem for line in lines if (problem := problem_of(line, pace))]
    if problems or not lines:
        raise ValueError(" ".join(problems) or "There is no address to measure.")
    wall = clocks.wall()
    with closing(Prober(clocks.clock)) as prober:
        run = _begun(lines, pace, clocks, told, prober)
        while clocks.clock() < run.until:
            run.turn()
        ended = clocks.clock()
        while prober.under_way:
            run.take(clocks.clock() + pace.interval)
    measured = Measured(run.began, ended, wall, clocks.wall(), pace.interval, tuple(run.marks))
    return [
        {**_told(line), **measurement_of(measured, packets)}
        for line, packets in zip(lines, run.packets.values())
    ]


def _told(line: Line) -> dict[str, Any]:
    settings = line.settings
    return {
        "floating_ip": line.floating_ip,
        "address": line.address,
        "protocol": settings.protocol,
        "port": settings.port,
        "timeout": settings.timeout,
    }


def _begun(lines: Sequence[Line], pace: Pace, clocks: Clocks, told: Told, prober: Prober) -> _Run:
    requests = [
        ProbeRequest(one.address, one.address, one.settings, None, one.floating_ip, abrupt=True)
        for one in lines
    ]
    now = clocks.clock()
    by_id = {id(one): one for one in requests}
    packets: dict[int, list[Packet]] = {id(one): [] for one in requests}
    return _Run(prober, clocks, pace, told, by_id, packets, now, now, now + pace.seconds)
