# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What the recorded moves say: the last one, the cooldown, and which holder changes count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Optional

from .._definition.model import Policy
from .context import (
    ASSIGN,
    CONFLICT,
    FAILED,
    FRUITLESS,
    KEPT_MOVES,
    OPERATOR,
    UNVERIFIED,
    Context,
    MoveRecord,
)


def recorded(context: Context, record: MoveRecord) -> Context:
    """With one more move. Of failures in a row the last is kept, or they would oust the rest."""
    moves = context.moves
    if moves and moves[-1].result == record.result == FAILED:
        moves = moves[:-1]
    return replace(context, moves=(*moves, record)[-KEPT_MOVES:])


def last_move(context: Context) -> Optional[MoveRecord]:
    """The newest move that changed something."""
    return next((move for move in reversed(context.moves) if move.result not in FRUITLESS), None)


def cooldown_left(context: Context, policy: Policy, now: float) -> float:
    """Seconds until the monitor may write again after the newest move or attempt of anyone."""
    if not context.moves:
        return 0.0
    return max(0.0, context.moves[-1].at + policy.cooldown - now)


def is_failure_recent(context: Context, policy: Policy, now: float) -> bool:
    """Whether the newest attempt came to nothing, too short ago for another one of any kind."""
    if not context.moves or context.moves[-1].result not in FRUITLESS:
        return False
    return cooldown_left(context, policy, now) > 0


def changes(moves: Iterable[MoveRecord]) -> tuple[MoveRecord, ...]:
    """The moves that changed the holder: no repair, and no second go at the same target.

    An assignment of an absent address counts even if the same target had it before.
    """
    found: list[MoveRecord] = []
    holder: Optional[str] = None
    for move in moves:
        if move.result in FRUITLESS:
            continue
        before = move.origin if holder is None else holder
        if move.to != before or move.cause == ASSIGN:
            found.append(move)
        holder = move.to
    return tuple(found)


def counted(context: Context, policy: Policy, now: float) -> tuple[MoveRecord, ...]:
    """The holder changes in the window that no operator announced, since the last reset.

    And the moves that did not last until they were read: each was a change, and so was its undoing.
    """
    since = now - policy.max_moves_window
    if context.reset_at is not None:
        since = max(since, context.reset_at)
    found = {*changes(context.moves), *undone(context.moves)}
    return tuple(
        move
        for move in context.moves
        if move in found and move.at > since and move.source != OPERATOR
    )


def undone(moves: Sequence[MoveRecord]) -> tuple[MoveRecord, ...]:
    """The moves that AWS acknowledged and that someone else undid, as far as reads can tell.

    One that no read has shown may be late. If the next one to the same target is not seen either,
    the one before was not: somebody undoes them.
    """
    made = [move for move in moves if move.result != FAILED]
    again = (
        later
        for earlier, later in zip(made, made[1:])
        if later.to == earlier.to
        and later.result == UNVERIFIED
        and earlier.result in (UNVERIFIED, CONFLICT)
    )
    return (*(move for move in made if move.result == CONFLICT), *again)
