# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Look at EC2: few calls, by filter, in chunks, in parallel, every page.

By filter, because an id that does not exist then is missing from the answer instead of an error.
Nothing asked for: no call. Every function raises the first `AwsError` of its calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from .._engine.network import Interface, RouteTable, Subnet, Vpc
from . import translate
from .calls import Ec2
from .errors import AwsError

CHUNK = 100  # values in one filter (AWS takes 200), and items on one page

Filters = list[dict[str, Any]]
Found = TypeVar("Found", Interface, RouteTable, Subnet, Vpc)


def route_tables(
    ec2: Ec2,
    deadline: float,
    ids: Iterable[str] = (),
    vpcs: Iterable[str] = (),
    tag_keys: Iterable[str] = (),
) -> tuple[RouteTable, ...]:
    """The tables of these ids, every one of these VPCs, and every one with any of these tags.

    Sorted by id, each once. A key of a tag may hold `*`.
    """
    queries = _by("route-table-id", ids) + _by("vpc-id", vpcs) + _by("tag-key", tag_keys)
    return _read(ec2, deadline, "describe_route_tables", queries, translate.route_table)


def interfaces(
    ec2: Ec2,
    deadline: float,
    ids: Iterable[str] = (),
    instances: Iterable[str] = (),
    tag_keys: Iterable[str] = (),
) -> tuple[Interface, ...]:
    """The interfaces of these ids, every one attached to these instances, or with these tags."""
    queries = _by("network-interface-id", ids) + _by("attachment.instance-id", instances)
    queries += _by("tag-key", tag_keys)
    return _read(ec2, deadline, "describe_network_interfaces", queries, translate.interface)


def interfaces_with(
    ec2: Ec2, deadline: float, subnet: str, addresses: Iterable[str]
) -> tuple[Interface, ...]:
    """The interfaces of one subnet that hold any of these IPv4 addresses."""
    chunks = _by("addresses.private-ip-address", addresses)
    queries = [[_filter("subnet-id", [subnet]), *chunk] for chunk in chunks]
    return _read(ec2, deadline, "describe_network_interfaces", queries, translate.interface)


def interfaces_in(ec2: Ec2, deadline: float, subnets: Iterable[str]) -> tuple[Interface, ...]:
    """Every interface of these subnets."""
    queries = _by("subnet-id", subnets)
    return _read(ec2, deadline, "describe_network_interfaces", queries, translate.interface)


def subnets(
    ec2: Ec2, deadline: float, ids: Iterable[str] = (), vpcs: Iterable[str] = ()
) -> tuple[Subnet, ...]:
    """The subnets of these ids, and every subnet of these VPCs."""
    queries = _by("subnet-id", ids) + _by("vpc-id", vpcs)
    return _read(ec2, deadline, "describe_subnets", queries, translate.subnet)


def vpcs(ec2: Ec2, deadline: float, ids: Iterable[str]) -> tuple[Vpc, ...]:
    return _read(ec2, deadline, "describe_vpcs", _by("vpc-id", ids), translate.vpc)


def instance_states(ec2: Ec2, deadline: float, ids: Iterable[str]) -> dict[str, str]:
    """The state of each of these instances, by id: running, stopped …; what is gone is missing."""
    found: dict[str, str] = {}
    queries = _by("instance-id", ids)
    asked = [_asked(ec2, deadline, filters) for filters in queries]
    for answer in ec2.parallel(asked):
        if isinstance(answer, AwsError):
            raise answer
        for reservation in answer:
            found.update(
                (raw["InstanceId"], raw["State"]["Name"]) for raw in reservation["Instances"]
            )
    return found


def _asked(ec2: Ec2, deadline: float, filters: Filters) -> Callable[[], list[Any]]:
    return lambda: _pages(ec2, deadline, "describe_instances", filters)


_LISTS = {
    "describe_instances": "Reservations",
    "describe_route_tables": "RouteTables",
    "describe_network_interfaces": "NetworkInterfaces",
    "describe_subnets": "Subnets",
    "describe_vpcs": "Vpcs",
}


def _read(
    ec2: Ec2,
    deadline: float,
    operation: str,
    queries: Sequence[Filters],
    translated: Callable[[Any], Found],
) -> tuple[Found, ...]:
    """Run all queries at once; what they found, sorted by id, each once."""

    def asked(filters: Filters) -> Callable[[], list[Found]]:
        return lambda: [translated(raw) for raw in _pages(ec2, deadline, operation, filters)]

    found: dict[str, Found] = {}
    for answer in ec2.parallel([asked(filters) for filters in queries]):
        if isinstance(answer, AwsError):
            raise answer
        found.update((item.id, item) for item in answer)
    return tuple(found[key] for key in sorted(found))


def _pages(ec2: Ec2, deadline: float, operation: str, filters: Filters) -> list[Any]:
    items: list[Any] = []
    more: dict[str, Any] = {}
    while True:
        reply = ec2.call(operation, deadline, Filters=filters, MaxResults=CHUNK, **more)
        items.extend(reply.get(_LISTS[operation], ()))
        if not reply.get("NextToken"):
            return items
        more = {"NextToken": reply["NextToken"]}


def _by(name: str, values: Iterable[str]) -> list[Filters]:
    """One query for each chunk of values."""
    unique = sorted(set(values))
    chunks = [unique[start : start + CHUNK] for start in range(0, len(unique), CHUNK)]
    return [[_filter(name, chunk)] for chunk in chunks]


def _filter(name: str, values: Sequence[str]) -> dict[str, Any]:
    return {"Name": name, "Values": list(values)}
