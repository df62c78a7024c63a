# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""When must AWS be looked at before anything can be decided?"""

from __future__ import annotations

from typing import Optional

from .cells import Look
from .health import Answer, Run, failing_since, is_proven_down, settle
from .judge import is_blackhole
from .lag import may_be_stale
from .view import Decision, Verdict, View

LOOK_VALID = 2.0  # seconds for which a look may be acted on
FIRST_LOOK = "AWS has not been looked at yet"


def is_fresh(look: Optional[Look], now: float) -> bool:
    return look is not None and now - look.at <= LOOK_VALID


def fresh_first(view: View, decision: Decision) -> Decision:
    """The decision itself, or a look first if it would write by a look that is too old."""
    writes = decision.verdict in (Verdict.MOVE, Verdict.REPAIR)
    if writes and not is_fresh(view.look, view.now):
        return Decision(Verdict.LOOK, f"look again first: {decision.reason}")
    return decision


def due(view: View) -> Optional[str]:
    """Why a look is due, as a sentence; None while the last one will do."""
    look = view.look
    if look is None:
        return FIRST_LOOK
    fresh = is_fresh(look, view.now)
    if look.error is not None:
        return None if fresh else f"the last look failed: {look.error}"
    if may_be_stale(view.context, look) and not fresh:
        return "the last look may be older than our last move"
    if view.now - look.at >= view.definition.policy.reconcile_interval:
        return "the reconcile interval is over"
    if view.holder is None:
        return None
    return _due_to_holder(view, look, view.holder, fresh)


def _due_to_holder(view: View, look: Look, holder: str, fresh: bool) -> Optional[str]:
    run = view.run_of(holder)
    since = failing_since(run)
    if since is not None and look.at < since:
        return f"a probe of {holder} failed"
    if awaits_answer(view, run, look):
        return f"nothing tells yet whether {holder} or the path to it is down"
    if is_blackhole(look, holder) and view.is_up(holder) and not fresh:
        return f"{holder} passes its probe though AWS calls it a blackhole"
    return None


def awaits_answer(view: View, run: Run, look: Look) -> bool:
    """Whether an answer, as a look is one, would now prove the target down by its timeouts."""
    probe, now = view.definition.probe, view.now
    if not run.pending or is_proven_down(run, probe, now):
        return False
    if max(timeout.started for timeout in run.pending) <= look.at:
        return False
    return is_proven_down(settle(run, (Answer("a look", now),), probe, now), probe, now)
