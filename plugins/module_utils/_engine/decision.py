# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Decide: one pure answer to "what now?", from what was seen and what is remembered.

Ask after every round of probes and after every look, and never while a move of one's own is under
way. A decision that would write asks for a look first where the last one is older than two seconds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from . import failback, looks, split
from .candidate import best, is_drained, is_eligible
from .cells import Holding, writable
from .context import OPERATOR
from .gate import blocked_because, breaker_trouble, give_to_best
from .history import is_failure_recent
from .interrupted import is_under_way, resume
from .judge import is_blackhole, is_holder_down
from .lag import may_be_stale
from .memory import merge, restore
from .moves import finished, started
from .standing import hold_standing, strangers, unknown
from .turn import may_move
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
        or not_shown_yet(view)
        or resume(view)
        or held_by_a_stranger(view)
        or held_by_nobody(view)
        or holder_drained(view)
        or holder_down(view)
        or cells_astray(view)
        or failback_due(view)
        or hold_standing(view)
    )
    return looks.fresh_first(view, known_first(view, decision))


def known_first(view: View, decision: Decision) -> Decision:
    """The decision itself; no write while this host may be any of the targets.

    Another observer may be the one whose turn it is.
    """
    if view.observer.is_known or decision.verdict not in (Verdict.MOVE, Verdict.REPAIR):
        return decision
    return hold(f"{decision.reason}, but {unknown(view.observer)}", alarm=True)


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


def not_shown_yet(view: View) -> Optional[Decision]:
    """May the look be older than our last move? Nothing is written by such a one."""
    if view.look is None or not may_be_stale(view.context, view.look):
        return None
    return hold(f"AWS may not show the move to {view.context.holder} yet: it is looked at again")


def held_by_a_stranger(view: View) -> Optional[Decision]:
    """Does an interface that is no target hold it, alive? It is never overwritten."""
    if view.look is None or view.standing[0] is not Holding.FOREIGN or writable(view.look):
        return None
    return hold("; ".join(strangers(view.look)), alarm=True)


def held_by_nobody(view: View) -> Optional[Decision]:
    """Is it assigned to nobody, or to a stranger that is dead?"""
    words = {Holding.ABSENT: "nobody holds it", Holding.FOREIGN: "a dead stranger holds it"}
    why = words.get(view.standing[0])
    return give_to_best(view, why, leaving=None) if why else None


def holder_drained(view: View) -> Optional[Decision]:
    """Did an operator drain the holder? It counts as their move, and no breaker stops it."""
    holder = view.holder or _anchor(view)
    if holder is None or not is_drained(view, holder):
        return None
    to = best(view, other_than=holder)
    if to is None or not may_move(view, to):
        return None
    if is_failure_recent(view.context, view.definition.policy, view.now):
        return hold(f"{holder} is drained; the move failed and is tried again", alarm=True)
    return Decision(Verdict.MOVE, f"{holder} is drained: move to {to}", to=to, source=OPERATOR)


def holder_down(view: View) -> Optional[Decision]:
    """Is the holder down, or of a split the target that the cells converge to?"""
    holder = view.holder or _anchor(view)
    if holder is None or not is_holder_down(view, holder):
        return None
    is_dead_end = view.look is not None and is_blackhole(view.look, holder)
    why = "AWS calls it a blackhole" if is_dead_end else view.run_of(holder).reason
    return give_to_best(view, f"{holder} is down ({why})", leaving=holder)


def cells_astray(view: View) -> Optional[Decision]:
    """Do cells disagree? Point them back, if that is asked for, agreed on and still allowed."""
    if view.look is None or view.standing[0] is not Holding.SPLIT:
        return None
    to = split.anchor(view)
    if to is None or not is_eligible(view, to):
        return hold("the cells disagree, and no target that holds some is proven up", alarm=True)
    strays = split.strays(view.look, to)
    cells = split.repairable(view.context, strays, view.now)
    names = ", ".join(sorted({reading.cell.id for reading in strays}))
    if view.definition.policy.on_drift == "report":
        return hold(f"{names} should lead to {to}: on_drift is report", alarm=True)
    if not split.is_agreed(view):
        return hold(f"{names} should lead to {to}: repaired if the next look agrees", alarm=True)
    if not cells:
        return hold(f"{names} left {to} after three repairs: find out who fights", alarm=True)
    blocked = blocked_because(view, to, "repair") or breaker_trouble(view, "repair")
    reason = f"point {names} back at {to}"
    return alarming(blocked) or Decision(Verdict.REPAIR, reason, to=to, cells=cells, alarm=True)


def alarming(decided: Optional[Decision]) -> Optional[Decision]:
    """The decision with an alarm: the cells disagree, whosever turn it is to mend that."""
    return None if decided is None else replace(decided, alarm=True)


def failback_due(view: View) -> Optional[Decision]:
    """Has a more preferred target been up long enough to go back to it?"""
    holder = view.holder
    if holder is None or view.definition.policy.failback != "auto" or not view.is_up(holder):
        return None
    to = failback.due(view, holder)
    if to is None:
        return None
    blocked = blocked_because(view, to, "failback") or breaker_trouble(view, "failback")
    return blocked or Decision(Verdict.MOVE, f"{to} is preferred and has stayed up", to=to)


def _anchor(view: View) -> Optional[str]:
    return split.anchor(view) if view.standing[0] is Holding.SPLIT else None
