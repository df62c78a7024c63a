# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A move that was begun and not ended: killed at any instant, or some cells failed."""

from __future__ import annotations

from typing import Optional

from .candidate import best, is_eligible
from .cells import Holding
from .context import MONITOR, Intent
from .history import cooldown_left
from .split import most_cells, repairable, strays
from .turn import is_left_alone, may_move
from .view import Decision, Verdict, View, hold


def is_under_way(intent: Optional[Intent], now: float) -> bool:
    """Whether another party is moving it right now: its marker lives.

    The monitor decides only between its own moves, so a marker of its own is one that it left
    when it was killed, and binds nobody.
    """
    if intent is None or not intent.moving:
        return False
    return intent.source != MONITOR and now < intent.marker_until


def is_interrupted(intent: Optional[Intent], now: float) -> bool:
    return intent is not None and intent.moving and not is_under_way(intent, now)


def resume(view: View) -> Optional[Decision]:
    """Finish an interrupted move if its target is proven up now; else choose afresh."""
    intent, look = view.context.intent, view.look
    if intent is None or look is None or not is_interrupted(intent, view.now):
        return None
    if not repairable(view.context, strays(look, intent.to), view.now):
        return None
    if is_left_alone(view, intent.to):
        return None
    if is_eligible(view, intent.to):
        return _again(view, intent, intent.to)
    if view.standing[0] is not Holding.SPLIT:
        return None
    return _afresh(view, intent)


def _afresh(view: View, intent: Intent) -> Decision:
    """The cells disagree and the intent's target is not up: the one of most cells, or the best."""
    most = most_cells(view)
    to = most if most is not None and is_eligible(view, most) else best(view)
    if to is None:
        return hold(
            f"the move to {intent.to} was interrupted and no target is proven up: left as it is",
            alarm=True,
        )
    return _again(view, intent, to)


def _again(view: View, intent: Intent, to: str) -> Decision:
    if not may_move(view, to):
        return hold(f"the interrupted move to {to} is left to the observer on {to}")
    if retry_wait(view, intent) > 0:
        return hold(f"the rest of the move to {to} is tried again after a cooldown", alarm=True)
    words = f"the move to {intent.to} was interrupted: on to {to}"
    return Decision(
        Verdict.MOVE, words, to=to, source=intent.source if to == intent.to else MONITOR
    )


def retry_wait(view: View, intent: Intent) -> float:
    """Seconds to wait: none after a kill; the cooldown after an attempt that ended."""
    context = view.context
    ended = bool(context.moves) and context.moves[-1].at >= intent.started_at
    return cooldown_left(context, view.definition.policy, view.now) if ended else 0.0
