# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip monitor`: watch every floating IP of the definitions directory, until stopped."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._monitor.run import Setup
from .._monitor.run import run as run_monitor
from .._report.event import Sink, writer
from .._store.format import explained
from .._store.lock import Busy, Patience, locked
from .codes import OK, Refused
from .installed import Settings, load, settings_of
from .output import tell
from .reach import edge

LOCK = ".monitor.lock"  # no floating IP has a dot in its name


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "monitor",
        parents=[shared],
        help="watch, and fail over by itself",
        description="Probe every target of every definition, and move an address whose holder is "
        "down to a target that is up. Runs until SIGTERM; a move under way is finished first.",
    )
    parser.add_argument(
        "--target",
        metavar="TARGET",
        help="the target that this host is; default: none of them, an observer on its own",
    )
    parser.add_argument(
        "--events", metavar="FILE", help="append the events to FILE (default: standard output)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Runs until SIGTERM. One bad definition stops only its own floating IP."""
    settings = settings_of(arguments)
    loaded = load(settings.definitions)
    problems = tuple(loaded.problems.values())
    for problem in problems:
        tell(problem)
    definitions = [one for one in loaded.definitions if one.state == "present"]
    if not definitions:
        raise Refused(f"There is nothing to watch in {settings.definitions}: correct a file there.")
    _check_target(arguments.target, definitions)
    with ExitStack() as held:
        sink = _sink(arguments.events, held)
        _take_context(settings, held)
        context = str(settings.context)
        setup = Setup(definitions, context, arguments.target, sink, tell, problems)
        run_monitor(setup, lambda report: edge(settings, report.call))
    return OK


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
