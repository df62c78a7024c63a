# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Look: where the cells of the definitions point now, and which interface each target is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .._aws import reads
from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._definition.model import ROUTE, FloatingIp
from .._engine.cells import Cell, Look, Reading
from .._engine.places import places
from .._engine.reading import read_routes, read_secondary
from .._engine.selection import select_tables
from .edge import LOOK_TIMEOUT, Edge, by_endpoint, unique
from .survey import Survey, survey


def look(edge: Edge, definitions: Sequence[FloatingIp]) -> Mapping[str, Look]:
    """A full look at each definition, by name: selectors and targets are resolved again.

    A look that fails is a Look with `error`, never an exception.
    """
    looks: dict[str, Look] = {}
    for aws, group in by_endpoint(definitions).items():
        at = edge.clock()
        try:
            found = survey(edge.ec2_for(aws), group, at + LOOK_TIMEOUT)
        except AwsError as error:
            looks.update({one.name: Look(at, error=str(error)) for one in group})
        else:
            looks.update({one.name: look_at(one, found, at) for one in group})
    return looks


def look_at(definition: FloatingIp, found: Survey, at: float) -> Look:
    """The look at one definition, from a survey that began at `at`."""
    where = places(definition.targets, found.interfaces)
    if definition.mechanism == ROUTE:
        tables, findings = select_tables(definition.route_tables, found.tables, found.subnets)
        readings = read_routes(definition.addresses, tables)
        return Look(at, where, readings, findings=findings)
    ids = {place.interface for place in where}
    homes = unique(one.subnet for one in found.interfaces if one.id in ids)
    readings = read_secondary(definition.addresses, homes, found.interfaces)
    return Look(at, where, readings)


def look_again(edge: Edge, definition: FloatingIp, last: Look) -> Look:
    """Read the cells of the last look once more, in one round trip, without resolving anything.

    Raises nothing: a look that fails carries `error` and keeps the places of the last one.
    """
    at = edge.clock()
    try:
        cells = [one.cell for one in last.readings]
        read = read_cells(edge.ec2_for(definition.aws), cells, at + LOOK_TIMEOUT)
    except AwsError as error:
        return replace(last, at=at, error=str(error))
    return replace(last, at=at, readings=read, error=None)


def read_cells(ec2: Ec2, cells: Sequence[Cell], deadline: float) -> tuple[Reading, ...]:
    """Where these cells point now, in their order. Raises AwsError."""
    tables = unique(cell.id for cell in cells if cell.kind == ROUTE)
    homes = unique(cell.id for cell in cells if cell.kind != ROUTE)
    found = {}
    if tables:
        read = reads.route_tables(ec2, deadline, ids=tables)
        addresses = unique(cell.address for cell in cells if cell.kind == ROUTE)
        found.update({one.cell: one for one in read_routes(addresses, read)})
    for home in homes:  # one as a rule; a subnet may have thousands of interfaces
        addresses = unique(cell.address for cell in cells if cell.kind != ROUTE and cell.id == home)
        holding = reads.interfaces_with(ec2, deadline, home, addresses)
        seen = read_secondary(addresses, (home,), holding)
        found.update({one.cell: one for one in seen})
    return tuple(found.get(cell) or _missing(cell) for cell in cells)


def _missing(cell: Cell) -> Reading:
    return Reading(cell, error=f"Route table {cell.id} no longer exists; correct the selectors.")
