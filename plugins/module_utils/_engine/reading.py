# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Where every cell points, read from what AWS has."""

from __future__ import annotations

from collections.abc import Sequence

from .._definition.model import ROUTE, SECONDARY_IP, destination
from .cells import Cell, Reading
from .network import Interface, RouteTable

DETACHED = "available"  # the status of an interface that no instance has


def read_routes(addresses: Sequence[str], tables: Sequence[RouteTable]) -> tuple[Reading, ...]:
    """One reading for each table and address, in the order of the tables."""
    return tuple(_read_route(address, table) for table in tables for address in addresses)


def read_secondary(
    addresses: Sequence[str], subnets: Sequence[str], interfaces: Sequence[Interface]
) -> tuple[Reading, ...]:
    """One reading for each subnet and address: which of the interfaces there has the address."""
    return tuple(
        _read_secondary(address, subnet, interfaces) for subnet in subnets for address in addresses
    )


def _read_route(address: str, table: RouteTable) -> Reading:
    cell = Cell(ROUTE, table.id, address)
    route = table.route(destination(address))
    if route is None:
        return Reading(cell)
    leads_to = route.interface or route.other
    return Reading(cell, leads_to, blackhole=route.blackhole, propagated=route.propagated)


def _read_secondary(address: str, subnet: str, interfaces: Sequence[Interface]) -> Reading:
    cell = Cell(SECONDARY_IP, subnet, address)
    for one in interfaces:
        if one.subnet == subnet and address in (*one.addresses, *one.ipv6_addresses):
            return Reading(cell, one.id, blackhole=one.status == DETACHED)
    return Reading(cell)
