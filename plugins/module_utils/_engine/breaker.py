# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The breaker: too many holder changes, or a fight with another party, stop the monitor."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from .._definition.model import Policy
from .context import MONITOR, Context, MoveRecord
from .history import counted
from .view import View


def open_because(context: Context, policy: Policy, now: float) -> Optional[str]:
    """Why the breaker is open, as a sentence; None while it is closed."""
    moves = counted(context, policy, now)
    if is_conflict(moves):
        return "conflict: another party keeps moving it back; find out who moves it, then reset"
    if len(moves) >= policy.max_moves:
        return (
            f"it changed holder {len(moves)} times within {policy.max_moves_window:g} s, "
            f"max_moves is {policy.max_moves}; find out why, then reset"
        )
    return None


def is_conflict(moves: tuple[MoveRecord, ...]) -> bool:
    """Whether a reversal of one of our moves was itself reversed, by anyone."""
    return any(
        earlier.reversal and later.to == earlier.origin for earlier, later in zip(moves, moves[1:])
    )


def unbroken(view: View, target: str) -> float:
    """For how many seconds the target has been up without a single failed probe."""
    run = view.run_of(target)
    if not view.is_up(target) or run.first_at is None:
        return 0.0
    return view.now - run.first_at


def is_spent(context: Context, policy: Policy, now: float) -> bool:
    """Whether the one move that an open breaker allows in a window was made in this window."""
    return any(
        move.source == MONITOR and _was_open_at(context, policy, move)
        for move in counted(context, policy, now)
    )


def _was_open_at(context: Context, policy: Policy, move: MoveRecord) -> bool:
    before = context.moves[: context.moves.index(move)]
    return open_because(replace(context, moves=before), policy, move.at) is not None
