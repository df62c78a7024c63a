# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip claim NAME…`: take an address for this host's target, without asking about health.

This is what the notify script of keepalived or VyOS calls when its host becomes the active one.
The intent is on disk before anything else, so that a monitor beside it completes a claim whose
process was killed, or which did not reach AWS.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from .._operations.announce import (
    CLAIM_MARKER,
    Announced,
    Intended,
    announced,
    conclude,
    intend,
    leave_to_monitor,
    withdraw,
)
from .._operations.contexts import is_running
from .._operations.edge import Edge
from .._operations.look import look
from .._operations.move import MOVE_TIMEOUT, Moved, Order, move, time_allowed
from .._operations.order import Wish, prepare
from .._store.file import FileStore
from .._store.status import read_status
from .codes import FAILED, OK
from .installed import Settings, chosen, settings_of
from .outcome import show
from .output import tell
from .own import Own, add_arguments, in_turn, own_of
from .reach import edge

REASON = "claimed"
GOES_ON = "The monitor of this host goes on with it, as soon as it can and {to} is up."


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "claim",
        parents=[shared],
        help="take an address for this host",
        description="Give an address to this host's target, whatever its health and its drains. "
        "This is for the notify script of keepalived or VyOS. A monitor that runs here completes "
        "it if it cannot.",
    )
    add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """A claim that finds the address in place changes nothing and succeeds."""
    settings = settings_of(arguments)
    definitions = chosen(settings, arguments.names)
    with in_turn(settings, [one.name for one in definitions]):
        owned = own_of(settings, definitions, arguments.target)
        return _claim(settings, edge(settings), owned)


def _claim(settings: Settings, here: Edge, owned: Sequence[Own]) -> int:
    """What goes wrong with one keeps no other back: each is an address that somebody waits for."""
    store = settings.store() if settings.context.is_dir() else None  # None: no monitor runs here
    intended = {} if store is None else {one.name: _intend(store, one) for one in owned}
    definitions = [one.definition for one in owned]
    wish = Wish(destinations={one.name: one.target for one in owned}, force=True)
    prepared = prepare(definitions, look(here, definitions), wish)
    for problem in prepared.problems:
        tell(problem)
    if store is None:
        return _ended(settings, move(here, prepared.orders), prepared.problems)
    known = [_known(store, order, intended[order.definition.name]) for order in prepared.orders]
    results = move(here, [one.order for one in known])
    conclude(store, known, results)
    done = {one.name for one in results}
    for one in owned:
        if one.name not in done:
            _leave(settings, store, one, intended[one.name])
    return _ended(settings, results, prepared.problems)


def _ended(settings: Settings, results: Sequence[Moved], problems: Sequence[str]) -> int:
    code = show(settings, results)
    return FAILED if code == OK and problems else code


def _intend(store: FileStore, one: Own) -> Intended:
    found = intend(store, one.definition, one.target, REASON, CLAIM_MARKER)
    for problem in (found.problem, store.stranger(one.name)):
        if problem is not None:
            tell(problem)
    return found


def _known(store: FileStore, order: Order, intended: Intended) -> Announced:
    """The order for its intent; for a new one if the writes must wait for AWS's token bucket."""
    waiting = time_allowed(len(order.look.readings)) - MOVE_TIMEOUT
    if waiting > 0:
        seconds = CLAIM_MARKER + waiting
        intended = intend(store, order.definition, order.to, REASON, seconds)
    return announced(store, order, intended)


def _leave(settings: Settings, store: FileStore, one: Own, intended: Intended) -> None:
    """It could not even be looked at. A monitor goes on with it; a later one must not."""
    if is_running(read_status(str(settings.context), one.name)):
        leave_to_monitor(store, one.name, intended.epoch)
        tell(GOES_ON.format(to=one.target))
    else:
        withdraw(store, one.name, one.target)
