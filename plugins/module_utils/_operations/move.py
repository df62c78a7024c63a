# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Move: give addresses to other targets, all in one go, and say what became of each cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Optional

from .._aws.pacing import MUTATING
from .._definition.model import Aws, FloatingIp
from .._engine.cells import Cell, Look, Reading, holder_of
from .._engine.change import Action, Change, Outcome
from .._engine.plan import expectation_problem, plan_move, predict
from .carry_out import Terms, always, carry_out, never
from .edge import Edge, by_endpoint
from .look import look_again

MOVE_TIMEOUT = 30.0  # seconds for the calls of a move, beyond what the token bucket makes it wait
DONE = (Action.MOVED, Action.LEFT)
CHANGED = (Action.MOVED, Action.UNVERIFIED)


@dataclass(frozen=True)
class Order:
    """Give one address to a target.

    `expect`: what every cell must point at, else nothing moves. `cells`: only these; None is all.
    `overwrite`: take cells of living strangers too; only an operator's force may say so.
    `is_newest`: asked before each write; False once a newer intent overrules it. `is_paused`: the
    same; True once somebody has paused it.
    """

    definition: FloatingIp
    to: str
    look: Look
    expect: Optional[str] = None
    cells: Optional[tuple[Cell, ...]] = None
    overwrite: bool = False
    is_newest: Callable[[Change], bool] = always
    is_paused: Callable[[Change], bool] = never


@dataclass(frozen=True)
class Moved:
    """What became of one address. `outcomes` are sorted by cell; `look` shows it afterwards."""

    name: str
    to: str
    origin: Optional[str]
    outcomes: tuple[Outcome, ...]
    look: Look
    seconds: float = 0.0

    @property
    def holder(self) -> Optional[str]:
        return holder_of(self.look)[1]

    @property
    def is_changed(self) -> bool:
        return any(one.action in CHANGED for one in self.outcomes)

    @property
    def is_partial(self) -> bool:
        return any(one.action not in DONE for one in self.outcomes)


def order_problem(order: Order) -> Optional[str]:
    """Why this order cannot be carried out at all, as a sentence; None where it can."""
    name = f"Floating IP {order.definition.name}"
    if order.look.error is not None:
        return f"{name} cannot be read: {order.look.error}"
    if not order.look.readings:
        why = " ".join(order.look.findings) or "Its selectors select nothing; correct them."
        return f"{name} has no cells. {why}"
    place = order.look.place_of(order.to)
    if place is None:
        known = ", ".join(one.name for one in order.definition.targets)
        return f"{name} has no target {order.to!r}; it has {known}."
    if place.interface is None:
        return f"{name}: {place.error}"
    problem = expectation_problem(order.look, order.expect)
    return None if problem is None else f"{name}: {problem}"


def foretell(orders: Sequence[Order]) -> tuple[Moved, ...]:
    """What moving would report, without a single write: check mode."""
    return tuple(_result(order, _if_all_goes_well(order), 0.0) for order in orders)


def move(edge: Edge, orders: Sequence[Order]) -> tuple[Moved, ...]:
    """Carry out orders that have no problem. The cells of all addresses go out interleaved.

    Raises nothing for AWS's sake: each cell's error stands in its outcome.
    """
    started = edge.clock()
    results: dict[str, tuple[Outcome, ...]] = {}
    for aws, group in by_endpoint(order.definition for order in orders).items():
        names = {definition.name for definition in group}
        members = [order for order in orders if order.definition.name in names]
        results.update(_move_group(edge, aws, members))
    seconds = edge.clock() - started
    moved = [_result(order, results[order.definition.name], seconds) for order in orders]
    return tuple(
        replace(one, look=look_again(edge, order.definition, order.look)) if one.is_partial else one
        for one, order in zip(moved, orders)
    )


def _move_group(edge: Edge, aws: Aws, orders: Sequence[Order]) -> Mapping[str, tuple[Outcome, ...]]:
    """Carry out the orders of one account and Region; the outcomes by address."""
    plans = [planned(order) for order in orders]
    owner = {one.cell: order for order, plan in zip(orders, plans) for one in plan}
    changes = interleaved(plans)
    terms = Terms(
        edge.ec2_for(aws),
        edge.clock() + time_allowed(len(changes)),
        lambda change: owner[change.cell].is_newest(change),
        lambda change: owner[change.cell].is_paused(change),
    )
    looked_at = min(order.look.at for order in orders)
    done = {one.cell: one for one in carry_out(terms, changes, looked_at)}
    return {
        order.definition.name: tuple(done.get(one.cell, one) for one in _if_all_goes_well(order))
        for order in orders
    }


def planned(order: Order) -> tuple[Change, ...]:
    """The changes that carry out an order that has no problem."""
    interface = order.look.interface_of(order.to)
    if interface is None:
        return ()
    changes = plan_move(order.look, interface, order.overwrite)
    if order.cells is None:
        return changes
    return tuple(change for change in changes if change.cell in order.cells)


def _if_all_goes_well(order: Order) -> tuple[Outcome, ...]:
    return predict(order.look, planned(order), order.overwrite)


def _result(order: Order, outcomes: tuple[Outcome, ...], seconds: float) -> Moved:
    _holding, origin = holder_of(order.look)
    settled = {one.cell: one for one in outcomes if one.action in DONE}
    readings = tuple(_after(one, settled.get(one.cell)) for one in order.look.readings)
    seen = replace(order.look, readings=readings)
    return Moved(order.definition.name, order.to, origin, outcomes, seen, seconds)


def _after(reading: Reading, outcome: Optional[Outcome]) -> Reading:
    """The cell as the verification read it; one that was only left keeps its state."""
    if outcome is None or outcome.action is Action.LEFT:
        return reading
    return replace(reading, points_at=outcome.after, blackhole=False)


def interleaved(plans: Sequence[Sequence[Change]]) -> tuple[Change, ...]:
    """One change of each address in turn, so that no address waits for all cells of another."""
    return tuple(
        replace(change, priority=turn)
        for turn, row in enumerate(zip_longest(*plans))
        for change in row
        if change is not None
    )


def time_allowed(changes: int) -> float:
    """Seconds for so many writes: the calls, and what the token bucket makes them wait."""
    waiting = max(0, changes - MUTATING.burst) / MUTATING.refill
    return MOVE_TIMEOUT + 1.5 * waiting
