# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Cells that disagree: to whom they converge, and whether that may be done now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Optional

from .candidate import is_eligible
from .cells import Cell, Holding, Look, Reading, standing_of, writable
from .context import Attempt, Context, Unheld
from .turn import is_left_alone
from .view import View

REPAIRS_PER_HOUR = 3
HOUR = 3600.0


def remembered(context: Context, look: Look) -> Context:
    """Remember since when no target has held every cell, in just this way."""
    if standing_of(look)[0] is Holding.HELD:
        return replace(context, unheld=None)
    shape = shape_of(look)
    if context.unheld is not None and context.unheld.shape == shape:
        return context
    return replace(context, unheld=Unheld(look.at, shape))


def shape_of(look: Look) -> str:
    """A digest of where every cell that is ours to write points."""
    lines = sorted(f"{r.cell.id} {r.cell.address} {r.points_at}" for r in writable(look))
    return sha256("\n".join(lines).encode()).hexdigest()


def is_agreed(view: View) -> bool:
    """Whether two looks, a `reconcile_interval` apart, showed the same split."""
    unheld = view.context.unheld
    if unheld is None or view.look is None or unheld.shape != shape_of(view.look):
        return False
    return view.look.at - unheld.at >= view.definition.policy.reconcile_interval


def anchor(view: View) -> Optional[str]:
    """The target that the cells converge to: the intent's if proven up, else that of most cells."""
    intent = view.context.intent
    if intent is None or not is_eligible(view, intent.to) or is_left_alone(view, intent.to):
        return most_cells(view)
    return intent.to


def most_cells(view: View) -> Optional[str]:
    """The target that most cells point at; of equals, the more preferred one."""
    if view.look is None:
        return None
    held = Counter(view.look.target_at(reading.points_at) for reading in writable(view.look))
    names = [target.name for target in view.definition.targets if held[target.name]]
    return max(names, key=lambda name: held[name], default=None)


def strays(look: Look, to: str) -> tuple[Reading, ...]:
    """The cells that we may write and that do not point there."""
    return tuple(r for r in writable(look) if look.target_at(r.points_at) != to)


def repairable(context: Context, readings: Iterable[Reading], now: float) -> tuple[Cell, ...]:
    """The cells among them that have not had their three repairs of the hour."""
    since = context.reset_at
    tries = Counter(
        attempt.cell
        for attempt in recent(context.attempts, now)
        if since is None or attempt.at > since
    )
    return tuple(r.cell for r in readings if tries[r.cell] < REPAIRS_PER_HOUR)


def recent(attempts: Iterable[Attempt], now: float) -> tuple[Attempt, ...]:
    return tuple(attempt for attempt in attempts if now - attempt.at < HOUR)
