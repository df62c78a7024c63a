# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Probes for people: once, or until they settle. The monitor has a loop of its own.

Nobody holds references here, so a timeout counts as a failure: "down" means down as seen from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Callable, Optional

from .._engine.health import Evidence, Health, ProbeResult
from .prober import Prober
from .request import ProbeRequest

Clock = Callable[[], float]
_PATIENCE = 1.0  # seconds of one wait; every probe ends by its own deadline anyway


@dataclass(frozen=True)
class Settled:
    """What a series of probes came to. UNKNOWN: neither `rise` nor `fall` was reached in time."""

    request: ProbeRequest
    health: Health
    results: tuple[ProbeResult, ...]  # oldest first


def once(requests: Sequence[ProbeRequest], clock: Clock) -> tuple[ProbeResult, ...]:
    """One probe for each request, all together; results in the order of the requests."""
    series = settle(requests, clock, attempts=1)
    return tuple(settled.results[0] for settled in series)


def settle(
    requests: Sequence[ProbeRequest],
    clock: Clock,
    attempts: int,
    until: Optional[Health] = None,
) -> tuple[Settled, ...]:
    """Probe each at its interval until it settles, or `attempts` probes are spent.

    `until` UP or DOWN waits for that health alone; None takes whichever comes first.
    """
    began = clock()
    series = [_Series(replace(request), began, attempts, until) for request in requests]
    with closing(Prober(clock)) as prober:
        while not all(one.is_over for one in series):
            _round(series, prober, clock)
    return tuple(Settled(one.request, one.health, tuple(one.results)) for one in series)


class _Series:
    """The probes of one request, one at a time."""

    def __init__(
        self, request: ProbeRequest, due: float, attempts: int, until: Optional[Health]
    ) -> None:
        self.request = request
        self.due = due
        self.results: list[ProbeResult] = []
        self.is_under_way = False
        self._attempts = attempts
        self._until = until

    @property
    def health(self) -> Health:
        return health_from_here(self.results, self.request)

    @property
    def is_over(self) -> bool:
        if self.is_under_way:
            return False
        if len(self.results) >= self._attempts:
            return True
        return self.health in ((Health.UP, Health.DOWN) if self._until is None else (self._until,))

    def start(self, prober: Prober, now: float) -> None:
        self.is_under_way = True
        self.due = now + self.request.settings.interval
        prober.start(self.request)


def _round(series: Sequence[_Series], prober: Prober, clock: Clock) -> None:
    """Start what is due and take in what is done."""
    now = clock()
    for one in series:
        if one.due <= now and not one.is_under_way and not one.is_over:
            one.start(prober, now)
    idle = [one.due for one in series if not one.is_under_way and not one.is_over]
    for done in prober.wait_done(min(idle, default=now + _PATIENCE)):
        for one in series:
            if one.request is done.request:
                one.results.append(done.result)
                one.is_under_way = False


def health_from_here(results: Sequence[ProbeResult], request: ProbeRequest) -> Health:
    """UP after `rise` passes in a row, DOWN after `fall` failures; UNKNOWN probes do not count."""
    counted = [r.evidence is Evidence.PASSED for r in results if r.evidence is not Evidence.UNKNOWN]
    passes = _tail(counted, True)
    failures = _tail(counted, False)
    if passes >= request.settings.rise:
        return Health.UP
    return Health.DOWN if failures >= request.settings.fall else Health.UNKNOWN


def _tail(counted: Sequence[bool], value: bool) -> int:
    """How many of the newest entries equal `value` in a row."""
    length = 0
    for entry in reversed(counted):
        if entry is not value:
            break
        length += 1
    return length
