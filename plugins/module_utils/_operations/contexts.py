# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Contexts: what operators read and order on the hosts where monitors run. Files only, no AWS."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._engine.context import OPERATOR, REQUEST, Context, Pause
from .._engine.decision import restore, started
from .._engine.orders import drain, reset, undrain
from .._store.clock import boot_id, boottime, wall_time_iso
from .._store.drill import read_drills, reliable_of, write_drills
from .._store.file import FileStore
from .._store.pauses import UNREADABLE
from .._store.status import read_status

READ, PAUSED, RESUMED, DRAINED, UNDRAINED = "read", "paused", "resumed", "drained", "undrained"
RESET, ANNOUNCED, CONCLUDED, WITHDRAWN = "reset", "announced", "concluded", "withdrawn"
DRILLING, DRILLED = "drilling", "drilled"
STATES = (
    *(READ, PAUSED, RESUMED, DRAINED, UNDRAINED, RESET),
    *(ANNOUNCED, CONCLUDED, WITHDRAWN, DRILLING, DRILLED),
)

ALIVE = 30.0  # seconds: an older status was not written by a running monitor
SHOWN_MOVES = 10


@dataclass(frozen=True)
class Directive:
    """What an operator orders. `seconds`: for how long an announced move keeps monitors away."""

    state: str
    by: str = ""
    reason: str = ""
    target: Optional[str] = None
    destinations: Mapping[str, str] = field(default_factory=dict)  # by name of the floating IP
    seconds: float = 60.0
    drills: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by name, too


@dataclass(frozen=True)
class Seen:
    """All that is kept of one floating IP. `problem` is a sentence about the files."""

    name: str
    context: Context
    pause: Optional[Pause] = None
    status: Optional[Mapping[str, Any]] = None
    problem: Optional[str] = None
    drill: Optional[Mapping[str, Any]] = None  # what the last drill came to
    drilling: Optional[Mapping[str, Any]] = None  # what one that has not ended has to put back
    reliable_drill: Optional[Mapping[str, Any]] = None  # the last one whose figures count


def names_in(directory: str) -> tuple[str, ...]:
    """The floating IPs of which anything is kept there, sorted; none if it cannot be read."""
    try:
        files = os.listdir(directory)
    except OSError:
        return ()
    return tuple(sorted({file.partition(".")[0] for file in files if file.endswith(".json")}))


def see(directory: str, name: str) -> Seen:
    store = FileStore(directory)
    loaded = store.load(name)
    status = read_status(directory, name)
    drills = read_drills(directory, name)
    told = (drills["last"], drills["running"], drills["reliable"])
    return Seen(name, loaded.context, store.paused(name), status, loaded.problem, *told)


def foretell(seen: Seen, directive: Directive) -> Seen:
    """What it will be once the directive is carried out."""
    context = _ordered(seen.context, seen.name, directive)
    last, running = _drills(seen, directive)
    pause, reliable = _pause(seen.pause, directive), reliable_of(last, seen.reliable_drill)
    after = replace(seen, context=context, pause=pause)
    return replace(after, drill=last, drilling=running, reliable_drill=reliable)


def carry_out(directory: str, seen: Seen, directive: Directive) -> Seen:
    """Write what the directive changes. `problem` says what could not be written."""
    store, wanted, problem = FileStore(directory), foretell(seen, directive), None
    if wanted.pause is None and seen.pause is not None:
        problem = store.resume(seen.name)
    elif wanted.pause is not None and wanted.pause != seen.pause:
        problem = store.pause(seen.name, wanted.pause)
    elif (wanted.drill, wanted.drilling) != (seen.drill, seen.drilling):
        running, last = wanted.drilling, wanted.drill
        problem = write_drills(directory, seen.name, running=running, last=last)
    elif wanted.context != seen.context:
        updated = store.update(seen.name, lambda c: _ordered(c, seen.name, directive))
        wanted, problem = replace(wanted, context=updated.context), updated.problem
    if problem is None:
        return wanted
    return replace(see(directory, seen.name), problem=problem)


def is_running(status: Optional[Mapping[str, Any]]) -> bool:
    """Whether the monitor that wrote this status is still there."""
    if status is None or status.get("stopped") or status.get("boot_id") != boot_id():
        return False
    return bool(boottime() - float(status.get("at", 0.0)) <= ALIVE)


def targets_of(seen: Seen) -> Sequence[str]:
    """The targets that the monitor knows; none where it never ran."""
    told = (seen.status or {}).get("health", {})
    return sorted({*told, *seen.context.runs, *seen.context.drained})


def entry_of(seen: Seen) -> dict[str, Any]:
    """One floating IP in plain values; see the module floating_ip_context."""
    context, running = seen.context, is_running(seen.status)
    health = dict((seen.status or {}).get("health", {}))
    return {
        "name": seen.name,
        "holder": context.holder,
        "intent": _intent(context),
        "drained": sorted(context.drained),
        "paused": seen.pause is not None,
        "pause": None if seen.pause is None else asdict(seen.pause),
        "moves": [asdict(move) for move in context.moves[-SHOWN_MOVES:]],
        "health": health if running else dict.fromkeys(health, "unknown"),
        "status": None if seen.status is None else {**seen.status, "running": running},
        "problem": seen.problem,
        "drill": seen.drill,
        "drilling": seen.drilling,
        "reliable_drill": seen.reliable_drill,
    }


def _intent(context: Context) -> Optional[dict[str, Any]]:
    if context.intent is None:
        return None
    kept = ("to", "origin", "epoch", "moving", "source", "cause", "time", "reason")
    return {key: getattr(context.intent, key) for key in kept}


def _pause(pause: Optional[Pause], directive: Directive) -> Optional[Pause]:
    if directive.state == RESUMED:
        return None
    if directive.state != PAUSED or _is_same(pause, directive):
        return pause
    return Pause(directive.by, directive.reason, wall_time_iso())


def _drills(
    seen: Seen, directive: Directive
) -> tuple[Optional[Mapping[str, Any]], Optional[Mapping[str, Any]]]:
    """The last drill, and the one that has not ended. One that did not end well stays, too."""
    told = directive.drills.get(seen.name)
    if directive.state == DRILLING and told is not None:
        return seen.drill, told
    if directive.state == DRILLED:
        is_back = told is None or told.get("holder") == told.get("was")
        return told or seen.drill, None if is_back else seen.drilling
    return seen.drill, seen.drilling


def _is_same(pause: Optional[Pause], directive: Directive) -> bool:
    return pause is not None and pause.by != UNREADABLE and pause.reason == directive.reason


def _ordered(context: Context, name: str, directive: Directive) -> Context:
    """The context once the directive is in it; equal where that changes nothing.

    No definition is needed for what an operator orders.
    """
    nobody = FloatingIp(name, (), ())
    if directive.state == DRAINED and directive.target is not None:
        return drain(context, directive.target)
    if directive.state == UNDRAINED and directive.target is not None:
        return undrain(context, directive.target)
    if directive.state == RESET:
        ours = _on_this_boots_clock(context, nobody)
        return reset(ours, boottime()) if _has_to_forget(ours) else context
    if directive.state == ANNOUNCED and name in directive.destinations:
        to = directive.destinations[name]
        return announced(context, nobody, to, directive.reason, directive.seconds)
    if directive.state in (CONCLUDED, WITHDRAWN):
        return _ended(context, directive.state == WITHDRAWN)
    return context


def _has_to_forget(context: Context) -> bool:
    moments = [move.at for move in context.moves] + [one.at for one in context.attempts]
    return any(context.reset_at is None or at > context.reset_at for at in moments)


def _on_this_boots_clock(context: Context, definition: FloatingIp) -> Context:
    """Else the monitor would take our times for its last boot's."""
    if context.boot_id == boot_id():
        return context
    return restore(context, boot_id(), boottime(), definition)


def announced(
    context: Context, definition: FloatingIp, to: str, reason: str, seconds: float
) -> Context:
    """The context with an operator's intent, and a marker that lives so many seconds."""
    now = boottime()
    context = _on_this_boots_clock(context, definition)
    told = OPERATOR, reason, now, wall_time_iso(), now + seconds, REQUEST
    return started(context, definition, to, *told)


def _ended(context: Context, is_withdrawn: bool) -> Context:
    """Without the marker of an operator's move.

    The monitor looks for itself what came of it, and finishes it if need be; but one that was
    withdrawn, never begun, is forgotten.
    """
    intent, now = context.intent, boottime()
    if intent is None or intent.source != OPERATOR or not intent.moving:
        return context
    if is_withdrawn:
        stays = intent.origin or intent.to
        never = replace(intent, to=stays, moving=False, marker_until=now, cause="")
        return replace(context, intent=never)
    if intent.marker_until <= now:
        return context
    return replace(context, intent=replace(intent, marker_until=now))
