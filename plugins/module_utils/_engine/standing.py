# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""How things stand, as the sentence that a decision to hold carries."""

from __future__ import annotations

from collections.abc import Iterator

from .candidate import is_drained, is_eligible, preferred_over
from .cells import Look
from .failback import is_ordered
from .health import Health
from .judge import is_blackhole, is_trusted
from .view import Decision, Observer, View, hold


def hold_standing(view: View) -> Decision:
    """Nothing is to be done: say who holds the address and who could take it."""
    troubles = tuple(troubles_of(view))
    is_down = view.holder is not None and view.health_of(view.holder) is Health.DOWN
    return hold("; ".join((*facts(view), *troubles)), alarm=is_down or bool(troubles))


def facts(view: View) -> Iterator[str]:
    holder = view.holder
    if holder is None:
        return
    yield f"{holder} holds it and {state(view, holder)}{reservation(view, holder)}"
    for target in view.definition.targets:
        if target.name != holder:
            yield f"{target.name} {readiness(view, target.name)}"
    if holder in view.context.drained:
        yield f"{holder} is drained, and no other target is ready"
    if not view.observer.is_known and not view.observer.problem:
        yield unknown(view.observer)


def state(view: View, target: str) -> str:
    words = {Health.UP: "is up", Health.DOWN: "is down", Health.UNKNOWN: "is not judged yet"}
    return words[view.health_of(target)]


def reservation(view: View, holder: str) -> str:
    """Why the failures of a holder that is down do not count yet: see judge.py."""
    policy, since = view.definition.policy, view.context.holder_since
    is_down = view.health_of(holder) is Health.DOWN
    if not is_down or is_trusted(view.context, view.run_of(holder), policy, view.now):
        return ""
    left = policy.settle if since is None else since + policy.settle - view.now
    return (
        ", but it has not been seen up since it became the holder or the monitor started: "
        f"its failures count in {max(0.0, left):.0f} s"
    )


def readiness(view: View, target: str) -> str:
    """What stands between a target and the address."""
    if is_drained(view, target):
        return "is drained"
    if not is_eligible(view, target):
        return state(view, target) if not view.is_up(target) else "has no interface"
    holder = view.holder
    if holder is not None and target in preferred_over(view, holder):
        if is_ordered(view.context, holder):
            return f"is ready and preferred; an operator moved it to {holder}"
        return f"is ready and preferred; failback is {view.definition.policy.failback}"
    return "is ready"


def troubles_of(view: View) -> Iterator[str]:
    """What a person should know although nothing is to be done about it by the monitor."""
    look, holder = view.look, view.holder
    if look is None:
        return
    if holder is not None and is_blackhole(look, holder):
        yield f"AWS calls {holder} a blackhole though its probe passes: look at its instance"
    if view.observer.problem and not view.observer.is_known:
        yield unknown(view.observer)
    yield from strangers(look)
    yield from (reading.error for reading in look.readings if reading.error is not None)


def unknown(observer: Observer) -> str:
    """That this host may be any of the targets or none, so that it writes nothing, and why."""
    why = f": {observer.problem.rstrip('.')}" if observer.problem else ""
    return f"it is not known yet which target this host is, so nothing is moved{why}"


def strangers(look: Look) -> Iterator[str]:
    """The cells that a stranger holds: reported, never overwritten."""
    for reading in look.kept:
        cell = reading.cell
        yield f"{cell.id} leads {cell.address} to {reading.points_at}, which is no target"
