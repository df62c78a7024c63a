# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip drill NAME`: prove that an address can go elsewhere and back, measured from here."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from .._definition.model import FloatingIp
from .._operations import drill_files
from .._operations.contexts import see
from .._operations.drill import Drill, Times
from .._operations.drill import Refused as NotBegun
from .._operations.drill import run as carry_out_drill
from .._operations.drill_judge import MOVE, STOP_INSTANCE, judged, record_of
from .._operations.measuring import is_own, lines_of, measure_here
from .._operations.metering import Metering
from .._probe.meter import Line, Pace
from .._store.drill import write_drills
from .._store.format import explained
from .._store.lock import Busy, Patience, locked
from .codes import FAILED, INTERRUPTED, OK, Refused
from .drill_means import LONGEST, Telling, means_of
from .drill_restore import add_instead_to, guard, lock_of, may_start, restore, restore_first
from .installed import Settings, chosen, settings_of
from .measure import add_question_to, check, question_of
from .output import say, say_json, tell

HOLD = 600.0  # seconds at the other target, at most
HOLD_BY_FAULT = 300.0  # as the instance has to start again before the drill's time is over
BASELINE = 1.0  # seconds in which nothing may be lost before anything is moved


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "drill",
        parents=[shared],
        help="move an address there and back, and measure what a client sees",
        description="Give an address to its next target and back, both if they are up, while this "
        "host asks the address every 10 ms. Writes JSON, JUnit and a page with the timeline. "
        "Whatever happens, the address ends where it was. Run it on a client: a host that is no "
        "target. Exit code 1 if objective_seconds was missed or anything failed.",
    )
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--to", metavar="TARGET", help="default: the next target that is up")
    _add_how_to(parser)
    parser.add_argument(
        "--output", metavar="DIR", help="where the files go (default: drills in the context's)"
    )
    parser.add_argument("--keep", type=int, default=20, help="drills kept there (default: 20)")
    add_instead_to(parser)
    add_question_to(parser)
    parser.set_defaults(run=run)


def _add_how_to(parser: argparse.ArgumentParser) -> None:
    """How the holder is left, and for how long."""
    parser.add_argument(
        "--fault",
        choices=(MOVE, STOP_INSTANCE),
        default=MOVE,
        help="how the holder is left: by a planned move (the default), or by stopping its instance "
        "and waiting for a monitor; the instance is started again in any case",
    )
    parser.add_argument(
        "--hold", type=float, default=5.0, help="seconds there, at most 600, or 300 by a fault"
    )


def run(arguments: argparse.Namespace) -> int:
    """Refuses before anything is moved, or moves it back."""
    settings = settings_of(arguments)
    (definition,) = chosen(settings, [arguments.name])
    if arguments.guard:
        return guard(settings, definition)
    if arguments.may_start:
        return may_start(settings, definition, arguments.may_start)
    with ExitStack() as held:
        _take(settings, definition.name, held)
        if arguments.restore:
            return restore(settings, definition)
        _check_state(settings, definition)
        lines = lines_of(definition, question_of(arguments))
        longest = HOLD if arguments.fault == MOVE else HOLD_BY_FAULT
        if not 0 <= arguments.hold <= longest:
            raise Refused(f"It can be held there for 0 to {longest:g} seconds.")
        pace = Pace(arguments.interval, LONGEST)
        check(lines, pace)
        _check_baseline(definition, lines, arguments.interval)
        meter = Metering(lines, pace)
        held.callback(meter.close)
        return _drill(arguments, settings, definition, meter)


def _drill(
    arguments: argparse.Namespace, settings: Settings, definition: FloatingIp, meter: Metering
) -> int:
    telling = Telling()
    means = means_of(settings, definition, telling, meter)
    restore_first(settings, definition, means)
    drill = Drill(definition, means, Times(hold=arguments.hold), arguments.fault)
    try:
        collected = carry_out_drill(drill, arguments.to)
    except NotBegun as error:
        raise Refused(str(error)) from error
    done = judged({**collected, "events": telling.told()})
    _record(settings, done)
    files = _write(arguments, settings, done)
    if arguments.json:
        say_json({**record_of(done), "files": files})
    else:
        say(f"{'PASSED' if done['result']['passed'] else 'FAILED'}: {done['result']['sentence']}")
        for file in files:
            say(file)
    if collected["interrupted"]:
        return INTERRUPTED
    return OK if done["result"]["passed"] else FAILED


def _take(settings: Settings, name: str, held: ExitStack) -> None:
    """Be the only drill of this floating IP here. What a drill has to restore is kept on disk."""
    try:
        settings.context.mkdir(mode=0o750, parents=True, exist_ok=True)
        held.enter_context(locked(lock_of(settings, name), Patience(0.0)))
    except Busy:
        raise Refused(f"A drill of {name} is under way on this host: wait for its end.") from None
    except OSError as error:
        raise Refused(
            f"The directory {settings.context} cannot be used: {explained(error)}. Without it, an "
            "interrupted drill could not be put right."
        ) from error


def _check_state(settings: Settings, definition: FloatingIp) -> None:
    seen = see(str(settings.context), definition.name)
    if seen.pause is not None:
        raise Refused(f"{definition.name} is paused by {seen.pause.by}: resume it first.")
    if seen.status is not None and seen.status.get("alarm"):
        raise Refused(f"{definition.name} has an alarm: {seen.status.get('sentence')}")
    own = [one.name for one in definition.targets if is_own(one.probe_address or "")]
    if own:
        raise Refused(
            f"This host is {own[0]}, a target of {definition.name}, so what it measures is not "
            "what clients see: run the drill on a client."
        )


def _check_baseline(definition: FloatingIp, lines: tuple[Line, ...], interval: float) -> None:
    for one in measure_here(lines, Pace(interval, BASELINE)):
        if one["lost"] or not one["answered"]:
            why = one["outages"][0]["reason"] if one["outages"] else "the meter was too busy"
            raise Refused(
                f"{one['address']} does not answer this host all the time as it is: "
                f"{one['lost']} of {one['sent']} questions lost; {why}. Repair that first, or "
                "raise --timeout."
            )


def _record(settings: Settings, done: dict[str, Any]) -> None:
    name = done["plan"]["floating_ip"]
    problem = write_drills(str(settings.context), name, last=record_of(done))
    if problem is not None:
        tell(problem)


def _write(arguments: argparse.Namespace, settings: Settings, done: dict[str, Any]) -> list[str]:
    where = Path(arguments.output) if arguments.output else settings.context / "drills"
    try:
        return [str(file) for file in drill_files.write(where, done, max(1, arguments.keep))]
    except OSError as error:
        tell(f"The files of the drill cannot be written to {where}: {explained(error)}.")
        return []
