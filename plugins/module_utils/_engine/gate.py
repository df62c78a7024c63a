# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What an automatic write must pass, whatever it is for: cooldown, breaker, whose turn it is."""

from __future__ import annotations

from typing import Optional

from . import breaker
from .candidate import best
from .history import cooldown_left
from .judge import is_awaited
from .turn import may_move, taker
from .view import Decision, Verdict, View, hold


def give_to_best(view: View, why: str, leaving: Optional[str]) -> Decision:
    """Move to the most preferred target that is proven up; by an open breaker only rarely."""
    to = taker(view, leaving)
    if to is None:
        return hold(f"{why}, and no other target is proven up", alarm=True)
    blocked = blocked_because(view, to, why)
    if blocked:
        return blocked
    trouble = breaker.open_because(view.context, view.definition.policy, view.now)
    if trouble:
        return _despite_breaker(view, why, trouble, leaving)
    return Decision(Verdict.MOVE, f"{why}: move to {to}{_passed_over(view, leaving, to)}", to=to)


def _passed_over(view: View, leaving: Optional[str], to: str) -> str:
    """Whose turn it would have been; nothing where it is this target's own."""
    first = best(view, other_than=leaving)
    return "" if first == to else f", as the observer on {first} lets it be"


def _despite_breaker(view: View, why: str, trouble: str, leaving: Optional[str]) -> Decision:
    """One move a window, to a target that has been up unbroken for `breaker_delay`."""
    policy = view.definition.policy
    steady = taker(view, leaving, lambda name: breaker.unbroken(view, name) >= policy.breaker_delay)
    if steady is None or breaker.is_spent(view.context, policy, view.now):
        return hold(f"{why}, but {trouble}", alarm=True)
    return blocked_because(view, steady, why) or Decision(
        Verdict.MOVE, f"{why}: move to {steady} although {trouble}", to=steady, alarm=True
    )


def blocked_because(view: View, to: str, why: str) -> Optional[Decision]:
    """What keeps this observer from an automatic write now, whatever the write is for."""
    if is_awaited(view.context):
        return hold(
            f"{why}, but our last move was reversed and {view.context.holder} has not been seen up "
            "since: nothing is moved until it is, or until a reset",
            alarm=True,
        )
    if not may_move(view, to):
        return hold(f"{why}; the observer on {to} is the one to move it there")
    policy = view.definition.policy
    if cooldown_left(view.context, policy, view.now) > 0:
        return hold(f"{why}; the last move was less than {policy.cooldown:g} s ago")
    return None


def breaker_trouble(view: View, what: str) -> Optional[Decision]:
    trouble = breaker.open_because(view.context, view.definition.policy, view.now)
    return hold(f"no {what}: {trouble}", alarm=True) if trouble else None
