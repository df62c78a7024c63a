# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`pause`, `resume`, `drain`, `undrain` and `reset`: tell this host's monitor what it may do."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Sequence
from typing import Any

from .._definition.model import FloatingIp
from .._operations.contexts import (
    DRAINED,
    PAUSED,
    RESET,
    RESUMED,
    UNDRAINED,
    Directive,
    Seen,
    carry_out,
    entry_of,
    see,
)
from .codes import FAILED, OK, Refused
from .installed import Settings, chosen, existing_directory, settings_of
from .output import say, say_json, tell

# verb: the state it asks for, its help, and what it comes to
VERBS = {
    "pause": (PAUSED, "no automatic write from now on", "is paused"),
    "resume": (RESUMED, "end a pause", "is not paused"),
    "drain": (DRAINED, "keep the address away from a target", "has {target} drained"),
    "undrain": (UNDRAINED, "end a drain", "does not have {target} drained"),
    "reset": (RESET, "close the breaker", "is reset: the breaker is closed"),
}
DESCRIPTIONS = {
    "pause": "No automatic write from now on: no failover, no failback, no repair. "
    "Moves by command are carried out all the same.",
    "resume": "End a pause, also one that cannot be read.",
    "drain": "Make a target not eligible. If it holds the address, the monitor moves it away.",
    "undrain": "Make a target eligible again. This alone moves nothing back.",
    "reset": "Forget the moves so far, so that the breaker closes. Do this when you know why it "
    "opened.",
}


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    for verb, (state, brief, outcome) in VERBS.items():
        parser = verbs.add_parser(
            verb, parents=[shared], help=brief, description=DESCRIPTIONS[verb]
        )
        if state in (DRAINED, UNDRAINED):
            parser.add_argument("target", metavar="TARGET")
        parser.add_argument("names", nargs="*", metavar="NAME", help="default: every floating IP")
        if state == PAUSED:
            parser.add_argument("--reason", default="", help="for whoever wonders later")
        parser.set_defaults(run=run, state=state, outcome=outcome, target=None, reason="")


def run(arguments: argparse.Namespace) -> int:
    """Do it for each; a problem with one does not keep it from the others."""
    settings = settings_of(arguments)
    definitions = chosen(settings, arguments.names)
    if arguments.target is not None:
        definitions = having(definitions, arguments.target, bool(arguments.names))
    directory = existing_directory(settings)
    directive = Directive(arguments.state, _user(), arguments.reason, arguments.target)
    found = [carry_out(directory, see(directory, one.name), directive) for one in definitions]
    return _show(settings, found, arguments.outcome.format(target=arguments.target))


def having(
    definitions: Sequence[FloatingIp], target: str, is_asked: bool
) -> tuple[FloatingIp, ...]:
    """Those with such a target; Refused where one that was asked for by name has none."""
    with_it = tuple(d for d in definitions if target in [one.name for one in d.targets])
    lacking = [one for one in definitions if one not in with_it]
    if lacking and (is_asked or not with_it):
        known = ", ".join(one.name for one in lacking[0].targets)
        raise Refused(f"{lacking[0].name} has no target {target}; it has {known}.")
    return with_it


def _show(settings: Settings, found: Sequence[Seen], outcome: str) -> int:
    if settings.as_json:
        say_json([entry_of(one) for one in found])
    for one in found:
        if one.problem is not None:
            tell(one.problem)
        elif not settings.as_json:
            say(f"{one.name} {outcome}.")
        stranger = settings.store().stranger(one.name)
        if stranger is not None:
            tell(stranger)
    return FAILED if any(one.problem is not None for one in found) else OK


def _user() -> str:
    """Who gives the order; by number where the name is not known, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"
