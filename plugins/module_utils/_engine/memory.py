# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The context across a start, and beside what others have written meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Optional

from .._definition.model import FloatingIp
from .context import KEPT_MOVES, OPERATOR, Context, Intent, MoveRecord
from .health import Run

ABSENCE = 60.0  # seconds since the last save; a monitor saves every thirty
WINDOW_GAP = 2.0  # seconds that a monitor of many addresses may take to execute itself anew
LONGEST_MARKER = 900.0  # seconds: a marker cannot bind longer, whatever a damaged file says


def restore(
    context: Context,
    boot_id: str,
    now: float,
    definition: FloatingIp,
    goes_on: bool = False,
) -> Context:
    """The context after a start. What operators and moves left always survives.

    Runs survive a gap of three intervals in the same boot. After a short absence, as of a monitor
    that was killed, they begin anew; but it is no cold start: what the holder had proven counts.
    After another boot nobody knows how long the host was off, so every moment is taken to be as
    recent as it can have been.
    `goes_on`: the next window of a monitor that never stopped, whose runs stood still meanwhile.
    """
    same_boot = context.boot_id == boot_id and context.saved_at <= now
    gap = now - context.saved_at
    if not same_boot:
        context = shifted(context, gap)
    context = replace(bounded(context, now), boot_id=boot_id, saved_at=now)
    if same_boot and gap <= 3 * definition.probe.interval:
        return context
    if same_boot and goes_on and gap <= WINDOW_GAP:
        return replace(context, runs=_resumed(context, gap), answers=())
    if same_boot and (goes_on or gap <= ABSENCE):
        return replace(context, runs=_passes_of(context), answers=())
    return replace(context, runs={}, answers=(), unheld=None, holder_since=now)


def _resumed(context: Context, gap: float) -> Mapping[str, Run]:
    """The runs, as if no time had passed for them; what was not judged yet is left behind."""
    return {
        name: replace(
            run, first_at=_sum(run.first_at, gap), last_at=_sum(run.last_at, gap), pending=()
        )
        for name, run in context.runs.items()
    }


def _passes_of(context: Context) -> Mapping[str, Run]:
    """When each target last passed, without the lengths of the runs."""
    return {name: Run(passed_at=run.passed_at) for name, run in context.runs.items()}


def shifted(context: Context, by: float) -> Context:
    """The same context with every moment moved, to count on another clock."""
    return replace(
        context,
        intent=_shifted_intent(context.intent, by),
        moves=tuple(replace(move, at=move.at + by) for move in context.moves),
        attempts=tuple(replace(attempt, at=attempt.at + by) for attempt in context.attempts),
        holder_since=_sum(context.holder_since, by),
        reset_at=_sum(context.reset_at, by),
        woken_at=_sum(context.woken_at, by),
    )


def bounded(context: Context, now: float) -> Context:
    """The same context without moments in the future, which would bind for ever."""
    intent = context.intent
    if intent is not None:
        until = min(intent.marker_until, now + LONGEST_MARKER)
        intent = replace(intent, marker_until=until, started_at=min(intent.started_at, now))
    return replace(
        context,
        intent=intent,
        moves=tuple(replace(move, at=min(move.at, now)) for move in context.moves),
        attempts=tuple(replace(tried, at=min(tried.at, now)) for tried in context.attempts),
        holder_since=_until(context.holder_since, now),
        reset_at=_until(context.reset_at, now),
    )


def merge(ours: Context, stored: Context) -> Context:
    """Ours, with what others wrote to the store since: drains, resets, intents and moves."""
    newer = stored.orders >= ours.orders
    return replace(
        ours,
        drained=stored.drained if newer else ours.drained,
        reset_at=stored.reset_at if newer else ours.reset_at,
        orders=max(ours.orders, stored.orders),
        intent=_newer(ours.intent, stored.intent),
        moves=_union(ours.moves, stored.moves),
    )


def _newer(ours: Optional[Intent], theirs: Optional[Intent]) -> Optional[Intent]:
    """The intent of the higher epoch; of equals an operator's, then the one that ends sooner.

    A marker is only ever shortened: a new announcement has a new epoch.
    """
    if ours is None or theirs is None:
        return ours or theirs
    return max(
        ours,
        theirs,
        key=lambda i: (i.epoch, i.source == OPERATOR, not i.moving, -i.marker_until),
    )


def _union(ours: tuple[MoveRecord, ...], theirs: tuple[MoveRecord, ...]) -> tuple[MoveRecord, ...]:
    added = tuple(move for move in theirs if move not in ours)
    return tuple(sorted((*ours, *added), key=lambda move: move.at))[-KEPT_MOVES:]


def _sum(moment: Optional[float], by: float) -> Optional[float]:
    return None if moment is None else moment + by


def _until(moment: Optional[float], now: float) -> Optional[float]:
    return None if moment is None else min(moment, now)


def _shifted_intent(intent: Optional[Intent], by: float) -> Optional[Intent]:
    if intent is None:
        return None
    return replace(intent, marker_until=intent.marker_until + by, started_at=intent.started_at + by)
