# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip release NAME…`: give an address up, to the next target that is proven up.

This is what the notify script of keepalived or VyOS calls when its host is the active one no more.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._definition.model import FloatingIp
from .._engine.cells import Look, holder_of
from .._operations.announce import withdraw
from .._operations.edge import Edge
from .._operations.look import look
from .._operations.order import Prepared, Wish, prepare
from .._operations.prove import prove
from .codes import FAILED, OK, REFUSED
from .installed import Settings, chosen, settings_of
from .move import carry_out, drained
from .outcome import show
from .output import say, tell
from .own import Own, add_arguments, in_turn, own_of
from .reach import edge


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "release",
        parents=[shared],
        help="give up what this host holds",
        description="Give an address to the next target that is up and not drained, if this host "
        "holds it; otherwise change nothing. This is for the notify script of keepalived or VyOS.",
    )
    add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """A release by a host that holds nothing changes nothing and succeeds."""
    settings = settings_of(arguments)
    definitions = chosen(settings, arguments.names)
    with in_turn(settings, [one.name for one in definitions]):
        owned = own_of(settings, definitions, arguments.target)
        _end_claims(settings, owned)
        return _release(settings, edge(settings), owned)


def _end_claims(settings: Settings, owned: Sequence[Own]) -> None:
    """A claim that was not finished must not be finished by the monitor now."""
    store = settings.store() if settings.context.is_dir() else None
    for one in owned:
        problem = withdraw(store, one.name, one.target) if store is not None else None
        if problem is not None:
            tell(problem)


def _release(settings: Settings, here: Edge, owned: Sequence[Own]) -> int:
    """What goes wrong with one keeps no other back."""
    looks = look(here, [one.definition for one in owned])
    held = [one for one in owned if looks[one.name].error or holds(looks[one.name], one.target)]
    others = [_others(one, looks[one.name]) for one in held]
    wish = Wish(drained=drained(settings, others))
    prepared = _prepared(here, others, looks, wish)
    for problem in prepared.problems:
        tell(problem)
    results = carry_out(settings, here, prepared.orders, "released")
    code = show(settings, results)
    if not settings.as_json:
        _say_left([one for one in owned if one not in held], looks)
    if code != OK or not prepared.problems:
        return code
    unreadable = any(looks[one.name].error for one in held)
    return FAILED if unreadable or prepared.orders else REFUSED


def holds(look: Look, target: str) -> bool:
    """Whether any of its cells leads to this target."""
    return any(look.target_at(one.points_at) == target for one in look.readings)


def _others(one: Own, looked: Look) -> FloatingIp:
    """The definition without this host; of a split, those that hold some of it come first."""
    holding = {looked.target_at(reading.points_at) for reading in looked.readings}
    others = [target for target in one.definition.targets if target.name != one.target]
    others.sort(key=lambda target: target.name not in holding)
    return replace(one.definition, targets=tuple(others))


def _prepared(
    here: Edge, others: Sequence[FloatingIp], looks: Mapping[str, Look], wish: Wish
) -> Prepared:
    readable = [one for one in others if looks[one.name].error is None]
    proofs = prove(readable, looks, here.clock)
    return prepare(others, looks, replace(wish, proofs=proofs))


def _say_left(owned: Sequence[Own], looks: Mapping[str, Look]) -> None:
    for one in owned:
        _holding, holder = holder_of(looks[one.name])
        say(f"{one.name} is not held by {one.target}, but by {holder or 'no target'}.")
