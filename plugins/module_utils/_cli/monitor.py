# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip monitor`: watch every floating IP of the definitions directory, until stopped.

It does so in windows: after each one the program executes itself again, in the same process.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Optional

from .._aws.identity import identity
from .._definition.model import FloatingIp
from .._monitor.course import Ending
from .._monitor.handover import VARIABLE
from .._monitor.host import forget_others
from .._monitor.renewal import execute_again
from .._monitor.run import Setup
from .._monitor.run import run as run_monitor
from .._report.event import Sink, writer
from .._store.format import explained
from .._store.lock import Busy, Patience, locked
from .codes import OK, Refused
from .installed import Settings, is_empty, load, settings_of
from .output import leave, tell
from .reach import edge

LOCK = ".monitor.lock"  # no floating IP has a dot in its name
WINDOW = 600.0  # seconds
SHORTEST = 1.0  # seconds of a window: a start takes a good part of one


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "monitor",
        parents=[shared],
        help="watch, and fail over by itself",
        description="Probe every target of every definition, and move an address whose holder is "
        "down to a target that is up. Runs until SIGTERM; a move under way is finished first. "
        "SIGHUP reads the definitions anew, and loses nothing of what is known of the targets.",
    )
    _add_who(parser)
    _add_runtime(parser)
    parser.add_argument(
        "--events", metavar="FILE", help="append the events to FILE (default: standard output)"
    )
    parser.add_argument(
        "--window",
        metavar="SECONDS",
        type=_seconds,
        default=WINDOW,
        help="begin anew so often, in the same process and with all that is known: a restart that "
        "is made all the time works when it is needed (default: %(default)g; 0: never)",
    )
    parser.set_defaults(run=run)


def _add_runtime(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--runtime",
        metavar="DIR",
        default=os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0] or None,
        help="where DIR/holds/NAME says that this host has the address, or is about to, for "
        "definitions with `alias: holder` (default: $RUNTIME_DIRECTORY)",
    )


def _add_who(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group()
    who.add_argument(
        "--target",
        metavar="TARGET",
        help="the target that this host is; default: the metadata service of the instance says so, "
        "and as long as it does not, nothing is moved",
    )
    who.add_argument(
        "--observer", action="store_true", help="this host is none of the targets: ask nobody"
    )


def run(arguments: argparse.Namespace) -> int:
    """Runs until SIGTERM. One bad definition stops only its own floating IP."""
    with ExitStack() as held:
        setup, settings = _setup(arguments, held)
        ending = run_monitor(setup, lambda report: edge(settings, report.call))
    if ending is Ending.RENEWED:
        execute_again()
    if ending is Ending.ABANDONED:
        leave(OK)
    return OK


def _setup(arguments: argparse.Namespace, held: ExitStack) -> tuple[Setup, Settings]:
    settings = settings_of(arguments)
    definitions, broken = _present(settings, arguments.target, VARIABLE in os.environ)
    problems = tuple(broken.values())
    for problem in problems:
        tell(problem)
    if arguments.runtime is not None:
        watched = {one.name for one in definitions}
        forget_others(arguments.runtime, watched | {file.stem for file in broken})
    sink = _sink(arguments.events, held)
    _take_context(settings, held)
    setup = Setup(
        definitions,
        str(settings.context),
        arguments.target,
        sink,
        tell,
        problems,
        arguments.window,
        lambda: _obstacle(settings, arguments.target),
        None if arguments.target or arguments.observer else identity,
        arguments.runtime,
    )
    return setup, settings


def _present(
    settings: Settings, target: Optional[str], goes_on: bool
) -> tuple[Sequence[FloatingIp], Mapping[Path, str]]:
    """The definitions to watch, and what is wrong with others. Raises Refused if there is none.

    But a monitor that `goes_on` obeys whoever has taken its last definition away: if it watched
    that still, it would bring back what is being removed.
    """
    if goes_on and is_empty(settings.definitions):
        return (), {}
    loaded = load(settings.definitions)
    definitions = [one for one in loaded.definitions if one.state == "present"]
    if not definitions and (loaded.problems or not goes_on):
        found = "".join(f"\n{problem}" for problem in loaded.problems.values())
        raise Refused(
            f"There is nothing to watch in {settings.definitions}: correct a file there.{found}"
        )
    if definitions:
        _check_target(target, definitions)
    return definitions, loaded.problems


def _obstacle(settings: Settings, target: Optional[str]) -> Optional[str]:
    """Why a monitor could not start with the files as they are now; None if it could."""
    try:
        _present(settings, target, goes_on=True)
    except Refused as error:
        return f"The monitor goes on with the definitions that it has. {error}"
    return None


def _seconds(text: str) -> float:
    """A window's length. Raises ArgumentTypeError where it is none."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if seconds == 0 or SHORTEST <= seconds < float("inf"):
        return seconds
    raise argparse.ArgumentTypeError(
        f"{text!r} is no length of a window: give 0, or at least {SHORTEST:g} seconds"
    )


def _check_target(target: Optional[str], definitions: Sequence[FloatingIp]) -> None:
    """A name that is wrong would make this an observer on its own, which may move anything."""
    known = sorted({one.name for definition in definitions for one in definition.targets})
    if target is not None and target not in known:
        raise Refused(f"No definition has a target {target}: there are {', '.join(known)}.")


def _take_context(settings: Settings, held: ExitStack) -> None:
    """Make the directory if need be, and be the only monitor in it. Refused only for the latter.

    A monitor without a usable directory still watches; it remembers things in memory, and says so.
    """
    try:
        settings.context.mkdir(mode=0o750, parents=True, exist_ok=True)
        held.enter_context(locked(str(settings.context / LOCK), Patience(0.0)))
    except Busy:
        raise Refused(
            f"Another monitor runs with {settings.context}: stop it, or give this one a --context "
            "of its own."
        ) from None
    except OSError as error:
        tell(f"The context directory {settings.context} cannot be used: {explained(error)}.")


def _sink(path: Optional[str], held: ExitStack) -> Sink:
    if path is None:
        return writer(sys.stdout)
    try:
        return writer(held.enter_context(Path(path).open("a", encoding="utf-8")))
    except OSError as error:
        raise Refused(f"The events cannot be written to {path}: {explained(error)}.") from error
