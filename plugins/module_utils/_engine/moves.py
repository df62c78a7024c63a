# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What is written down when a move begins and when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Optional

from .._definition.model import FloatingIp
from .cells import Holding
from .change import Action, Outcome
from .context import (
    ASSIGN,
    CONFLICT,
    DONE,
    DRAIN,
    FAILBACK,
    FAILED,
    FAILOVER,
    FRUITLESS,
    OPERATOR,
    PARTIAL,
    REPAIR,
    REQUEST,
    RESUME,
    UNVERIFIED,
    Attempt,
    Context,
    Intent,
    MoveRecord,
)
from .health import Health, health_of
from .history import recorded
from .split import recent

RIGHT = (Action.MOVED, Action.LEFT)
TO_RETRY = (Action.FAILED, Action.UNVERIFIED)


def started(  # noqa: PLR0913, PLR0917 - what an intent consists of
    context: Context,
    definition: FloatingIp,
    to: str,
    source: str,
    reason: str,
    now: float,
    time: str,
    deadline: float,
    cause: str = "",
) -> Context:
    """Record where it is going, before the first call. The marker expires at `deadline`.

    `cause`: why, where whoever begins it knows; an order is a REQUEST, though the holder is drained
    as well.
    """
    epoch = context.intent.epoch + 1 if context.intent else 1
    intent = Intent(
        to=to,
        epoch=epoch,
        moving=True,
        source=source,
        time=time,
        reason=reason,
        marker_until=deadline,
        cause=cause or cause_of(context, definition, to, source, now),
        origin=origin_of(context),
        started_at=now,
    )
    return replace(context, intent=intent)


def origin_of(context: Context) -> Optional[str]:
    """Whom the address is being taken from; None where it was absent or foreign."""
    held = context.holding in (Holding.HELD.value, Holding.SPLIT.value)
    return context.holder if held else None


def cause_of(context: Context, definition: FloatingIp, to: str, source: str, now: float) -> str:
    """Why this move is made, as a word: the rules of failback and of repairs go by it.

    An order that was interrupted is the same order for whoever completes it.
    """
    holder, intent = origin_of(context), context.intent
    unended = intent if intent is not None and intent.moving else None
    if unended and (unended.to, unended.source, source) == (to, OPERATOR, OPERATOR):
        return unended.cause
    if holder is not None and holder in context.drained:
        return DRAIN
    if source == OPERATOR:
        return REQUEST
    if unended:
        return RESUME
    if context.holding == Holding.SPLIT.value:
        return REPAIR
    if holder is None:
        return ASSIGN
    health = health_of(context.run_of(holder), definition.probe, now)
    return FAILBACK if health is Health.UP else FAILOVER


def finished(
    context: Context,
    outcomes: Sequence[Outcome],
    now: float,
    time: str,
    carried: Optional[Intent] = None,
) -> Context:
    """Record what the move came to. Only a move that is complete changes the holder.

    Cells that failed for want of time leave the intent open, to be tried again; a cell that
    someone else changed meanwhile, or a move that changed nothing, closes it. `carried`: the
    intent that was carried out; if a newer one overruled it, that one is left alone, and the move
    is recorded all the same.
    """
    intent = context.intent
    if intent is None:
        return context
    if carried is not None and intent.epoch != carried.epoch:
        return _overruled(context, carried, result_of(outcomes), now, time)
    result = result_of(outcomes)
    record = _record_of(intent, result, now, time)
    context = recorded(with_attempts(context, intent, outcomes, now), record)
    return _closed(context, intent, result, is_open_after(outcomes), now)


def _overruled(context: Context, carried: Intent, result: str, now: float, time: str) -> Context:
    """A newer intent came meanwhile; but what was written was written, and starts a cooldown."""
    context = recorded(context, _record_of(carried, result, now, time))
    return with_holder(context, carried.to, now) if result == DONE else context


def _record_of(intent: Intent, result: str, now: float, time: str) -> MoveRecord:
    return MoveRecord(
        at=now,
        time=time,
        origin=intent.origin,
        to=intent.to,
        source=intent.source,
        reason=intent.reason,
        result=result,
        seconds=max(0.0, now - intent.started_at),
        cause=intent.cause,
    )


def result_of(outcomes: Sequence[Outcome]) -> str:
    """What the outcomes of all cells come to. FRUITLESS: not one of them is at the destination."""
    actions = {outcome.action for outcome in outcomes}
    there = {*RIGHT, Action.UNVERIFIED}
    if not actions & there:
        was_undone = any(o.action is Action.CONFLICT and o.is_written for o in outcomes)
        return CONFLICT if was_undone else FAILED
    if actions <= set(RIGHT):
        return DONE
    return UNVERIFIED if actions <= there else PARTIAL


def is_open_after(outcomes: Sequence[Outcome]) -> bool:
    """Whether the rest is ours to finish: something was moved, and nobody interfered."""
    actions = {outcome.action for outcome in outcomes}
    tried = bool(actions & set(TO_RETRY)) and Action.CONFLICT not in actions
    return tried and result_of(outcomes) not in FRUITLESS


def with_attempts(
    context: Context, intent: Intent, outcomes: Sequence[Outcome], now: float
) -> Context:
    """Count the repairs of each cell, and the moves that failed there: both have one limit."""
    again = is_repeated(context, intent)
    cells = (o.cell for o in outcomes if o.action not in RIGHT or (again and _was_written(o)))
    attempts = (*recent(context.attempts, now), *(Attempt(cell, now) for cell in cells))
    return replace(context, attempts=attempts)


def is_repeated(context: Context, intent: Intent) -> bool:
    """Whether what it writes may have been written before, and changed back since.

    A move that was killed half-way is finished for the first time: that is no repetition.
    """
    if intent.cause == REPAIR:
        return True
    last = context.moves[-1] if context.moves else None
    ended = last is not None and last.to == intent.to and last.result in (PARTIAL, UNVERIFIED)
    return intent.cause in (RESUME, REQUEST) and ended


def _was_written(outcome: Outcome) -> bool:
    return outcome.action is Action.MOVED


def _closed(context: Context, intent: Intent, result: str, is_open: bool, now: float) -> Context:
    if result == DONE:
        return with_holder(replace(context, intent=replace(intent, moving=False)), intent.to, now)
    if is_open:
        return replace(context, intent=replace(intent, moving=True, marker_until=now))
    if result in FRUITLESS and intent.origin is not None:  # nobody wants it there for that
        intent = replace(intent, to=intent.origin, cause="")
    return replace(context, intent=replace(intent, moving=False))


def with_holder(context: Context, holder: str, now: float) -> Context:
    """Who holds it now. A new holder has to prove itself.

    The first look after a cold start shows who holds it, and no change: what the holder has
    proven since that start counts.
    """
    changed = replace(context, holder=holder, holding=Holding.HELD.value, unheld=None)
    lost = context.holding in (Holding.ABSENT.value, Holding.FOREIGN.value)
    is_known = context.holder is not None or bool(context.holding)
    if not is_known and context.holder_since is not None:
        return changed
    if holder == context.holder and not lost:
        return changed
    return unproven(changed, now)


def unproven(context: Context, now: float) -> Context:
    """The holder's failures count only once it has been seen to work (see judge.py)."""
    return replace(context, holder_since=now, holder_seen_up=False)
