# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Survey: everything that AWS can tell about some definitions, in at most two round trips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .._aws import reads
from .._aws.calls import Ec2
from .._definition.model import SECONDARY_IP, FloatingIp
from .._engine.network import Interface, RouteTable, Subnet, Vpc
from .edge import unique


@dataclass(frozen=True)
class Survey:
    """AWS's own words about the definitions of one account and Region."""

    tables: tuple[RouteTable, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    vpcs: tuple[Vpc, ...] = ()


def survey(ec2: Ec2, definitions: Sequence[FloatingIp], deadline: float) -> Survey:
    """What the cells and targets of the definitions need. Raises AwsError when a read fails."""
    found = _named(ec2, definitions, deadline)
    known = {table.vpc for table in found.tables if table.main}
    vpcs = unique(subnet.vpc for subnet in found.subnets if subnet.vpc not in known)
    homes = _secondary_subnets(definitions, found.interfaces)
    if not vpcs and not homes:
        return found
    tables, neighbours = ec2_reads(
        ec2,
        lambda: reads.route_tables(ec2, deadline, vpcs=vpcs),
        lambda: reads.interfaces_in(ec2, deadline, homes),
    )
    return Survey(merged(found.tables, tables), merged(found.interfaces, neighbours), found.subnets)


def survey_network(ec2: Ec2, definitions: Sequence[FloatingIp], deadline: float) -> Survey:
    """A survey with the VPCs and all their subnets and tables: for validation and coverage."""
    found = _named(ec2, definitions, deadline)
    vpcs = unique(
        [table.vpc for table in found.tables]
        + [interface.vpc for interface in found.interfaces]
        + [subnet.vpc for subnet in found.subnets]
    )
    if not vpcs:
        return found
    networks, subnets, tables, neighbours = ec2_reads(
        ec2,
        lambda: reads.vpcs(ec2, deadline, vpcs),
        lambda: reads.subnets(ec2, deadline, vpcs=vpcs),
        lambda: reads.route_tables(ec2, deadline, vpcs=vpcs),
        lambda: reads.interfaces_in(
            ec2, deadline, _secondary_subnets(definitions, found.interfaces)
        ),
    )
    return Survey(
        merged(found.tables, tables),
        merged(found.interfaces, neighbours),
        merged(found.subnets, subnets),
        networks,
    )


def _named(ec2: Ec2, definitions: Sequence[FloatingIp], deadline: float) -> Survey:
    """The first round trip: what the definitions name."""
    targets = [target for definition in definitions for target in definition.targets]
    selectors = [definition.route_tables for definition in definitions]
    interfaces, subnets, tables = ec2_reads(
        ec2,
        lambda: reads.interfaces(
            ec2,
            deadline,
            ids=unique(t.network_interface_id for t in targets if t.network_interface_id),
            instances=unique(t.instance_id for t in targets if t.instance_id),
        ),
        lambda: reads.subnets(
            ec2, deadline, ids=unique(one for each in selectors for one in each.subnet_ids)
        ),
        lambda: reads.route_tables(
            ec2,
            deadline,
            ids=unique(one for each in selectors for one in each.ids),
            vpcs=unique(selector.vpc_id for selector in selectors if selector.vpc_id),
        ),
    )
    return Survey(tables, interfaces, subnets)


def ec2_reads(ec2: Ec2, *thunks: Callable[[], Any]) -> list[Any]:
    """The results of reads that run at the same time; the first failure is raised."""
    results = ec2.parallel(thunks)
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


def merged(first: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    """Both, by id; the later reading of the same thing wins."""
    return tuple({**{one.id: one for one in first}, **{one.id: one for one in more}}.values())


def _secondary_subnets(
    definitions: Sequence[FloatingIp], interfaces: Sequence[Interface]
) -> tuple[str, ...]:
    wanted = {
        target.network_interface_id or target.instance_id
        for definition in definitions
        if definition.mechanism == SECONDARY_IP
        for target in definition.targets
    }
    return unique(one.subnet for one in interfaces if one.id in wanted or one.instance in wanted)
