# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which subnets reach the holder of an address, by the table that each of them really uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from .._definition.model import ROUTE, FloatingIp
from .cells import Look
from .network import Interface, RouteTable, Subnet
from .selection import Coverage, coverage


@dataclass(frozen=True)
class Reach:
    """One subnet and one address. `target`: the one that the subnet's packets are sent to."""

    subnet: str
    zone: str
    table: Optional[str]
    address: str
    points_at: Optional[str]
    target: Optional[str]
    is_covered: bool  # sent to a target, and not into a blackhole


def reaches(
    definition: FloatingIp,
    look: Look,
    subnets: Sequence[Subnet],
    tables: Sequence[RouteTable],
    interfaces: Sequence[Interface],
) -> tuple[Reach, ...]:
    """Every subnet of the VPCs of the targets and the tables; empty for other mechanisms."""
    if definition.mechanism != ROUTE:
        return ()
    chosen = {reading.cell.id for reading in look.readings}
    seats = {place.interface for place in look.places}
    vpcs = {one.vpc for one in tables if one.id in chosen}
    vpcs |= {one.vpc for one in interfaces if one.id in seats}
    inside = [subnet for subnet in subnets if subnet.vpc in vpcs]
    zones = {subnet.id: subnet.zone for subnet in inside}
    return tuple(
        _reach(one, zones[one.subnet], look)
        for one in coverage(definition.addresses, inside, tables)
    )


def _reach(one: Coverage, zone: str, look: Look) -> Reach:
    target = look.target_at(one.points_at)
    covered = one.is_covered and target is not None
    return Reach(one.subnet, zone, one.table, one.address, one.points_at, target, covered)
