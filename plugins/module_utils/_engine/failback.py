# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""When may the address go back to a more preferred target?"""

from __future__ import annotations

from typing import Optional

from .._definition.model import Policy
from .breaker import unbroken
from .candidate import best, preferred_over
from .context import FAILBACK, OPERATOR, REQUEST, Context
from .history import changes
from .view import View

LONGEST_DELAY = 3600.0


def delay(context: Context, policy: Policy) -> float:
    """The unbroken health, in seconds, that a failback asks for now.

    It doubles, to an hour at most, each time a failback was followed by a failover within it, and
    starts again from `failback_delay` after a failback that held.
    """
    seconds = policy.failback_delay
    moves = changes(context.moves)
    for back, following in zip(moves, moves[1:]):
        if back.cause != FAILBACK:
            continue
        failed_again = following.source != OPERATOR and following.at - back.at <= seconds
        seconds = doubled(seconds) if failed_again else policy.failback_delay
    return seconds


def doubled(seconds: float) -> float:
    return max(seconds, min(2 * seconds, LONGEST_DELAY))


def is_ordered(context: Context, holder: str) -> bool:
    """Whether an operator wants it there: then it stays until it fails or is moved again."""
    moves = changes(context.moves)
    return is_intended(context, holder) or bool(
        moves
        and moves[-1].to == holder
        and (moves[-1].source, moves[-1].cause) == (OPERATOR, REQUEST)
    )


def is_intended(context: Context, holder: str) -> bool:
    """Whether the newest intent is that order. It may have found it there already."""
    intent = context.intent
    if intent is None or intent.to != holder:
        return False
    return (intent.source, intent.cause) == (OPERATOR, REQUEST)


def due(view: View, holder: str) -> Optional[str]:
    """The more preferred target that has been up long enough to take the address back."""
    if is_ordered(view.context, holder):
        return None
    wanted = preferred_over(view, holder)
    asked = delay(view.context, view.definition.policy)
    return best(view, also=lambda name: name in wanted and unbroken(view, name) >= asked)
