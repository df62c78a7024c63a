# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which route tables a definition means, and which subnets it thereby covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional, Union

from .._definition.model import RouteTables, destination
from .network import RouteTable, Subnet

EMPTY = "The selectors of route_tables find no table: nothing carries the address; correct them."

Found = Union[RouteTable, str]  # a table, or a sentence about why there is none


def select_tables(
    selector: RouteTables, tables: Sequence[RouteTable], subnets: Sequence[Subnet]
) -> tuple[tuple[RouteTable, ...], tuple[str, ...]]:
    """The tables, in the selectors' order, and a sentence for whatever could not be selected.

    A subnet stands for the table it really uses: its VPC's main table where it is associated with
    none. Gateway tables are never selected.
    """
    found = (
        *(_by_id(table, tables) for table in selector.ids),
        *(_by_subnet(subnet, tables, subnets) for subnet in selector.subnet_ids),
        *_by_vpc(selector.vpc_id, selector.tags, tables),
    )
    chosen = {one.id: one for one in found if isinstance(one, RouteTable)}
    findings = tuple(dict.fromkeys(one for one in found if isinstance(one, str)))
    return tuple(chosen.values()), findings if chosen else (*findings, EMPTY)


def effective_table(subnet: Subnet, tables: Sequence[RouteTable]) -> Optional[RouteTable]:
    """The table that routes the subnet's packets; None where the tables given do not tell."""
    explicit = next((table for table in tables if subnet.id in table.subnets), None)
    if explicit is not None:
        return explicit
    return next((table for table in tables if table.main and table.vpc == subnet.vpc), None)


@dataclass(frozen=True)
class Coverage:
    """Whether the packets of one subnet find one address, and where they are sent."""

    subnet: str
    address: str
    table: Optional[str]  # the one that the subnet really uses
    points_at: Optional[str] = None  # None: no route
    blackhole: bool = False

    @property
    def is_covered(self) -> bool:
        return self.points_at is not None and not self.blackhole


def coverage(
    addresses: Sequence[str], subnets: Sequence[Subnet], tables: Sequence[RouteTable]
) -> tuple[Coverage, ...]:
    """The coverage of each subnet and address, sorted by both."""
    return tuple(
        _covered(subnet, address, effective_table(subnet, tables))
        for subnet in sorted(subnets, key=lambda one: one.id)
        for address in addresses
    )


def _covered(subnet: Subnet, address: str, table: Optional[RouteTable]) -> Coverage:
    route = table.route(destination(address)) if table else None
    if table is None or route is None:
        return Coverage(subnet.id, address, table.id if table else None)
    leads_to = route.interface or route.other
    return Coverage(subnet.id, address, table.id, leads_to, route.blackhole)


def _by_id(table_id: str, tables: Sequence[RouteTable]) -> Found:
    table = next((table for table in tables if table.id == table_id), None)
    if table is None:
        return f"Route table {table_id} does not exist; remove it from route_tables.ids."
    if table.gateway:
        return (
            f"Route table {table_id} belongs to a gateway and is never touched; remove it from "
            "route_tables.ids."
        )
    return table


def _by_subnet(subnet_id: str, tables: Sequence[RouteTable], subnets: Sequence[Subnet]) -> Found:
    subnet = next((subnet for subnet in subnets if subnet.id == subnet_id), None)
    if subnet is None:
        return f"Subnet {subnet_id} does not exist; remove it from route_tables.subnet_ids."
    table = effective_table(subnet, tables)
    if table is None:
        return f"Subnet {subnet_id} has no route table that can be read; check your permissions."
    if table.gateway:
        return f"Subnet {subnet_id} uses gateway table {table.id}, which is never touched."
    return table


def _by_vpc(
    vpc: Optional[str], tags: Mapping[str, str], tables: Sequence[RouteTable]
) -> Iterator[Found]:
    if vpc is None:
        return
    inside = [table for table in tables if table.vpc == vpc and not table.gateway]
    if not inside:
        yield f"VPC {vpc} does not exist or has no route table; correct route_tables.vpc_id."
        return
    tagged = [table for table in inside if tags.items() <= table.tags.items()]
    if not tagged:
        words = ", ".join(f"{key}={value}" for key, value in tags.items())
        yield f"No route table of VPC {vpc} has the tags {words}; tag them or correct the tags."
    yield from sorted(tagged, key=lambda table: table.id)
