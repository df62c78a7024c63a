# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Drill: give an address to another target and back, measured, and end where it began."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Optional, Protocol

from .._definition.model import FloatingIp
from .._engine.arithmetic import pacing
from .._engine.cells import Look, holder_of
from .drill_judge import FAILBACK, FAILOVER, MOVE
from .move import Moved
from .order import Prepared, Wish

_HEARD = 1.0  # seconds within which a meter has heard its word


class Meter(Protocol):
    """What measures meanwhile; see `metering.py`."""

    def begin(self) -> None: ...
    def tell(self, word: str) -> None: ...
    def finish(self) -> list[dict[str, Any]]: ...


class Refused(Exception):
    """Nothing was begun. The text is one or more sentences."""


@dataclass(frozen=True)
class Times:
    """Seconds: measured before the first move, at the other target, and after the last move."""

    before: float = 2.0
    hold: float = 5.0
    after: float = 3.0


@dataclass(frozen=True)
class Means:
    """What a drill acts by; tests hand in others.

    `prepare` looks, probes what the wish may lead to, and says what forbids it, the drains too;
    `move` carries out what was prepared; `say` tells of a step; `remember` keeps what a drill under
    way has to restore.
    """

    look: Callable[[], Look]
    prepare: Callable[[Wish], Prepared]
    move: Callable[[Prepared], Moved]
    meter: Meter
    say: Callable[..., None]
    remember: Callable[[Optional[dict[str, Any]]], None]
    wall: Callable[[], float]
    sleep: Callable[[float], None]
    shielded: Callable[[], Any]  # a context manager: no signal interrupts what is in it


@dataclass
class Drill:
    """A drill under way; `run` collects it as `drill_story` describes."""

    definition: FloatingIp
    means: Means
    times: Times = Times()
    was: str = ""
    to: str = ""
    cells: int = 0
    began: float = 0.0
    holder: Optional[str] = None
    legs: list[dict[str, Any]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    is_interrupted: bool = False


def run(drill: Drill, to: Optional[str] = None) -> dict[str, Any]:
    """The collected drill, but its events. Raises Refused, before anything has changed.

    Interrupted by Ctrl-C, it puts the address back all the same, and tells how far it came.
    """
    means = drill.means
    _plan(drill, to)
    means.meter.begin()
    drill.began = means.wall()
    means.say(f"The drill began: {drill.was} holds the address.", holder=drill.was)
    means.remember({"was": drill.was, "to": drill.to, "began": drill.began})
    with _restoring(drill):
        means.sleep(drill.times.before)
        _leg(drill, FAILOVER, drill.to)
        means.sleep(drill.times.hold)
        _leg(drill, FAILBACK, drill.was)
        means.sleep(drill.times.after)
    return _collected(drill)


def put_back(means: Means, was: str) -> Optional[str]:
    """Give the address to the target that held it, if it is not there; a sentence if that fails."""
    holder = holder_of(means.look())[1]
    if holder == was:
        means.remember(None)
        return None
    means.say(f"The address goes back to {was}.")
    prepared = means.prepare(Wish(to=was))
    problems = prepared.problems or _problems(means.move(prepared), was)
    if not problems:
        means.remember(None)
        return None
    return f"It was not put back to {was}. {' '.join(problems)}"


def _plan(drill: Drill, to: Optional[str]) -> None:
    """Choose the other target, if both may hold the address now."""
    name = drill.definition.name
    looked = drill.means.look()
    holding, holder = holder_of(looked)
    if holder is None:
        why = looked.error or f"it is {holding.value}; repair that first."
        raise Refused(f"Floating IP {name} has no holder to come back to: {why}")
    if to == holder:
        raise Refused(f"{holder} holds {name} already: name another target, or none.")
    there, back = drill.means.prepare(Wish(to=to)), drill.means.prepare(Wish(to=holder))
    problems = tuple(dict.fromkeys((*there.problems, *back.problems)))
    if problems:
        raise Refused("\n".join(problems))
    drill.was, drill.to = holder, there.orders[0].to
    drill.holder, drill.cells = holder, len(looked.readings)


def _leg(drill: Drill, name: str, to: str) -> None:
    """One move, and what came of it: one that fails is a problem, and no exception."""
    means, began = drill.means, drill.means.wall()
    means.meter.tell(name)
    drill.marks.append({"word": name, "before": began, "after": began + _HEARD})
    means.say(f"The address goes to {to}.")
    leg: dict[str, Any] = {"name": name, "from": drill.holder, "to": to, "began": began}
    leg.update(ended=began, seconds=None, waited=0.0, holder=drill.holder, problem=None)
    drill.legs.append(leg)
    prepared = means.prepare(Wish(to=to))
    if prepared.problems:
        leg["problem"] = " ".join(prepared.problems)
    else:
        moved = means.move(prepared)
        leg["seconds"] = round(moved.seconds, 3)
        leg["waited"] = pacing(drill.definition.mechanism, len(moved.outcomes))
        leg["problem"] = " ".join(_problems(moved, to)) or None
        leg["holder"] = drill.holder = moved.holder
    leg["ended"] = means.wall()


def _problems(moved: Moved, to: str) -> tuple[str, ...]:
    found = tuple(f"{one.cell.id}: {one.error}" for one in moved.outcomes if one.error)
    if found or moved.holder == to:
        return found
    return (f"AWS shows {moved.holder or 'no single target'} as the holder.",)


@contextmanager
def _restoring(drill: Drill) -> Iterator[None]:
    """Whatever happens inside, the address ends where it was, as far as that is possible."""
    try:
        yield
    except KeyboardInterrupt:
        drill.is_interrupted = True
        drill.problems.append("The drill was interrupted.")
        drill.means.say("The drill was interrupted.")
    finally:
        with drill.means.shielded():
            problem = put_back(drill.means, drill.was)
            if problem is not None:
                drill.problems.append(problem)


def _collected(drill: Drill) -> dict[str, Any]:
    ended, definition = drill.means.wall(), drill.definition
    return {
        "plan": {
            "floating_ip": definition.name,
            "addresses": list(definition.addresses),
            "mechanism": definition.mechanism,
            "objective_seconds": definition.objective_seconds,
            "fault": MOVE,
            "unit": None,
            "was": drill.was,
            "to": drill.to,
            "cells": drill.cells,
        },
        "legs": drill.legs,
        "marks": drill.marks,
        "measurements": drill.means.meter.finish(),
        "events": [],
        "began": drill.began,
        "ended": ended,
        "holder": holder_of(drill.means.look())[1],
        "problems": drill.problems,
        "interrupted": drill.is_interrupted,
    }
