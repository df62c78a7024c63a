# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Decide: one pure answer to "what now?", from what was seen and what is remembered.

Ask after every round of probes and after every look, and never while a move of one's own is under
way. A decision that would write asks for a look first where the last one is older than two seconds.
"""

from __future__ import annotations

from typing import Optional

from . import breaker, failback, looks, split
from .candidate import best, may_move
from .cells import Holding, writable
from .context import OPERATOR
from .history import cooldown_left
from .interrupted import is_under_way, resume
from .judge import is_awaited, is_blackhole, is_holder_down
from .memory import merge, restore
from .moves import finished, started
from .standing import hold_standing, state, strangers
from .view import Decision, Observer, Verdict, View, hold

__all__ = [
    "Decision", "Observer", "Verdict", "View",
    "decide", "finished", "merge", "restore", "started",
]  # fmt: skip


def decide(view: View) -> Decision:
    """The first of these questions that has an answer decides; if none has, all is well."""
    decision = (
        paused(view)
        or store_lost(view)
        or moved_by_another(view)
        or look_due(view)
        or unreadable(view)
        or resume(view)
        or held_by_a_stranger(view)
        or held_by_nobody(view)
        or holder_drained(view)
        or holder_down(view)
        or cells_astray(view)
        or failback_due(view)
        or hold_standing(view)
    )
    return looks.fresh_first(view, decision)


def paused(view: View) -> Optional[Decision]:
    """Is it paused? Then no automatic write at all."""
    if view.pause is None:
        return None
    return hold(f"paused by {view.pause.by} since {view.pause.time}: {view.pause.reason}")


def store_lost(view: View) -> Optional[Decision]:
    """Is a store that observers share unreadable? Then another of them may be acting."""
    if view.observer.store_ok or view.definition.store.kind == "file":
        return None
    return hold("the shared store cannot be read, so nothing is moved: mend it", alarm=True)


def moved_by_another(view: View) -> Optional[Decision]:
    """Is somebody else moving it now?"""
    intent = view.context.intent
    if intent is None or not is_under_way(intent, view.now):
        return None
    return hold(f"a move to {intent.to} by the {intent.source} is under way")


def look_due(view: View) -> Optional[Decision]:
    """Must AWS be looked at before anything can be said?"""
    reason = looks.due(view)
    return Decision(Verdict.LOOK, reason) if reason else None


def unreadable(view: View) -> Optional[Decision]:
    """Does nothing tell who holds it? Then nothing is moved."""
    if view.look is None or view.standing[0] is not Holding.UNREADABLE:
        return None
    error = view.look.error or "; ".join(
        (*(r.error for r in view.look.readings if r.error), *view.look.findings)
    )
    return hold(f"who holds it cannot be read: {error or 'there is no cell'}", alarm=True)


def held_by_a_stranger(view: View) -> Optional[Decision]:
    """Does an interface that is no target hold it, alive? It is never overwritten."""
    if view.look is None or view.standing[0] is not Holding.FOREIGN or writable(view.look):
        return None
    return hold("; ".join(strangers(view.look)), alarm=True)


def held_by_nobody(view: View) -> Optional[Decision]:
    """Is it assigned to nobody, or to a stranger that is dead?"""
    words = {Holding.ABSENT: "nobody holds it", Holding.FOREIGN: "a dead stranger holds it"}
    why = words.get(view.standing[0])
    return _give_to_best(view, why, leaving=None) if why else None


def holder_drained(view: View) -> Optional[Decision]:
    """Did an operator drain the holder? It counts as their move, and no breaker stops it."""
    holder = view.holder or _anchor(view)
    if holder is None or holder not in view.context.drained:
        return None
    to = best(view, other_than=holder)
    if to is None or not may_move(view, to):
        return None
    return Decision(Verdict.MOVE, f"{holder} is drained: move to {to}", to=to, source=OPERATOR)


def holder_down(view: View) -> Optional[Decision]:
    """Is the holder down, or of a split the target that the cells converge to?"""
    holder = view.holder or _anchor(view)
    if holder is None or not is_holder_down(view, holder):
        return None
    blackhole = view.look is not None and is_blackhole(view.look, holder)
    why = view.run_of(holder).reason or state(view, holder)
    if blackhole:
        why = "AWS calls it a blackhole"
    return _give_to_best(view, f"{holder} is down ({why})", leaving=holder)


def cells_astray(view: View) -> Optional[Decision]:
    """Do cells disagree? Point them back, if that is asked for, agreed on and still allowed."""
    if view.look is None or view.standing[0] is not Holding.SPLIT:
        return None
    to = split.anchor(view)
    if to is None or not view.is_up(to) or to in view.context.drained:
        return hold("the cells disagree, and no target that holds some is proven up", alarm=True)
    strays = split.strays(view.look, to)
    names = ", ".join(sorted({reading.cell.id for reading in strays}))
    if view.definition.policy.on_drift == "report":
        return hold(f"{names} should lead to {to}: on_drift is report", alarm=True)
    if not split.is_agreed(view):
        return hold(f"{names} should lead to {to}: repaired if the next look agrees", alarm=True)
    cells = split.repairable(view.context, strays, view.now)
    if not cells:
        return hold(
            f"{names} did not stay at {to} after three repairs: find out who fights", alarm=True
        )
    blocked = _blocked(view, to, "repair") or _open_breaker(view, "repair")
    return blocked or Decision(
        Verdict.REPAIR, f"point {names} back at {to}", to=to, cells=cells, alarm=True
    )


def failback_due(view: View) -> Optional[Decision]:
    """Has a more preferred target been up long enough to go back to it?"""
    holder = view.holder
    if holder is None or view.definition.policy.failback != "auto" or not view.is_up(holder):
        return None
    to = failback.due(view, holder)
    if to is None:
        return None
    blocked = _blocked(view, to, "failback") or _open_breaker(view, "failback")
    return blocked or Decision(Verdict.MOVE, f"{to} is preferred and has stayed up", to=to)


def _give_to_best(view: View, why: str, leaving: Optional[str]) -> Decision:
    """Move to the most preferred target that is proven up; by an open breaker only rarely."""
    to = best(view, other_than=leaving)
    if to is None:
        return hold(f"{why}, and no other target is proven up", alarm=True)
    blocked = _blocked(view, to, why)
    if blocked:
        return blocked
    trouble = breaker.open_because(view.context, view.definition.policy, view.now)
    if trouble:
        return _despite_breaker(view, why, trouble, leaving)
    return Decision(Verdict.MOVE, f"{why}: move to {to}", to=to)


def _despite_breaker(view: View, why: str, trouble: str, leaving: Optional[str]) -> Decision:
    """One move a window, to a target that has been up unbroken for `breaker_delay`."""
    policy = view.definition.policy
    steady = best(view, leaving, lambda name: breaker.unbroken(view, name) >= policy.breaker_delay)
    if steady is None or breaker.is_spent(view.context, policy, view.now):
        return hold(f"{why}, but {trouble}", alarm=True)
    return _blocked(view, steady, why) or Decision(
        Verdict.MOVE, f"{why}: move to {steady} although {trouble}", to=steady, alarm=True
    )


def _blocked(view: View, to: str, why: str) -> Optional[Decision]:
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


def _open_breaker(view: View, what: str) -> Optional[Decision]:
    trouble = breaker.open_because(view.context, view.definition.policy, view.now)
    return hold(f"no {what}: {trouble}", alarm=True) if trouble else None


def _anchor(view: View) -> Optional[str]:
    return split.anchor(view) if view.standing[0] is Holding.SPLIT else None
