# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Whose turn it is to move the address, and for how long that one may let it be.

With a file store, observers on targets know nothing of each other. So each takes the address for
its own target, or gives it away when its own probe says that it is down, and no more; and it leaves
the address to the observer on the best target. That one may be stopped, paused or cut off, though
its target is up: the next one does not wait for it for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from .candidate import best, is_eligible, preferred_over
from .cells import Holding
from .health import failing_since
from .judge import is_holder_down
from .view import View

PATIENCE = 3  # reconcile intervals for which the observer whose turn it is may let things be


def may_move(view: View, to: str) -> bool:
    """Whether this observer is one that moves the address there."""
    own = view.observer.target
    if view.definition.store.kind != "file" or own is None or to == own:
        return True
    return view.holder == own and is_holder_down(view, own)


def taker(
    view: View, leaving: Optional[str] = None, also: Callable[[str], bool] = lambda name: True
) -> Optional[str]:
    """The best target other than that one that also passes the test.

    Or this host's own, once the observers on all better ones have let it be for too long: each of
    them has had its turn, one after the other.
    """
    to, own = best(view, leaving, also), view.observer.target
    if to is None or own is None or own == leaving or may_move(view, to):
        return to
    if not (is_eligible(view, own) and also(own)):
        return to
    better = [name for name in preferred_over(view, own) if name != leaving]
    turns = sum(is_eligible(view, name) and also(name) for name in better)
    return own if is_overdue(view, turns) else to


def is_left_alone(view: View, to: str) -> bool:
    """Whether the observer on that target, whose turn it is, has let it be for too long.

    It may know of another intent than ours, and wait for us: then what all see decides.
    """
    return not may_move(view, to) and is_overdue(view)


def is_overdue(view: View, turns: int = 1) -> bool:
    """Whether so many observers could have acted by now, since this one saw that it is needed."""
    since = wanting_since(view)
    patience = turns * PATIENCE * view.definition.policy.reconcile_interval
    return since is not None and view.now - since >= patience


def wanting_since(view: View) -> Optional[float]:
    """Since when the address has wanted another holder, or cells to be moved; None: it does not.

    Not before the marker of a move that was interrupted has expired: then it is someone's turn.
    """
    context = view.context
    if view.standing[0] is Holding.HELD:
        since = failing_since(view.run_of(str(view.holder)))
    else:
        since = None if context.unheld is None else context.unheld.at
    if since is None or context.intent is None or not context.intent.moving:
        return since
    return max(since, min(context.intent.marker_until, view.now))
