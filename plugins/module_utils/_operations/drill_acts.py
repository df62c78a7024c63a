# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a drill acts by, and how what it did is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional, Protocol

from .._engine.cells import Look, holder_of
from .drill_judge import STOP_INSTANCE
from .move import Moved
from .order import Prepared, Wish

PATIENCE = 240.0  # seconds until a stopped instance is started again, and up
_AGAIN = 2.0  # seconds between two tries: an instance that is stopping cannot be started yet


class Meter(Protocol):
    """What measures meanwhile; see `metering.py`."""

    def begin(self) -> None: ...
    def tell(self, word: str) -> None: ...
    def finish(self) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Means:
    """What a drill acts by; tests hand in others.

    `prepare` looks, probes what the wish may lead to, and says what forbids it, the drains too;
    `move` carries out what was prepared; `say` tells of a step; `remember` keeps what a drill under
    way has to restore. `start` and `stop` are for an instance, and `forbidden` says why this host
    may not do both; they return a sentence where they fail.
    """

    look: Callable[[], Look]
    prepare: Callable[[Wish], Prepared]
    move: Callable[[Prepared], Moved]
    meter: Meter
    say: Callable[..., None]
    remember: Callable[[Optional[dict[str, Any]]], None]
    start: Callable[[str], Optional[str]]
    stop: Callable[[str], Optional[str]]
    forbidden: Callable[[str], Optional[str]]
    wall: Callable[[], float]
    sleep: Callable[[float], None]
    shielded: Callable[[], Any]  # a context manager: no signal interrupts what is in it


def put_back(means: Means, was: str) -> Optional[str]:
    """Give the address to the target that held it, if it is not there; a sentence if that fails."""
    holder = holder_of(means.look())[1]
    if holder == was:
        means.remember(None)
        return None
    means.say(f"The address goes back to {was}.")
    prepared = means.prepare(Wish(to=was))
    problems = prepared.problems or problems_of(means.move(prepared), was)
    if not problems:
        means.remember(None)
        return None
    return f"It was not put back to {was}. {' '.join(problems)}"


def undo(means: Means, running: Mapping[str, Any], patience: float = PATIENCE) -> Optional[str]:
    """Repair what a drill broke, then put the address back; a sentence where that fails.

    `running` is what is remembered of it. Nothing is forgotten before it is repaired.
    """
    problem = await_up(means, running, patience) if _has_stopped(running) else None
    return problem or put_back(means, str(running["was"]))


def repair(means: Means, running: Mapping[str, Any]) -> Optional[str]:
    """Start the instance that a drill has stopped, if it has; a sentence where that fails."""
    if not _has_stopped(running):
        return None
    instance = str(running["instance"])
    problem = means.start(instance)
    if problem is not None:
        return f"{instance} was not started again: {problem}"
    means.say(f"{instance} is started again.")
    return None


def await_up(means: Means, running: Mapping[str, Any], patience: float = PATIENCE) -> Optional[str]:
    """Repair, and wait until the address could go back; a sentence where it was not repaired."""
    end = means.wall() + patience
    problem = repair(means, running)
    while problem or means.prepare(Wish(to=str(running["was"]))).problems:
        if means.wall() >= end:
            return problem
        means.sleep(_AGAIN)
        problem = repair(means, running) if problem else None
    return None


def _has_stopped(running: Mapping[str, Any]) -> bool:
    return running.get("fault") == STOP_INSTANCE and bool(running.get("instance"))


def problems_of(moved: Moved, to: str) -> tuple[str, ...]:
    found = tuple(f"{one.cell.id}: {one.error}" for one in moved.outcomes if one.error)
    if found or moved.holder == to:
        return found
    return (f"AWS shows {moved.holder or 'no single target'} as the holder.",)
