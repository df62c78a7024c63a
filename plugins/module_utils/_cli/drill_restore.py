# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip drill NAME --restore` and `--guard`: an address that a lost drill took, put back."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from typing import Any, Optional

from .._aws.errors import AwsError
from .._definition.model import FloatingIp
from .._engine.context import OPERATOR, Context
from .._operations.announce import intend, leave_to_monitor
from .._operations.drill_acts import PATIENCE, Means, repair, undo
from .._operations.drill_guard import Guard, keep
from .._operations.instances import forbidden
from .._store.clock import boot_id, boottime
from .._store.drill import read_drills, write_drills
from .._store.lock import Busy, Patience, locked
from .codes import FAILED, OK, Refused
from .drill_means import AGENT, Telling, means_of
from .installed import Settings
from .output import say, tell
from .reach import edge

_REASON = "a drill was lost"
_SECONDS = 10.0  # that this host's monitor keeps out of the way; it is told of the end at once


def add_instead_to(parser: argparse.ArgumentParser) -> None:
    """The options that ask for this instead of a drill."""
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--restore", action="store_true", help="only put back what an interrupted drill has left"
    )
    instead.add_argument(
        "--guard",
        action="store_true",
        help="only wait for the end of a runbook's drill, and put back what it has left if it is "
        "lost; the runbook starts this itself",
    )
    instead.add_argument(
        "--may-start",
        metavar="INSTANCE",
        help="only ask AWS whether this host may start the instance, as a guard has to; the "
        "runbook asks this itself",
    )


def running_of(settings: Settings, name: str) -> Optional[Mapping[str, Any]]:
    """What is remembered here of a drill that has not ended."""
    found: Optional[Mapping[str, Any]] = read_drills(str(settings.context), name)["running"]
    return found


def lock_of(settings: Settings, name: str) -> str:
    """Who has this lock drills, or puts right what a drill has left."""
    return str(settings.context / f"{name}.drill.lock")


def restore(settings: Settings, definition: FloatingIp) -> int:
    """Put the address back at once. The drill's lock is ours."""
    running = running_of(settings, definition.name)
    if running is None:
        say(f"No drill of {definition.name} was interrupted here.")
        return OK
    problem = _undo(settings, definition, running, PATIENCE)
    say(problem or f"{definition.name} is at {running['was']}, as before the drill.")
    return FAILED if problem else OK


def restore_first(settings: Settings, definition: FloatingIp, means: Means) -> None:
    """Put back what the last drill has left, before another one begins. Raises Refused."""
    running = running_of(settings, definition.name)
    if running is None:
        return
    is_ours = running.get("by") == AGENT  # and so over, as we have its lock
    if not is_ours and means.wall() < float(running.get("until") or 0.0):
        raise Refused(f"A runbook drills {definition.name}: wait for its end.")
    tell(f"The last drill of {definition.name} did not end: it goes back to {running['was']}.")
    problem = undo(means, running, PATIENCE)
    if problem is not None:
        raise Refused(problem)


def may_start(settings: Settings, definition: FloatingIp, instance: str) -> int:
    """Whether a guard here could end a drill that stops the instance. Changes nothing."""
    problem = forbidden(edge(settings), definition, instance, stops=False)
    if problem is not None:
        tell(problem)
    return FAILED if problem else OK


def guard(settings: Settings, definition: FloatingIp) -> int:
    """Wait for the end of a runbook's drill; if the runbook is lost, put the address back."""
    name, store = definition.name, settings.store()
    problem = keep(
        Guard(
            running=lambda: running_of(settings, name),
            intent=lambda: store.load(name).context.intent,
            repair=lambda running: _repair(settings, definition, running),
            restore=lambda was: _under_lock(settings, definition, was),
            forget=lambda: _forget(settings, name),
            say=tell,
            clock=boottime,
            boot_id=boot_id(),
            sleep=time.sleep,
        )
    )
    say(problem or f"The drill of {name} has ended.")
    return FAILED if problem else OK


def _forget(settings: Settings, name: str) -> None:
    problem = write_drills(str(settings.context), name, running=None)
    if problem is not None:
        tell(problem)


def _repair(
    settings: Settings, definition: FloatingIp, running: Mapping[str, Any]
) -> Optional[str]:
    problem = repair(means_of(settings, definition, Telling(), None), running)
    if problem is not None:
        tell(problem)
    return problem


def _under_lock(settings: Settings, definition: FloatingIp, was: str) -> Optional[str]:
    try:
        with locked(lock_of(settings, definition.name), Patience(0.0)):
            problem = _undo(settings, definition, {"was": was}, 0.0)
    except Busy:
        problem = "A drill, or its end, is under way on this host."
    except (AwsError, OSError) as error:
        problem = str(error)
    if problem is not None:
        tell(problem)
    return problem


def _undo(
    settings: Settings, definition: FloatingIp, running: Mapping[str, Any], patience: float
) -> Optional[str]:
    problem = undo(means_of(settings, definition, Telling(), None), running, patience)
    if problem is None:
        _tell_monitor(settings, definition, str(running["was"]))
    return problem


def _tell_monitor(settings: Settings, definition: FloatingIp, was: str) -> None:
    """Another host's guard may have been faster: that was no stranger."""
    store = settings.store()
    if not _expects_another(store.load(definition.name).context, was):
        return
    intended = intend(store, definition, was, _REASON, _SECONDS)
    leave_to_monitor(store, definition.name, intended.epoch)


def _expects_another(context: Context, was: str) -> bool:
    """Whether this host's monitor takes another target for the holder, or for the one to be.

    One that waited for the drill's move to end never saw the address there: left alone, it would
    take that move for an interrupted one, and finish it.
    """
    intent = context.intent
    if intent is not None and intent.moving:
        return intent.source == OPERATOR and intent.to != was
    return context.holder not in (was, None)
