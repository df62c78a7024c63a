# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Point: the low level, in AWS's words: cells to one interface, without a definition.

The same reads, rules and writes as for definitions: only the cells that were named are touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from .._aws import reads
from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._definition.model import ROUTE, Aws, FloatingIp, RouteTables, Target
from .._engine import reading, validate_network
from .._engine.cells import Look, Place, Reading, holder_of
from .._engine.change import Change, Outcome
from .._engine.plan import expectation_problem, predict
from .carry_out import Terms, carry_out
from .edge import LOOK_TIMEOUT, Edge, unique
from .look import read_cells
from .move import DONE, Moved, interleaved, time_allowed
from .survey import Survey, ec2_reads, merged

HERE = Aws()  # the account and Region that the caller's own settings name


@dataclass(frozen=True)
class Request:
    """`interface` None, to remove only: whatever the route leads to.

    `expect`: what every cell must point at, else nothing changes. `may_take`: also cells that lead
    to another interface.
    """

    kind: str  # ROUTE or SECONDARY_IP
    addresses: tuple[str, ...]
    interface: Optional[str]
    tables: tuple[str, ...] = ()
    remove: bool = False
    expect: Optional[str] = None
    may_take: bool = True


@dataclass(frozen=True)
class Pointing:
    """What a request takes. `problems` are sentences: then nothing may be changed.

    `warnings` are sentences too, and no obstacle.
    """

    request: Request
    look: Look
    changes: tuple[Change, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def plan(edge: Edge, request: Request) -> Pointing:
    """Look at AWS and decide. Writes nothing; raises AwsError where AWS cannot be read."""
    at = edge.clock()
    found = _survey(edge.ec2_for(HERE), request, at + LOOK_TIMEOUT)
    look = _look(request, found, at)
    changes = tuple(
        Change(one.cell, one.points_at, None if request.remove else request.interface)
        for one in look.readings
        if _differs(request, one)
    )
    problems = tuple(_problems(request, found, look, changes))
    return Pointing(request, look, changes, problems, tuple(_warnings(request, found)))


def foretell(pointing: Pointing) -> tuple[Moved, ...]:
    """What pointing would report, without a single write: check mode."""
    outcomes = predict(pointing.look, pointing.changes, overwrite=True)
    return _told(pointing, outcomes, _after(pointing.look, outcomes), 0.0)


def point(edge: Edge, pointing: Pointing) -> tuple[Moved, ...]:
    """Carry out a plan that has no problem; one result for each address.

    Raises nothing for AWS's sake: each cell's error stands in its outcome.
    """
    started = edge.clock()
    changes = interleaved([_of(address, pointing) for address in pointing.request.addresses])
    terms = Terms(edge.ec2_for(HERE), started + time_allowed(len(changes)))
    done = {one.cell: one for one in carry_out(terms, changes, pointing.look.at)}
    predicted = predict(pointing.look, pointing.changes, overwrite=True)
    outcomes = tuple(done.get(one.cell, one) for one in predicted)
    seconds = edge.clock() - started
    return _told(pointing, outcomes, _seen_again(terms, pointing.look, outcomes), seconds)


def _survey(ec2: Ec2, request: Request, deadline: float) -> Survey:
    ids = (request.interface,) if request.interface else ()
    tables, interfaces = ec2_reads(
        ec2,
        lambda: reads.route_tables(ec2, deadline, ids=request.tables),
        lambda: reads.interfaces(ec2, deadline, ids=ids),
    )
    vpcs = unique(one.vpc for one in (*tables, *interfaces))
    homes = unique(one.subnet for one in interfaces)
    if request.kind == ROUTE:
        return Survey(tables, interfaces, (), reads.vpcs(ec2, deadline, vpcs))
    subnets, neighbours = ec2_reads(
        ec2,
        lambda: reads.subnets(ec2, deadline, ids=homes),
        lambda: reads.interfaces_in(ec2, deadline, homes),
    )
    return Survey((), merged(interfaces, neighbours), subnets)


def _look(request: Request, found: Survey, at: float) -> Look:
    """Whatever a cell leads to is a place of its own here, so that results name it by its id."""
    if request.kind == ROUTE:
        tables = [table for table in found.tables if not table.gateway]
        readings = reading.read_routes(request.addresses, tables)
    else:
        homes = unique(one.subnet for one in found.interfaces if one.id == request.interface)
        readings = reading.read_secondary(request.addresses, homes, found.interfaces)
    return Look(at, _ends(readings, request.interface), readings)


def _ends(readings: Sequence[Reading], interface: Optional[str]) -> tuple[Place, ...]:
    ends = unique([one.points_at for one in readings] + [interface])
    return tuple(Place(end, end) for end in ends if end is not None)


def _differs(request: Request, seen: Reading) -> bool:
    if seen.error is not None or seen.propagated:
        return False
    if not request.remove:
        return seen.points_at != request.interface
    return seen.points_at is not None and request.interface in (None, seen.points_at)


def _problems(request: Request, found: Survey, look: Look, changes: Sequence[Change]) -> list[str]:
    name = "low-level"
    texts = validate_network.problems(
        _definition(request, name), found.vpcs, found.subnets, found.tables, found.interfaces
    )
    problems = [_in_options(text.replace(f"Floating IP {name}: ", "", 1)) for text in texts]
    wrong = expectation_problem(look, request.expect)
    taken = [one for one in changes if one.before and not request.may_take and not request.remove]
    problems += [wrong] if wrong else []
    return problems + [
        f"Address {one.cell.address} is at {one.before}; release it there, or allow the "
        "reassignment."
        for one in taken
    ]


def _warnings(request: Request, found: Survey) -> Iterator[str]:
    if request.kind != ROUTE or request.remove:
        return
    for one in found.interfaces:
        if one.source_dest_check:
            yield (
                f"Interface {one.id} checks source and destination, so it drops what is sent to "
                "these addresses; switch the check off."
            )


def _definition(request: Request, name: str) -> FloatingIp:
    """The request in the form that the rules of the network judge."""
    end = request.interface
    return FloatingIp(
        name,
        request.addresses,
        (Target(end, network_interface_id=end),) if end else (),
        request.kind,
        route_tables=RouteTables(ids=request.tables),
    )


def _in_options(text: str) -> str:
    """A sentence about a definition's keys as one about the options of a low-level module."""
    text = text.replace("route_tables.ids", "route_table_ids")
    return text[:1].upper() + text[1:]


def _of(address: str, pointing: Pointing) -> list[Change]:
    return [change for change in pointing.changes if change.cell.address == address]


def _after(look: Look, outcomes: Sequence[Outcome]) -> tuple[Reading, ...]:
    """The readings with every cell that is done where it is now."""
    done = {one.cell: one.after for one in outcomes if one.action in DONE}
    return tuple(replace(one, points_at=done.get(one.cell, one.points_at)) for one in look.readings)


def _seen_again(terms: Terms, look: Look, outcomes: Sequence[Outcome]) -> tuple[Reading, ...]:
    """The readings afterwards: AWS is asked where not every cell is as it should be."""
    if all(one.action in DONE for one in outcomes):
        return _after(look, outcomes)
    cells = [one.cell for one in look.readings]
    try:
        return read_cells(terms.ec2, cells, terms.now() + LOOK_TIMEOUT)
    except AwsError:
        return _after(look, outcomes)


def _told(
    pointing: Pointing, outcomes: Sequence[Outcome], after: Sequence[Reading], seconds: float
) -> tuple[Moved, ...]:
    return tuple(
        _told_of(pointing, address, outcomes, after, seconds)
        for address in pointing.request.addresses
    )


def _told_of(
    pointing: Pointing,
    address: str,
    outcomes: Sequence[Outcome],
    after: Sequence[Reading],
    seconds: float,
) -> Moved:
    before = _look_at(address, pointing.look.readings, pointing.look.at)
    now = _look_at(address, after, pointing.look.at)
    mine = tuple(one for one in outcomes if one.cell.address == address)
    _holding, origin = holder_of(before)
    return Moved(address, pointing.request.interface or "", origin, mine, now, seconds)


def _look_at(address: str, readings: Sequence[Reading], at: float) -> Look:
    mine = tuple(one for one in readings if one.cell.address == address)
    return Look(at, _ends(mine, None), mine)
