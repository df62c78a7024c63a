# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Is the holder down? Its own failures must count first, and AWS may know better."""

from __future__ import annotations

from .._definition.model import Policy
from .cells import Look
from .context import FRUITLESS, MONITOR, Context
from .health import Run, is_proven_down
from .view import View


def is_trusted(context: Context, run: Run, policy: Policy, now: float) -> bool:
    """Whether the holder's failures count.

    After a holder change, a cold start or a lost context they do only once a probe that started
    after that moment has passed, or when `settle` is over: a service may need time to start.
    """
    since = context.holder_since
    if since is None:
        return False
    passed = run.passed_at is not None and run.passed_at > since
    return passed or now - since >= policy.settle


def is_blackhole(look: Look, holder: str) -> bool:
    """Whether AWS says that what the holder's cells lead to is stopped or detached."""
    return any(
        reading.blackhole and look.target_at(reading.points_at) == holder
        for reading in look.readings
    )


def is_holder_down(view: View, holder: str) -> bool:
    """A blackhole needs no failed probes, only the want of passing ones; probes must be trusted."""
    if view.look is not None and is_blackhole(view.look, holder) and not view.is_up(holder):
        return True
    run = view.run_of(holder)
    down = is_proven_down(run, view.definition.probe, view.now)
    return down and is_trusted(view.context, run, view.definition.policy, view.now)


def is_awaited(context: Context) -> bool:
    """Whether another party reversed what we had just moved, to a target not seen up since.

    Until it is we do not act: that party may see what we cannot. What it took from a target that
    was down, or while this host was, is a failover and no reversal: then `settle` is enough.
    """
    made = [move for move in context.moves if move.result not in FRUITLESS][-2:]
    if len(made) < 2 or context.holder_seen_up:
        return False
    ours, theirs = made
    is_reset = context.reset_at is not None and context.reset_at >= theirs.at
    return ours.source == MONITOR and theirs.reversal and not is_reset
