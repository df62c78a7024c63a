# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Fold probes and answers into what is believed of each target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Optional

from .._definition.model import FloatingIp, Probe
from .context import Context
from .health import (
    Answer,
    Evidence,
    ProbeResult,
    Run,
    advance,
    failing_since,
    is_dead,
    is_proven_down,
    is_proven_up,
    settle,
)

ANSWERING = (Evidence.PASSED, Evidence.REFUSED, Evidence.WRONG)


def observe(
    context: Context,
    results: Sequence[ProbeResult],
    answers: Sequence[Answer],
    definition: FloatingIp,
    now: float,
    own: Optional[str] = None,
    is_known: bool = True,
) -> Context:
    """Fold the probes that ended, and the references that answered, into the context.

    `own` is the target that this host is, if any: its probe of itself never leaves the host, so
    it is no answer; while that is not `is_known`, no target's is. Targets that the definition no
    longer has are forgotten.
    """
    probe = definition.probe
    told = answers_of(results, own) if is_known else ()
    heard = recent_answers((*context.answers, *answers, *told), probe, now)
    runs = {
        target.name: _advanced(context, target.name, results, heard, probe, now)
        for target in definition.targets
    }
    return seen_up(replace(context, runs=runs, answers=heard), definition, now)


def answers_of(results: Iterable[ProbeResult], own: Optional[str]) -> tuple[Answer, ...]:
    """The probes that prove the path out of this host: any reply of another host, a refusal too."""
    return tuple(
        Answer(result.target, result.ended)
        for result in results
        if result.evidence in ANSWERING and result.target != own
    )


def recent_answers(answers: Iterable[Answer], probe: Probe, now: float) -> tuple[Answer, ...]:
    """Those that may still judge a probe whose timeout has not ended yet."""
    return tuple(answer for answer in answers if now - answer.at <= probe.timeout + probe.interval)


def seen_up(context: Context, definition: FloatingIp, now: float) -> Context:
    """Remember that the holder has been proven up since it became the holder."""
    if context.holder is None or context.holder_seen_up:
        return context
    run = context.run_of(context.holder)
    since = context.holder_since
    begun_since = since is not None and run.passed_at is not None and run.passed_at > since
    up = begun_since and is_proven_up(run, definition.probe, now)
    return replace(context, holder_seen_up=True) if up else context


def pace(context: Context, definition: FloatingIp, now: float) -> float:
    """Seconds to the next round: short while some target fails and is not yet proven down."""
    probe = definition.probe
    if is_undecided(context, definition, now):
        return min(probe.fast_interval, probe.interval)
    return probe.interval


def is_undecided(context: Context, definition: FloatingIp, now: float) -> bool:
    """Whether some target fails and is not yet proven down."""
    probe = definition.probe
    return any(_is_open(context.run_of(t.name), probe, now) for t in definition.targets)


def _is_open(run: Run, probe: Probe, now: float) -> bool:
    """Whether it fails and more probes may tell. A dead run waits for an answer, not for probes."""
    alive = not is_dead(run, probe, now)
    return alive and failing_since(run) is not None and not is_proven_down(run, probe, now)


def _advanced(
    context: Context,
    target: str,
    results: Sequence[ProbeResult],
    answers: Sequence[Answer],
    probe: Probe,
    now: float,
) -> Run:
    run = context.run_of(target)
    ended = [result for result in results if result.target == target]
    if not ended:
        return settle(run, answers, probe, now)
    for result in sorted(ended, key=lambda result: result.ended):
        run = advance(run, result, answers, probe, now)
    return run
