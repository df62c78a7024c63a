# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A prober on one host of the simulated network."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.lag import Attention
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import (
    Done,
    ProbeRequest,
)

SHORT = 0.005  # seconds: a shorter absence is none


class Shown(NamedTuple):
    """What a probe that starts now will show, and after how many seconds."""

    evidence: Evidence
    seconds: float


class Probed(NamedTuple):
    """One probe as it was folded into what an observer believes, by the simulation's clock.

    A silent one that the observer slept through shows nothing, whatever it made of it.
    """

    target: str
    evidence: Evidence
    started: float
    ended: float


class SimulatedProber:
    """The loop's prober. It never waits: the world calls again when `next_due` has come.

    `shows` says what a probe of an address shows; `clock` is the host's own, `now` the world's.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        now: Callable[[], float],
        shows: Callable[[ProbeRequest], Shown],
    ) -> None:
        self.clock, self.now, self.shows = clock, now, shows
        self.until = math.inf
        self.probed: list[Probed] = []
        self._attention = Attention(clock())
        self._absences: list[tuple[float, float]] = []
        self._order = itertools.count()
        self._due: list[tuple[float, int, Any]] = []

    @property
    def next_due(self) -> float:
        """By the host's clock."""
        return self._due[0][0] if self._due else math.inf

    def start(self, request: ProbeRequest) -> None:
        now = self.clock()
        shown = self.shows(request)
        if shown.seconds >= request.limit:
            shown = Shown(Evidence.TIMEOUT, request.limit)
        flight = request, shown.evidence, now, self._attention.lost_by(now)
        heapq.heappush(self._due, (now + shown.seconds, next(self._order), flight))

    def wait_done(self, until: float) -> Sequence[Done]:
        self.until = until
        now = self.clock()
        done = []
        while self._due and self._due[0][0] <= now:
            request, evidence, started, lost = heapq.heappop(self._due)[2]
            if evidence is Evidence.TIMEOUT and self._is_late(lost, request, now):
                evidence = Evidence.UNKNOWN
            result = ProbeResult(request.target, evidence, evidence.value, started, now)
            self._note(result, request.limit)
            done.append(Done(request, result))
        return done

    def goes_on(self, due: float) -> None:
        """The loop goes on now; it should have at `due`, by the host's clock."""
        now = self.clock()
        self._attention.waited(now, due)
        if now - due > SHORT:
            self._absences.append((due, now))

    def _is_late(self, lost: float, request: ProbeRequest, now: float) -> bool:
        return self._attention.lost_by(now) - lost > request.limit / 2

    def _note(self, result: ProbeResult, limit: float) -> None:
        offset, evidence = self.now() - self.clock(), result.evidence
        if evidence is Evidence.TIMEOUT and self._slept(result.started) > limit / 2:
            evidence = Evidence.UNKNOWN
        started, ended = result.started + offset, result.ended + offset
        self.probed.append(Probed(result.target, evidence, started, ended))

    def _slept(self, since: float) -> float:
        return sum(max(0.0, end - max(start, since)) for start, end in self._absences)
