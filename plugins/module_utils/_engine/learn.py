# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Fold a look at AWS into what is remembered: who holds it, and who changed that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from .._definition.model import FloatingIp
from .cells import Holding, Look, standing_of
from .context import EXTERNAL, MONITOR, OPERATOR, SEEN, Context, Intent, MoveRecord
from .health import Answer, Health, health_of, is_proven_up
from .history import changes, recorded
from .interrupted import is_interrupted
from .lag import STALE_READS, may_be_stale
from .looks import LOOK_VALID
from .moves import unproven, with_holder
from .observe import observe
from .split import remembered


@dataclass(frozen=True)
class Notice:
    """Something that the look showed and that was not so before: one event, one log line."""

    kind: str  # external, reversed, completed, abandoned, holding
    sentence: str
    target: Optional[str] = None
    alarm: bool = False


def learn(
    context: Context, definition: FloatingIp, look: Look, now: float, time: str = ""
) -> tuple[Context, tuple[Notice, ...]]:
    """Fold a look in. One that failed tells nothing; any other is an answer from outside as well.

    It answers as it ends, now: it may have been tried again and again since it began. One that may
    be older than our last move is no more than that answer: `due` asks for another.
    `time` is the wall clock, for the records that people read.
    """
    if look.error is not None:
        return context, ()
    context = observe(context, (), (Answer("EC2", now),), definition, now)
    holding, holder = standing_of(look)
    if holding is Holding.UNREADABLE or may_be_stale(context, look):
        return context, ()
    context = remembered(context, look)
    if holder is None:
        return _not_held(context, holding)
    return _held(context, definition, holder, now, time)


def _not_held(context: Context, holding: Holding) -> tuple[Context, tuple[Notice, ...]]:
    if context.holding == holding.value:
        return context, ()
    sentences = {
        Holding.SPLIT: "the cells disagree about who holds it",
        Holding.ABSENT: "nobody holds it any more",
        Holding.FOREIGN: "an interface that is no target holds it",
    }
    notice = Notice("holding", sentences[holding], alarm=True)
    return replace(context, holding=holding.value), (notice,)


def _held(
    context: Context, definition: FloatingIp, holder: str, now: float, time: str
) -> tuple[Context, tuple[Notice, ...]]:
    intent, before = context.intent, context.holder
    if intent is not None and intent.to == holder:
        return _as_intended(context, intent, holder, now, time)
    if before is not None and before != holder:
        return _adopted(context, definition, before, holder, now, time)
    was_held = context.holding in ("", Holding.HELD.value)
    context = with_holder(context, holder, now)
    if intent is not None and is_hopeless(context, definition, intent, now):
        return _abandoned(context, intent, holder)
    return context, () if was_held else (Notice("holding", f"{holder} holds it again", holder),)


def _as_intended(
    context: Context, intent: Intent, holder: str, now: float, time: str
) -> tuple[Context, tuple[Notice, ...]]:
    """The address is where the intent wants it. One that nobody ended any more ends here."""
    changed = context.holder != holder
    ordered = is_ordered_since(context, intent, now)
    context = with_holder(context, holder, now)
    if ordered and not changed:
        context = unproven(context, now)
    if not is_interrupted(intent, now):
        return context, ()
    context = replace(context, intent=replace(intent, moving=False))
    if changed:
        context = recorded(context, record_of(intent, intent.origin, now, time))
    return context, (Notice("completed", f"{holder} holds it, as intended", holder),)


def is_ordered_since(context: Context, intent: Intent, now: float) -> bool:
    """Whether an operator gave it to the holder after it became that, as far as is known here.

    Our own move may have taken part of it away meanwhile: the holder gets time to start again.
    """
    since = context.holder_since
    return intent.source == OPERATOR and since is not None and since < intent.started_at <= now


def record_of(intent: Intent, origin: Optional[str], now: float, time: str) -> MoveRecord:
    return MoveRecord(
        now, time, origin, intent.to, intent.source, intent.reason, SEEN, cause=intent.cause
    )


def _adopted(
    context: Context, definition: FloatingIp, before: str, holder: str, now: float, time: str
) -> tuple[Context, tuple[Notice, ...]]:
    """Someone else moved it to another target: that is the intent now, and never reverted."""
    epoch = context.intent.epoch + 1 if context.intent else 1
    intent = Intent(
        holder, epoch, False, EXTERNAL, time, f"moved from {before} by another party", cause=SEEN
    )
    reversal = is_reversal(context, definition, before, holder, now)
    record = replace(record_of(intent, before, now, time), reversal=reversal)
    context = recorded(with_holder(context, holder, now), record)
    context = replace(context, intent=intent)
    if reversal:
        words = f"our move to {before}, which is up, was reversed: {holder} holds it again"
        return context, (Notice("reversed", words, holder, alarm=True),)
    return context, (Notice("external", f"another party moved it to {holder}", holder),)


def is_reversal(
    context: Context, definition: FloatingIp, before: str, holder: str, now: float
) -> bool:
    """Whether this takes back what our last move gave, from a target that was up all the while.

    One that is down, or fails, or was not seen for a time, explains the change: then it is a
    failover that another observer made, maybe before we knew of its reason.
    """
    moves = changes(context.moves)
    if not moves or moves[-1].source != MONITOR:
        return False
    back = (moves[-1].to, moves[-1].origin) == (before, holder)
    return back and _was_up(context, definition, moves[-1], now)


def _was_up(context: Context, definition: FloatingIp, move: MoveRecord, now: float) -> bool:
    """Without a failed probe or a gap since our move, or since the last look that showed it there.

    Looks since that one may have shown the change already, and were not believed: see lag.py. An
    observer that was stopped for a while cannot tell what happened meanwhile, even to itself.
    """
    run = context.run_of(move.to)
    if run.first_at is None or run.length <= 0 or run.pending:
        return False
    since = max(run.first_at, context.woken_at or run.first_at)
    looked = definition.policy.reconcile_interval + STALE_READS + LOOK_VALID
    unbroken = since <= move.at or now - since >= looked
    return unbroken and health_of(run, definition.probe, now) is Health.UP


def is_hopeless(context: Context, definition: FloatingIp, intent: Intent, now: float) -> bool:
    """Whether the intent is to be forgotten, as the address never left the holder.

    One that has ended is, one under way is not. One that was interrupted may be finished only
    while its target is proven up, and gets `settle` to prove it.
    """
    if not is_interrupted(intent, now):
        return not intent.moving
    run = context.run_of(intent.to)
    if is_proven_up(run, definition.probe, now):
        return False
    since = context.holder_since
    waited = since is not None and now - since >= definition.policy.settle
    return waited or health_of(run, definition.probe, now) is Health.DOWN


def _abandoned(context: Context, intent: Intent, holder: str) -> tuple[Context, tuple[Notice, ...]]:
    was_moving = intent.moving
    context = replace(context, intent=replace(intent, to=holder, moving=False, cause=""))
    words = f"the interrupted move to {intent.to} is given up: {holder} still holds it"
    return context, (Notice("abandoned", words, holder),) if was_moving else ()
