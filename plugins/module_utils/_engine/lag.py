# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""May a look be older than our own last move? AWS is eventually consistent.

A look that shows the state before a move that was just read back is a stale answer far more often
than another party's doing. So it is not believed for a while, and a true reversal is noticed later
by as much.
"""

from __future__ import annotations

from .cells import Holding, Look, standing_of
from .context import EXTERNAL, OPERATOR, Context, MoveRecord
from .history import last_move

STALE_READS = 5.0  # seconds after a write for which reads may show the state before it


def may_be_stale(context: Context, look: Look) -> bool:
    """Whether the look began soon after our last move and shows exactly where that came from."""
    made = last_move(context)
    if made is None or made.source == EXTERNAL or made.origin == made.to:
        return False
    if look.error is not None or look.at >= made.at + STALE_READS:
        return False
    before = (Holding.ABSENT, None) if made.origin is None else (Holding.HELD, made.origin)
    is_before = context.holder == made.to and standing_of(look) == before
    return is_before and not is_ordered_back(context, made, look)


def is_ordered_back(context: Context, made: MoveRecord, look: Look) -> bool:
    """Whether an operator has wanted it back there since: then the look shows what they did.

    Were it not believed, a holder that fails soon after that would have to prove itself first.
    """
    intent = context.intent
    if intent is None or intent.source != OPERATOR or intent.to != made.origin:
        return False
    return made.at <= intent.started_at <= look.at
