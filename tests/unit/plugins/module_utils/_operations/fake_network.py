# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The network behind `FakeEc2`, and EC2's calls on it: as pure functions, in EC2's own words.

What can change is a mapping from `Key` to what stands there: the routes, as (table, CIDR), and the
secondary addresses, as (subnet, address), each to an interface or, for routes, another target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    fake_marks as marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    Key,
    Params,
    State,
)

Page = tuple[dict[str, Any], list[str]]  # a reply, and the ids of what is in it
VPC = "vpc-1"


@dataclass(frozen=True)
class Eni:
    id: str
    subnet: str = "subnet-1"
    address: str = "10.0.1.10"
    instance: str | None = None
    device_index: int = 0


@dataclass(frozen=True)
class Table:
    id: str
    vpc: str = VPC
    subnets: tuple[str, ...] = ()
    main: bool = False
    gateway: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Network:
    """`blackholes`: interfaces that serve nobody; `propagated`: routes that a gateway made."""

    tables: Sequence[Table]
    enis: Sequence[Eni]
    state: dict[Key, str]
    subnets: Sequence[str] = ("subnet-1",)
    blackholes: set[str] = field(default_factory=set)
    propagated: set[Key] = field(default_factory=set)

    def eni(self, eni_id: str) -> Eni | None:
        return next((one for one in self.enis if one.id == eni_id), None)


def describe_route_tables(net: Network, state: State, params: Params, page_size: int) -> Page:
    def matches(table: Table, name: str, values: Sequence[str]) -> bool:
        if name == "tag-key":
            return marks.has_tag(state, table.id, values)
        return {"route-table-id": table.id, "vpc-id": table.vpc}[name] in values

    chosen = [one for one in net.tables if _all_match(one, params, matches)]
    return _page("RouteTables", chosen, params, page_size, lambda one: _table(net, state, one))


def describe_network_interfaces(net: Network, state: State, params: Params, page_size: int) -> Page:
    def matches(eni: Eni, name: str, values: Sequence[str]) -> bool:
        if name == "tag-key":
            return marks.has_tag(state, eni.id, values)
        if name == "addresses.private-ip-address":
            held = _eni(state, eni)["PrivateIpAddresses"]
            return any(one["PrivateIpAddress"] in values for one in held)
        found = {
            "network-interface-id": eni.id,
            "subnet-id": eni.subnet,
            "attachment.instance-id": eni.instance,
        }
        return found[name] in values

    chosen = [one for one in net.enis if _all_match(one, params, matches)]
    page, ids = _page("NetworkInterfaces", chosen, params, page_size, lambda one: _eni(state, one))
    # Only a look at a subnet tells who has an address there, or that nobody has.
    filters = params.get("Filters", ())
    looked = {one for item in filters if item["Name"] == "subnet-id" for one in item["Values"]}
    return page, [*ids, *sorted(looked)]


def describe_subnets(net: Network, state: State, params: Params, page_size: int) -> Page:
    def matches(subnet: str, name: str, values: Sequence[str]) -> bool:
        return {"subnet-id": subnet, "vpc-id": VPC}[name] in values

    chosen = [one for one in net.subnets if _all_match(one, params, matches)]

    def shown(one: str) -> dict[str, Any]:
        return {"SubnetId": one, "VpcId": VPC, "CidrBlock": "10.0.1.0/24"}

    reply, _ids = _page("Subnets", chosen, params, page_size, shown)
    return reply, []  # it tells nothing of who has an address there


def describe_vpcs(net: Network, state: State, params: Params, page_size: int) -> Page:
    return _page(
        "Vpcs", [VPC], params, page_size, lambda one: {"VpcId": one, "CidrBlock": "10.0.0.0/16"}
    )


def describe_instances(net: Network, state: State, params: Params, page_size: int) -> Page:
    ids = [one for item in params["Filters"] for one in item["Values"]]
    instances = [{"InstanceId": one, "State": {"Name": "running"}} for one in ids]
    return {"Reservations": [{"Instances": instances}]}, ids


def _all_match(
    one: Any, params: Params, matches: Callable[[Any, str, Sequence[str]], bool]
) -> bool:
    return all(matches(one, item["Name"], item["Values"]) for item in params.get("Filters", ()))


def _page(
    name: str,
    chosen: Sequence[Any],
    params: Params,
    page_size: int,
    shown: Callable[[Any], dict[str, Any]],
) -> Page:
    start = int(params.get("NextToken", 0))
    end = start + min(page_size, params.get("MaxResults", page_size))
    part = chosen[start:end]
    reply: dict[str, Any] = {name: [shown(one) for one in part]}
    if end < len(chosen):
        reply["NextToken"] = str(end)
    return reply, [getattr(one, "id", one) for one in part]


def _table(net: Network, state: State, table: Table) -> dict[str, Any]:
    own = [(key, to) for key, to in state.items() if key[0] == table.id and not marks.is_mark(key)]
    associations: list[dict[str, Any]] = [{"SubnetId": subnet} for subnet in table.subnets]
    if table.main:
        associations.append({"Main": True})
    if table.gateway:
        associations.append({"GatewayId": "igw-1"})
    tags = [{"Key": key, "Value": value} for key, value in table.tags.items()]
    return {
        "RouteTableId": table.id,
        "VpcId": table.vpc,
        "Routes": [_route(net, key, leads_to) for key, leads_to in own],
        "Associations": associations,
        "Tags": tags + marks.tags_of(state, table.id),
    }


def _route(net: Network, key: Key, leads_to: str) -> dict[str, Any]:
    target = "NetworkInterfaceId" if leads_to.startswith("eni-") else "GatewayId"
    return {
        _block(key[1]): key[1],
        target: leads_to,
        "State": "blackhole" if leads_to in net.blackholes else "active",
        "Origin": "EnableVgwRoutePropagation" if key in net.propagated else "CreateRoute",
    }


def _block(cidr: str) -> str:
    return "DestinationIpv6CidrBlock" if ":" in cidr else "DestinationCidrBlock"


def _eni(state: State, eni: Eni) -> dict[str, Any]:
    secondary = [
        address for (place, address), at in state.items() if (place, at) == (eni.subnet, eni.id)
    ]
    found: dict[str, Any] = {
        "NetworkInterfaceId": eni.id,
        "SubnetId": eni.subnet,
        "VpcId": VPC,
        "PrivateIpAddress": eni.address,
        "PrivateIpAddresses": [{"PrivateIpAddress": one} for one in (eni.address, *secondary)],
        "TagSet": marks.tags_of(state, eni.id),
    }
    if marks.check_key(eni.id) in state:
        found["SourceDestCheck"] = state[marks.check_key(eni.id)] == marks.ON
    if eni.instance:
        found["Attachment"] = {"InstanceId": eni.instance, "DeviceIndex": eni.device_index}
    return found
