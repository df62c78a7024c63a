# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The Prober: all probes in one thread, none of which waits for another."""

from __future__ import annotations

import heapq
import itertools
import math
import os
import selectors
from typing import Callable, Optional

from .._engine.health import Evidence, ProbeResult
from . import command, http, icmp, tcp, udp
from .lag import Attention
from .reasons import verdict_of
from .request import Done, ProbeRequest, Steps, Unmade, Verdict, Wait
from .tools import Tools

_PROTOCOLS = {
    "tcp": tcp.steps,
    "http": http.steps,
    "https": http.steps,
    "icmp": icmp.steps,
    "command": command.steps,
    "udp": udp.steps,
}
_TICKS = 4  # looks within a timeout, so that a stopped process notices its own absence


class _Flight:
    """A probe under way."""

    __slots__ = ("deadline", "ended", "lost", "request", "started", "steps", "wait", "watched")

    def __init__(self, request: ProbeRequest, steps: Steps, now: float, lost: float) -> None:
        self.request = request
        self.steps = steps
        self.started = now
        self.deadline = now + request.limit
        self.lost = lost  # what the loop had lost when this began
        self.wait: Optional[Wait] = None
        self.watched = -1  # the file descriptor in the selector
        self.ended = False


class Prober:
    """Starts probes and collects results. One thread; only `wake` from any.

    `clock` is monotonic, in seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._tools = Tools()
        self._attention = Attention(clock())
        self._flights: set[_Flight] = set()
        self._deadlines: list[tuple[float, int, _Flight]] = []
        self._order = itertools.count()
        self._tick = math.inf
        self._done: list[Done] = []
        self._woken = False
        self._listen, self._bell = os.pipe()
        os.set_blocking(self._listen, False)
        os.set_blocking(self._bell, False)
        self._selector.register(self._listen, selectors.EVENT_READ)

    @property
    def under_way(self) -> int:
        """How many probes are not finished yet."""
        return len(self._flights)

    def start(self, request: ProbeRequest) -> None:
        """Begin a probe, whatever else is under way, the same target's included."""
        now = self._clock()
        steps = _PROTOCOLS.get(request.settings.protocol, _unheard_of)(request, self._tools)
        flight = _Flight(request, steps, now, self._attention.lost_by(now))
        self._flights.add(flight)
        self._tick = min(self._tick, request.limit / _TICKS)
        heapq.heappush(self._deadlines, (flight.deadline, next(self._order), flight))
        self._advance(flight)

    def wait(self, until: float) -> tuple[ProbeResult, ...]:
        """The results that are there as soon as there is one; none at `until`, or after `wake`."""
        return tuple(done.result for done in self.wait_done(until))

    def wait_done(self, until: float) -> tuple[Done, ...]:
        """`wait`, with each result's request."""
        while True:
            now = self._clock()
            self._turn(now, 0.0 if self._done else self._pause(now, until))
            if self._done or self._woken or self._clock() >= until:
                break
        self._woken = False
        done, self._done = self._done, []
        return tuple(done)

    def wake(self) -> None:
        """Let the current or the next wait return at once. For any thread or signal handler."""
        try:
            os.write(self._bell, b"\0")
        except OSError:  # full: it is awake already; closed: nobody waits
            pass

    def close(self) -> None:
        """Give up every probe under way and release everything."""
        for flight in tuple(self._flights):
            self._release(flight)
        self._tools.close()
        self._selector.close()
        os.close(self._listen)
        os.close(self._bell)

    def _pause(self, now: float, until: float) -> float:
        while self._deadlines and self._deadlines[0][2].ended:
            heapq.heappop(self._deadlines)
        if self._deadlines:
            until = min(until, self._deadlines[0][0], now + self._tick)
        return max(0.0, until - now)

    def _turn(self, now: float, pause: float) -> None:
        """Handle what has come before anything expires: a late loop must not drop an answer."""
        self._attention.returns(now)
        ready = self._selector.select(pause)
        self._attention.waited(self._clock(), now + pause)
        for key, _events in ready:
            if key.data is None:
                self._hear_bell()
            else:
                self._advance(key.data)
        self._expire(self._clock())

    def _hear_bell(self) -> None:
        self._woken = True
        try:
            os.read(self._listen, 4096)
        except BlockingIOError:
            pass

    def _advance(self, flight: _Flight) -> None:
        try:
            self._watch(flight, next(flight.steps))
        except StopIteration as stop:
            self._finish(flight, stop.value)
        except OSError as error:
            self._finish(flight, verdict_of(error, flight.request.where))
        except (Unmade, ValueError) as error:
            self._finish(flight, Verdict(Evidence.UNKNOWN, str(error)))

    def _watch(self, flight: _Flight, wait: Wait) -> None:
        before, flight.wait = flight.wait, wait
        if before is None or before.source is not wait.source:
            self._unwatch(flight)
            key = self._selector.register(wait.source, wait.events, flight)
            flight.watched = key.fd
        elif before.events != wait.events:
            self._selector.modify(flight.watched, wait.events, flight)

    def _unwatch(self, flight: _Flight) -> None:
        if flight.watched >= 0:
            self._selector.unregister(flight.watched)  # may be closed already: the selector copes
            flight.watched = -1

    def _expire(self, now: float) -> None:
        while self._deadlines and self._deadlines[0][0] <= now:
            flight = heapq.heappop(self._deadlines)[2]
            if not flight.ended:
                self._finish(flight, self._overdue(flight, now))

    def _overdue(self, flight: _Flight, now: float) -> Verdict:
        limit = flight.request.limit
        lost = self._attention.lost_by(now) - flight.lost
        if lost > limit / 2:
            reason = (
                f"this host was too busy to probe: it lost {lost:.2g} s of the probe's {limit:g} s"
            )
            return Verdict(Evidence.UNKNOWN, reason)
        wait = flight.wait or Wait(-1, 0, "answer", Evidence.UNKNOWN)
        return Verdict(wait.expiry, f"no {wait.missing} within {limit:g} s")

    def _finish(self, flight: _Flight, verdict: Verdict) -> None:
        self._release(flight)
        request = flight.request
        result = ProbeResult(
            request.target, verdict.evidence, verdict.reason, flight.started, self._clock()
        )
        self._done.append(Done(request, result))

    def _release(self, flight: _Flight) -> None:
        flight.ended = True
        self._unwatch(flight)
        flight.steps.close()
        self._flights.discard(flight)
        if not self._flights:
            self._tick = math.inf


def _unheard_of(request: ProbeRequest, tools: Tools) -> Steps:
    yield from ()  # makes this a generator, as every probe is
    raise Unmade(f"this version knows no probe protocol {request.settings.protocol!r}")
