# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""An operator's move: which target gets each address, and whether it may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Optional

from .._definition.model import FloatingIp
from .._engine.cells import Look, holder_of
from .._engine.health import Health
from .move import Order, order_problem
from .proof import Proof, Proofs

NEXT, PREFERRED = "next", "preferred"


@dataclass(frozen=True)
class Wish:
    """What an operator asks for. `proofs` is None where nothing was probed."""

    to: Optional[str] = None  # a target; None: `choose` picks one
    destinations: Mapping[str, str] = field(default_factory=dict)  # `to` for each floating IP
    choose: str = NEXT  # the most preferred target but the holder, or the most preferred of all
    force: bool = False  # move to a target that is drained or not proven up
    expect: Optional[str] = None  # an interface id, `blackhole` or `absent`
    proofs: Optional[Proofs] = None
    drained: Mapping[str, Sequence[str]] = field(default_factory=dict)  # targets by floating IP


@dataclass(frozen=True)
class Prepared:
    """The orders that can be carried out; `problems` are sentences, and then nothing may move."""

    orders: tuple[Order, ...]
    problems: tuple[str, ...]


def prepare(definitions: Sequence[FloatingIp], looks: Mapping[str, Look], wish: Wish) -> Prepared:
    """Turn a wish into orders, and find everything that forbids them, before anything changes."""
    orders, problems = [], []
    for definition in definitions:
        order, problem = _prepare_one(definition, looks[definition.name], wish)
        if problem is not None:
            problems.append(problem)
        elif order is not None:
            orders.append(order)
    return Prepared(tuple(orders), tuple(problems))


def _prepare_one(
    definition: FloatingIp, look: Look, wish: Wish
) -> tuple[Optional[Order], Optional[str]]:
    if look.error is not None:
        return None, f"Floating IP {definition.name} cannot be read: {look.error}"
    to = wish.destinations.get(definition.name) or wish.to or _choice(definition, look, wish)
    if to is None:
        return None, _no_choice(definition, look, wish)
    order = Order(definition, to, look, wish.expect, overwrite=wish.force)
    problem = order_problem(order) or _unfit(definition, to, wish)
    return order, problem


def _choice(definition: FloatingIp, look: Look, wish: Wish) -> Optional[str]:
    _holding, holder = holder_of(look)
    for target in definition.targets:
        if wish.choose == NEXT and target.name == holder:
            continue
        if look.interface_of(target.name) and _unfit(definition, target.name, wish) is None:
            return target.name
    return None


def _unfit(definition: FloatingIp, target: str, wish: Wish) -> Optional[str]:
    """Why this target must not get the address without `force`."""
    if wish.force:
        return None
    if target in wish.drained.get(definition.name, ()):
        return f"Target {target} of {definition.name} is drained; undrain it, or set force."
    proof = _proof(definition, target, wish)
    if proof is None or proof.health is Health.UP:
        return None
    return (
        f"Target {target} of {definition.name} is not proven up from here: {proof.reason}; "
        "repair it, choose another one, or set force."
    )


def _proof(definition: FloatingIp, target: str, wish: Wish) -> Optional[Proof]:
    if wish.proofs is None:
        return None
    return wish.proofs.get((definition.name, target), Proof(Health.UNKNOWN, "it was not probed"))


def _no_choice(definition: FloatingIp, look: Look, wish: Wish) -> str:
    _holding, holder = holder_of(look)
    why = [
        _unfit(definition, target.name, wish)
        or look_error(look, target.name)
        or f"{target.name} holds it already."
        for target in definition.targets
        if wish.choose != NEXT or target.name != holder
    ]
    return f"Floating IP {definition.name} has no target to go to. {' '.join(why)}"


def look_error(look: Look, target: str) -> Optional[str]:
    """Why AWS cannot give the address to this target, as a sentence."""
    return next((place.error for place in look.places if place.target == target), None)
