# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a definition gets wrong about the network it meant: the rules that need a look at AWS."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from typing import Optional, Union

from .._definition.model import ROUTE, FloatingIp, destination
from .network import Interface, RouteTable, Subnet, Vpc
from .places import places
from .selection import select_tables

Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]


def problems(
    definition: FloatingIp,
    vpcs: Sequence[Vpc],
    subnets: Sequence[Subnet],
    tables: Sequence[RouteTable],
    interfaces: Sequence[Interface],
) -> tuple[str, ...]:
    """Everything wrong, as sentences that name the floating IP and say what to do.

    The tables of all VPCs in question must be there, their main ones too.
    """
    found = places(definition.targets, interfaces)
    unresolved = [place.error for place in found if place.error is not None]
    ids = [place.interface for place in found]
    held_by = [interface for interface in interfaces if interface.id in ids]
    if definition.mechanism == ROUTE:
        selected, findings = select_tables(definition.route_tables, tables, subnets)
        wrong = (*findings, *_route_problems(definition, vpcs, selected, held_by))
    else:
        wrong = tuple(_secondary_problems(definition, subnets, held_by, interfaces))
    texts = dict.fromkeys((*unresolved, *wrong))
    return tuple(f"Floating IP {definition.name}: {text}" for text in texts)


def _route_problems(
    definition: FloatingIp,
    vpcs: Sequence[Vpc],
    tables: Sequence[RouteTable],
    interfaces: Sequence[Interface],
) -> Iterator[str]:
    yield from _vpc_problems(tables, interfaces)
    for address in definition.addresses:
        yield from _inside_problems(address, vpcs)
        yield from _propagated_problems(address, tables)


def _vpc_problems(tables: Sequence[RouteTable], interfaces: Sequence[Interface]) -> Iterator[str]:
    """A route leads only to an interface of its table's VPC."""
    homes = sorted({interface.vpc for interface in interfaces})
    if len(homes) > 1:
        yield (
            f"its targets are in several VPCs ({', '.join(homes)}), and a route table leads only "
            "to interfaces of its own; choose targets of one VPC."
        )
    for table in tables:
        if homes and table.vpc not in homes:
            yield (
                f"route table {table.id} is in {table.vpc}, its targets are in "
                f"{', '.join(homes)}; remove the table from the selectors."
            )


def _inside_problems(address: str, vpcs: Sequence[Vpc]) -> Iterator[str]:
    for vpc in vpcs:
        cidr = _containing(address, vpc.cidrs)
        if cidr is not None:
            yield (
                f"address {address} is inside {cidr} of {vpc.id}, where a host route is refused; "
                "choose one outside of every VPC CIDR, as of 100.64.0.0/10."
            )


def _propagated_problems(address: str, tables: Sequence[RouteTable]) -> Iterator[str]:
    for table in tables:
        route = table.route(destination(address))
        if route is not None and route.propagated:
            yield (
                f"{table.id} has a propagated route to {address}, which is never touched; stop "
                "the gateway from propagating it."
            )


def _secondary_problems(
    definition: FloatingIp,
    subnets: Sequence[Subnet],
    interfaces: Sequence[Interface],
    neighbours: Sequence[Interface],
) -> Iterator[str]:
    """A secondary address lives in one subnet, and so must all targets."""
    homes = sorted({interface.subnet for interface in interfaces})
    if len(homes) > 1:
        yield (
            f"its targets are in several subnets ({', '.join(homes)}); a secondary_ip cannot "
            "leave its subnet: choose targets of one, or the mechanism route."
        )
        return
    subnet = next((subnet for subnet in subnets if subnet.id in homes), None)
    if subnet is None:
        return
    for address in definition.addresses:
        yield from _subnet_problems(address, subnet, neighbours)


def _subnet_problems(
    address: str, subnet: Subnet, neighbours: Sequence[Interface]
) -> Iterator[str]:
    cidr = _containing(address, (subnet.cidr, *subnet.ipv6_cidrs))
    if cidr is None:
        yield f"address {address} is outside {subnet.cidr} of {subnet.id}; choose one inside."
    elif _is_reserved(address, cidr):
        yield f"address {address} is one of the five of {cidr} that AWS keeps; choose another."
    for one in neighbours:
        if one.subnet == subnet.id and one.primary_address == address:
            yield f"address {address} is the primary one of {one.id}, which cannot move."


def _containing(address: str, cidrs: Sequence[str]) -> Optional[Network]:
    """The network that the address is in, of any of these; None where it is in none."""
    wanted = ipaddress.ip_address(address)
    networks = (ipaddress.ip_network(cidr) for cidr in cidrs)
    return next((network for network in networks if wanted in network), None)


def _is_reserved(address: str, network: Network) -> bool:
    """AWS keeps the first four addresses of a subnet and the last one."""
    number = int(ipaddress.ip_address(address)) - int(network.network_address)
    return number < 4 or number == network.num_addresses - 1
