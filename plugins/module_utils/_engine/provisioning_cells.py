# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which cells of a definition to make, and which of its older ones to remove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from .._definition.model import ROUTE, SECONDARY_IP, FloatingIp
from .cells import (
    Cell,
    Look,
    Reading,
    is_cell_of_ours,
    is_dead_end,
    is_kept_by_stranger,
    is_strange,
)
from .change import Action, Change, Outcome
from .network import Interface, RouteTable
from .provisioning_marks import Mark, key_of, mark_of, marks_in, tags_by_id
from .reading import read_routes, read_secondary


@dataclass(frozen=True)
class Holdings:
    """What there is of one floating IP: everything that carries its tag, and all its cells.

    `own`: the interfaces that its cells may lead to: those of its targets, and those with its tag.
    `named`: which floating IPs' tags name a cell. `primary`: addresses that an interface cannot
    lose, with their subnet.
    """

    name: str
    marks: Mapping[str, Mark]
    texts: Mapping[str, str]  # the tags' values, by resource
    own: frozenset[str]
    readings: tuple[Reading, ...]
    named: Mapping[Cell, Collection[str]]
    primary: frozenset[Cell]

    def is_of_another(self, cell: Cell) -> bool:
        """Whether the tag of another floating IP names the cell."""
        return any(name != self.name for name in self.named.get(cell, ()))


def holdings_of(
    definition: FloatingIp,
    look: Look,
    tables: Sequence[RouteTable],
    interfaces: Sequence[Interface],
    named: Mapping[Cell, Collection[str]],
) -> Holdings:
    """Everything that may be the definition's own: by its tags, its selectors and its targets."""
    name = definition.name
    tags = tags_by_id(tables, interfaces)
    found = {resource: mark_of(tags[resource], name) for resource in tags}
    marks = {resource: mark for resource, mark in found.items() if mark is not None}
    texts = {resource: tags[resource][key_of(name)] for resource in marks}
    tagged = [one.id for one in interfaces if one.id in marks]
    seats = [place.interface for place in look.places if place.interface is not None]
    readings = (*_tagged_routes(definition, tables, marks), *_tagged_addresses(interfaces, marks))
    return Holdings(
        name,
        marks,
        texts,
        frozenset((*tagged, *seats)),
        tuple({one.cell: one for one in (*look.readings, *readings)}.values()),
        named,
        frozenset(Cell(SECONDARY_IP, one.subnet, one.primary_address) for one in interfaces),
    )


def named_cells(
    tables: Sequence[RouteTable], interfaces: Sequence[Interface]
) -> Mapping[Cell, Collection[str]]:
    """The floating IPs whose tags name each cell."""
    homes = [(ROUTE, one.id, one.tags) for one in tables]
    homes += [(SECONDARY_IP, one.subnet, one.tags) for one in interfaces]
    found: dict[Cell, set[str]] = {}
    for kind, home, tags in homes:
        for name, mark in marks_in(tags).items():
            for address in mark.addresses:
                found.setdefault(Cell(kind, home, address), set()).add(name)
    return found


def seat(look: Look) -> Optional[str]:
    """The interface that cells without one are given: where most cells are, else the first."""
    counts = Counter(reading.points_at for reading in look.readings if is_cell_of_ours(reading))
    seats = [place.interface for place in look.places if place.interface is not None]
    return max(seats, key=lambda interface: counts[interface], default=None)


def seatings(look: Look) -> tuple[tuple[Change, ...], tuple[Outcome, ...]]:
    """The cells to make or to take from the dead, and those that are left as they are."""
    to = seat(look)
    changes = [
        Change(reading.cell, reading.points_at, to)
        for reading in look.readings
        if to is not None and _is_free(look, reading)
    ]
    changed = {change.cell for change in changes}
    left = [_left(reading) for reading in look.readings if reading.cell not in changed]
    return tuple(changes), tuple(left)


def removals(
    holdings: Holdings, kept: Collection[Cell]
) -> tuple[tuple[Change, ...], tuple[Outcome, ...]]:
    """The cells to remove, and those that stay since they are not ours; none that is in `kept`."""
    loose = [reading for reading in holdings.readings if reading.cell not in kept]
    changes, left = [], []
    for reading in loose:
        if _is_removable(holdings, reading):
            changes.append(Change(reading.cell, reading.points_at, None))
        elif reading.points_at is not None:
            left.append(replace(_left(reading), error=_why_left(holdings, reading)))
    return tuple(changes), tuple(left)


def strangers(look: Look, tagged: Collection[str]) -> tuple[str, ...]:
    """Sentences about cells that something alive has which is no target. `tagged`: once was one."""
    return tuple(
        _stranger(reading, reading.points_at in tagged)
        for reading in look.readings
        if is_kept_by_stranger(look, reading)
    )


def _is_free(look: Look, reading: Reading) -> bool:
    if not is_cell_of_ours(reading):
        return False
    dead = is_strange(look, reading) and is_dead_end(look, reading)
    return reading.points_at is None or dead


def _is_removable(holdings: Holdings, reading: Reading) -> bool:
    """Whether it leads to an interface of ours, or, in a table of ours, to nobody."""
    cell = reading.cell
    if reading.points_at is None or not is_cell_of_ours(reading):
        return False
    if holdings.is_of_another(cell) or cell in holdings.primary:
        return False
    tagged = cell.kind == ROUTE and cell.id in holdings.marks
    return reading.points_at in holdings.own or (tagged and reading.blackhole)


def _why_left(holdings: Holdings, reading: Reading) -> Optional[str]:
    cell = reading.cell
    what = f"{cell.address} in {cell.id} leads to {reading.points_at}"
    if reading.propagated:
        return f"{what} by propagation, which is never touched; stop the gateway if it must go."
    if holdings.is_of_another(cell):
        return f"{what} for another floating IP, whose tag names it; it was left."
    if cell in holdings.primary:
        return f"{what}, whose primary address it is; it was left."
    return f"{what}, which is no target of this floating IP; it was left: remove it by hand."


def _left(reading: Reading) -> Outcome:
    return Outcome(reading.cell, reading.points_at, reading.points_at, Action.LEFT)


def _tagged_routes(
    definition: FloatingIp, tables: Sequence[RouteTable], marks: Mapping[str, Mark]
) -> tuple[Reading, ...]:
    """The routes that the tables' tags tell of, and those of today's addresses in such tables."""
    return tuple(
        reading
        for table in tables
        if table.id in marks and not table.gateway
        for reading in read_routes(
            tuple(dict.fromkeys((*definition.addresses, *marks[table.id].addresses))), (table,)
        )
    )


def _tagged_addresses(
    interfaces: Sequence[Interface], marks: Mapping[str, Mark]
) -> tuple[Reading, ...]:
    """The secondary addresses that the interfaces' tags tell of, wherever they are now."""
    return tuple(
        reading
        for one in interfaces
        if one.id in marks
        for reading in read_secondary(marks[one.id].addresses, (one.subnet,), interfaces)
    )


def _stranger(reading: Reading, was_ours: bool) -> str:
    what = f"{reading.cell.address} in {reading.cell.id} leads to {reading.points_at}"
    if was_ours:
        return (
            f"{what}, which is no target any more; put that target back, move the address to "
            "another one, then remove it from the definition."
        )
    return (
        f"{what}, which is alive and none of its targets, so it is not overwritten; remove that "
        "entry, make its interface a target, or choose another address."
    )
