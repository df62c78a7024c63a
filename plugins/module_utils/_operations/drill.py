# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Drill: give an address to another target and back, measured, and end where it began."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._engine.arithmetic import pacing
from .._engine.cells import Look, holder_of
from .drill_acts import Means, await_up, problems_of, undo
from .drill_judge import FAILBACK, FAILOVER, MOVE
from .order import Wish

_HEARD = 1.0  # seconds within which a meter has heard its word
_PATIENCE = 60.0  # seconds within which a monitor moves the address away from a stopped instance
_LISTEN = 0.5  # seconds between two looks for that


class Refused(Exception):
    """Nothing was begun. The text is one or more sentences."""


@dataclass(frozen=True)
class Times:
    """Seconds: measured before the first move, at the other target, and after the last move."""

    before: float = 2.0
    hold: float = 5.0
    after: float = 3.0


@dataclass
class Drill:
    """A drill under way; `run` collects it as `drill_story` describes."""

    definition: FloatingIp
    means: Means
    times: Times = Times()
    fault: str = MOVE
    was: str = ""
    to: str = ""
    instance: Optional[str] = None  # the holder's, where the fault stops it
    is_broken: bool = False
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
    fault = {} if drill.instance is None else {"fault": drill.fault, "instance": drill.instance}
    means.remember({"was": drill.was, **fault, "to": drill.to, "began": drill.began})
    with _restoring(drill):
        means.sleep(drill.times.before)
        if drill.instance is None:
            _leg(drill, FAILOVER, drill.to)
        else:
            _break(drill, drill.instance)
        means.sleep(drill.times.hold)
        _mend(drill)
        _leg(drill, FAILBACK, drill.was)
        means.sleep(drill.times.after)
    return _collected(drill)


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
    drill.instance = None if drill.fault == MOVE else _breakable(drill, to, looked, holder)
    drill.was, drill.to = holder, there.orders[0].to
    drill.holder, drill.cells = holder, len(looked.readings)


def _breakable(drill: Drill, to: Optional[str], looked: Look, holder: str) -> str:
    """The holder's instance, if this host may stop it and start it again."""
    if to is not None:
        raise Refused("Where the address goes by a fault is a monitor's choice: name no target.")
    place = looked.place_of(holder)
    if place is None or place.instance is None:
        raise Refused(f"AWS names no instance of {holder} that could be stopped.")
    problem = drill.means.forbidden(place.instance)
    if problem is not None:
        raise Refused(f"This host must be allowed to stop and start {place.instance}: {problem}")
    return place.instance


def _running(drill: Drill) -> dict[str, Any]:
    """What has to be undone."""
    fault = {"fault": drill.fault, "instance": drill.instance} if drill.is_broken else {}
    return {"was": drill.was, **fault}


def _begun(drill: Drill, name: str, to: str) -> dict[str, Any]:
    """A leg of which the meter has heard, as it is before anything was done."""
    began = drill.means.wall()
    drill.means.meter.tell(name)
    drill.marks.append({"word": name, "before": began, "after": began + _HEARD})
    leg: dict[str, Any] = {"name": name, "from": drill.holder, "to": to, "began": began}
    leg.update(ended=began, seconds=None, waited=0.0, holder=drill.holder, problem=None)
    drill.legs.append(leg)
    return leg


def _break(drill: Drill, instance: str) -> None:
    """Stop the holder's instance, and wait until a monitor has moved the address."""
    means, leg = drill.means, _begun(drill, FAILOVER, drill.to)
    means.say(f"{drill.was} is stopped: a monitor has to notice.")
    leg["broken"], drill.is_broken = means.wall(), True
    leg["problem"] = means.stop(instance)
    if leg["problem"] is None:
        drill.holder = leg["holder"] = _awaited(drill, means.wall() + _PATIENCE)
        if drill.holder in (drill.was, None):
            at = drill.holder or "no single target"
            leg["problem"] = f"No monitor moved it: AWS still shows {at} as the holder."
        else:
            drill.to = leg["to"] = drill.holder
    leg["ended"] = means.wall()


def _awaited(drill: Drill, end: float) -> Optional[str]:
    """The new holder, as soon as there is one; whoever it is when the time is over."""
    while True:
        holder = holder_of(drill.means.look())[1]
        if holder not in (drill.was, None) or drill.means.wall() >= end:
            return holder
        drill.means.sleep(_LISTEN)


def _mend(drill: Drill) -> None:
    """Start what was stopped, and wait until it could be the holder again."""
    if not drill.is_broken:
        return
    problem = await_up(drill.means, _running(drill))
    if problem is not None:
        drill.problems.append(problem)
    drill.is_broken = problem is not None


def _leg(drill: Drill, name: str, to: str) -> None:
    """One move, and what came of it: one that fails is a problem, and no exception."""
    means, leg = drill.means, _begun(drill, name, to)
    means.say(f"The address goes to {to}.")
    prepared = means.prepare(Wish(to=to))
    if prepared.problems:
        leg["problem"] = " ".join(prepared.problems)
    else:
        moved = means.move(prepared)
        leg["seconds"] = round(moved.seconds, 3)
        leg["waited"] = pacing(drill.definition.mechanism, len(moved.outcomes))
        leg["problem"] = " ".join(problems_of(moved, to)) or None
        leg["holder"] = drill.holder = moved.holder
    leg["ended"] = means.wall()


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
            problem = undo(drill.means, _running(drill))
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
            "fault": drill.fault,
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
