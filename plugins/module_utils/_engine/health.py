# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What one probe showed, and what a run of probes of one target means."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Optional

from .._definition.model import Probe


class Health(enum.Enum):
    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"


class Evidence(enum.Enum):
    """What one probe showed, before it is judged."""

    PASSED = "passed"
    REFUSED = "refused"  # connection refused or reset: the host answers, the service does not
    WRONG = "wrong"  # an answer with the wrong status, body or certificate
    TIMEOUT = "timeout"  # no answer in time: down only if a reference answered meanwhile
    UNKNOWN = (
        "unknown"  # the probe could not be made: no route, no source address, resolver, EMFILE …
    )


@dataclass(frozen=True)
class ProbeResult:
    """One probe of one target. Times are seconds of the caller's CLOCK_BOOTTIME."""

    target: str
    evidence: Evidence
    reason: str  # a sentence without the target's name: "connection refused by 10.0.1.10:80"
    started: float
    ended: float


@dataclass(frozen=True)
class Answer:
    """Something outside this host answered at that moment: the path out of here works."""

    source: str  # a target's name, "witness 10.0.0.2:53", "EC2"
    at: float


@dataclass(frozen=True)
class Run:
    """What is believed of one target: its run of like probes, signed (below zero: failures)."""

    length: int = 0
    health: Health = Health.UNKNOWN  # latched: changes at `rise`, `fall` and when the run dies
    first_at: Optional[float] = None  # when the run's first counted probe ended
    last_at: Optional[float] = None  # when its newest counted probe ended
    passed_at: Optional[float] = None  # start of the newest probe that passed, in any run
    only_refusals: bool = True  # every failure of this run was a refusal: `min_down` does not apply
    pending: tuple[ProbeResult, ...] = ()  # timeouts not yet judged for want of an answer
    reason: str = ""  # the newest counted probe's sentence
    answered_at: Optional[float] = None  # the first answer since this run of failures began
    confirmed: bool = False  # one of its failures began after that answer, or came from the target


FAILURES = (Evidence.REFUSED, Evidence.WRONG, Evidence.TIMEOUT)


def advance(
    run: Run, result: ProbeResult, answers: Sequence[Answer], probe: Probe, now: float
) -> Run:
    """The run after one more probe. A timeout waits in `pending` until `settle` can judge it."""
    run = settle(run, answers, probe, now)
    if result.evidence is Evidence.UNKNOWN or is_old_news(run, result):
        return run
    if result.evidence is Evidence.PASSED:
        return _passed(run, result, probe)
    if result.evidence is Evidence.TIMEOUT:
        return settle(replace(run, pending=(*run.pending, result)), answers, probe, now)
    return _failed(replace(run, confirmed=True), result, probe)


def settle(run: Run, answers: Sequence[Answer], probe: Probe, now: float) -> Run:
    """The run once every timeout that an answer can judge is counted, and what is too old is gone.

    An answer judges only timeouts that began before it: something outside this host answered
    since, so the silence is the target's own.
    """
    run = _without_the_old(run, probe, now)
    for timeout in run.pending:
        moments = [answer.at for answer in answers if judges(answer, timeout)]
        if moments:
            run = _judged(run, timeout, min(moments), probe)
    return run


def judges(answer: Answer, timeout: ProbeResult) -> bool:
    """Whether this answer proves that the path worked when that probe got none."""
    return answer.source != timeout.target and answer.at >= timeout.started


def is_old_news(run: Run, result: ProbeResult) -> bool:
    """Whether a failed probe began before a newer one that has already passed (they overlap)."""
    failed = result.evidence is not Evidence.PASSED
    return failed and run.passed_at is not None and result.started < run.passed_at


def health_of(run: Run, probe: Probe, now: float) -> Health:
    return Health.UNKNOWN if is_dead(run, probe, now) else run.health


def is_dead(run: Run, probe: Probe, now: float) -> bool:
    """Whether the newest counted probe is too old for the run to mean anything."""
    return run.last_at is None or now - run.last_at > life(probe)


def life(probe: Probe) -> float:
    """For how many seconds a run outlives its newest counted probe."""
    return 3 * probe.interval + probe.timeout


def is_proven_up(run: Run, probe: Probe, now: float) -> bool:
    """Whether an address may be given to this target: `rise` passes, one within two intervals."""
    recent = run.last_at is not None and now - run.last_at <= 2 * probe.interval
    return run.length >= probe.rise and recent


def is_proven_down(run: Run, probe: Probe, now: float) -> bool:
    return is_down_run(run, probe) and not is_dead(run, probe, now)


def is_down_run(run: Run, probe: Probe) -> bool:
    """Whether these failures are enough: `fall` of them, for `min_down`, and confirmed.

    Confirmed: one came from the target itself, or began after an answer. Otherwise the first
    answer after an isolation of this host would condemn whatever it could not reach meanwhile.
    """
    return run.length <= -probe.fall and run.confirmed and lasted(run) >= min_down(run, probe)


def lasted(run: Run) -> float:
    """Seconds from the first to the newest probe of the run."""
    if run.first_at is None or run.last_at is None:
        return 0.0
    return run.last_at - run.first_at


def min_down(run: Run, probe: Probe) -> float:
    """How long a run of failures must last. A refusal is no lost packet: it need not last."""
    return 0.0 if run.only_refusals else probe.min_down


def failing_since(run: Run) -> Optional[float]:
    """When the first failed probe ended, judged or not; None where the newest one passed."""
    ends = [timeout.ended for timeout in run.pending]
    if run.length < 0 and run.first_at is not None:
        ends.append(run.first_at)
    return min(ends, default=None)


def _passed(run: Run, result: ProbeResult, probe: Probe) -> Run:
    length = max(run.length, 0) + 1
    return Run(
        length=length,
        health=Health.UP if length >= probe.rise else run.health,
        first_at=run.first_at if run.length > 0 else result.ended,
        last_at=max(result.ended, run.last_at or result.ended),
        passed_at=max(result.started, run.passed_at or result.started),
        reason=result.reason,
    )


def _failed(run: Run, result: ProbeResult, probe: Probe) -> Run:
    going_on = run.length < 0
    first = run.first_at if going_on and run.first_at is not None else result.ended
    last = run.last_at if going_on and run.last_at is not None else result.ended
    refused = result.evidence is Evidence.REFUSED
    run = replace(
        run,
        length=min(run.length, 0) - 1,
        first_at=min(first, result.ended),
        last_at=max(last, result.ended),
        only_refusals=refused and (run.only_refusals or not going_on),
        reason=result.reason,
    )
    return replace(run, health=Health.DOWN) if is_down_run(run, probe) else run


def _judged(run: Run, timeout: ProbeResult, answered_at: float, probe: Probe) -> Run:
    first = answered_at if run.answered_at is None else run.answered_at
    run = replace(
        run,
        pending=tuple(other for other in run.pending if other is not timeout),
        answered_at=first,
        confirmed=run.confirmed or timeout.started >= first,
    )
    return _failed(run, timeout, probe)


def _without_the_old(run: Run, probe: Probe, now: float) -> Run:
    if not run.pending and (run.last_at is None or not is_dead(run, probe, now)):
        return run  # as in nearly every round
    recent = tuple(timeout for timeout in run.pending if now - timeout.ended <= life(probe))
    if run.last_at is not None and is_dead(run, probe, now):
        return Run(passed_at=run.passed_at, pending=recent)
    return run if len(recent) == len(run.pending) else replace(run, pending=recent)
