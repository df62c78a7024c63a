# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip move NAME --to TARGET`: an operator's move, from this host."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._definition.model import FloatingIp
from .._operations.announce import announce, conclude
from .._operations.candidates import candidates
from .._operations.edge import Edge
from .._operations.look import look
from .._operations.move import Moved, Order, foretell, move
from .._operations.order import NEXT, PREFERRED, Wish, prepare
from .._operations.prove import prove
from .codes import Refused
from .installed import Settings, chosen, settings_of
from .outcome import show
from .output import tell
from .reach import edge


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "move",
        parents=[shared],
        help="give an address to another target",
        description="Give an address to another target, if it is proven up from here.",
    )
    parser.add_argument("names", nargs="+", metavar="NAME")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--to", metavar="TARGET", help="default: the next target that is up")
    where.add_argument(
        "--preferred", action="store_true", help="to the most preferred target that is up"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="even if the target is drained or not proven up, or a stranger holds the address",
    )
    parser.add_argument("--check", action="store_true", help="say what would be done; do nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Everything is checked before anything changes."""
    settings = settings_of(arguments)
    definitions = chosen(settings, arguments.names)
    here = edge(settings)
    looks = look(here, definitions)
    wish = Wish(
        to=arguments.to,
        choose=PREFERRED if arguments.preferred else NEXT,
        force=arguments.force,
        drained=drained(settings, definitions),
    )
    if not wish.force:
        probed = candidates(definitions, looks, wish)
        wish = replace(wish, proofs=prove(probed, looks, here.clock))
    prepared = prepare(definitions, looks, wish)
    if prepared.problems:
        raise Refused("\n".join(prepared.problems))
    if arguments.check:
        return show(settings, foretell(prepared.orders))
    reason = "asked for on the command line"
    return show(settings, carry_out(settings, here, prepared.orders, reason))


def drained(settings: Settings, definitions: Sequence[FloatingIp]) -> Mapping[str, Sequence[str]]:
    store = settings.store()
    return {one.name: store.load(one.name).context.drained for one in definitions}


def carry_out(
    settings: Settings, here: Edge, orders: Sequence[Order], reason: str
) -> tuple[Moved, ...]:
    """Announce to this host's monitor, move, and record what came of it."""
    if not settings.context.is_dir():
        return move(here, orders)  # no monitor has ever run here
    store = settings.store()
    announced = [announce(store, order, reason) for order in orders]
    for one in announced:
        if one.problem is not None:
            tell(one.problem)
    results = move(here, [one.order for one in announced])
    conclude(store, announced, results)
    return results
