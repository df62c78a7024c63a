# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The network behind `FakeEc2`, and EC2's calls on it: as pure functions, in EC2's own words.

What can change is a mapping from `Key` to what stands there: the routes, as (table, CIDR), and the
secondary addresses, as (subnet, address), each to an interface or, for routes, another target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

Key = tuple[str, str]
State = Mapping[Key, str]
Params = Mapping[str, Any]
Page = tuple[dict[str, Any], list[str]]  # a reply, and the ids of what is in it
Changes = Mapping[Key, Optional[str]]
Refusal = tuple[str, str]  # an error code and its message
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
        return {"route-table-id": table.id, "vpc-id": table.vpc}[name] in values

    chosen = [one for one in net.tables if _all_match(one, params, matches)]
    return _page("RouteTables", chosen, params, page_size, lambda one: _table(net, state, one))


def describe_network_interfaces(net: Network, state: State, params: Params, page_size: int) -> Page:
    def matches(eni: Eni, name: str, values: Sequence[str]) -> bool:
        found = {
            "network-interface-id": eni.id,
            "subnet-id": eni.subnet,
            "attachment.instance-id": eni.instance,
        }
        return found[name] in values

    chosen = [one for one in net.enis if _all_match(one, params, matches)]
    page, ids = _page("NetworkInterfaces", chosen, params, page_size, lambda one: _eni(state, one))
    # Only a look at a whole subnet tells who has an address there.
    whole = any(item["Name"] == "subnet-id" for item in params.get("Filters", ()))
    return page, [*ids, *(sorted({one.subnet for one in chosen}) if whole else ())]


def describe_subnets(net: Network, state: State, params: Params, page_size: int) -> Page:
    def matches(subnet: str, name: str, values: Sequence[str]) -> bool:
        return {"subnet-id": subnet, "vpc-id": VPC}[name] in values

    chosen = [one for one in net.subnets if _all_match(one, params, matches)]

    def shown(one: str) -> dict[str, Any]:
        return {"SubnetId": one, "VpcId": VPC, "CidrBlock": "10.0.1.0/24"}

    return _page("Subnets", chosen, params, page_size, shown)


def describe_vpcs(net: Network, state: State, params: Params, page_size: int) -> Page:
    return _page(
        "Vpcs", [VPC], params, page_size, lambda one: {"VpcId": one, "CidrBlock": "10.0.0.0/16"}
    )


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
    routes = [_route(net, key, leads_to) for key, leads_to in state.items() if key[0] == table.id]
    associations: list[dict[str, Any]] = [{"SubnetId": subnet} for subnet in table.subnets]
    if table.main:
        associations.append({"Main": True})
    if table.gateway:
        associations.append({"GatewayId": "igw-1"})
    tags = [{"Key": key, "Value": value} for key, value in table.tags.items()]
    return {
        "RouteTableId": table.id,
        "VpcId": table.vpc,
        "Routes": routes,
        "Associations": associations,
        "Tags": tags,
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
    }
    if eni.instance:
        found["Attachment"] = {"InstanceId": eni.instance, "DeviceIndex": eni.device_index}
    return found


def key_of(net: Network, params: Params) -> Key:
    """The key that a write is about; an address's subnet is that of its interface."""
    if "RouteTableId" in params:
        return params["RouteTableId"], _cidr(params)
    eni = net.eni(params["NetworkInterfaceId"])
    return eni.subnet if eni else "", params["PrivateIpAddresses"][0]


def _cidr(params: Params) -> str:
    return str(params.get("DestinationCidrBlock") or params["DestinationIpv6CidrBlock"])


def _replace_route(net: Network, state: State, params: Params) -> Changes | Refusal:
    key = key_of(net, params)
    missing = _missing(net, params)
    if missing:
        return missing
    if key not in state:
        text = f"There is no route defined for '{key[1]}' in the route table. Use CreateRoute"
        return "InvalidParameterValue", text
    return {key: params["NetworkInterfaceId"]}


def _create_route(net: Network, state: State, params: Params) -> Changes | Refusal:
    key = key_of(net, params)
    missing = _missing(net, params)
    if missing:
        return missing
    if key in state:
        return "RouteAlreadyExists", f"The route identified by {key[1]} already exists."
    return {key: params["NetworkInterfaceId"]}


def _delete_route(net: Network, state: State, params: Params) -> Changes | Refusal:
    key = key_of(net, params)
    if key not in state:
        return "InvalidRoute.NotFound", f"no route with destination-cidr-block {key[1]}"
    return {key: None}


def _assign(net: Network, state: State, params: Params) -> Changes | Refusal:
    missing = _missing(net, params)
    if missing:
        return missing
    eni = net.eni(params["NetworkInterfaceId"])
    if eni is None or not params.get("AllowReassignment"):
        return "InvalidParameterValue", "Address is in use."
    return {(eni.subnet, address): eni.id for address in params["PrivateIpAddresses"]}


def _unassign(net: Network, state: State, params: Params) -> Changes | Refusal:
    eni = net.eni(params["NetworkInterfaceId"])
    if eni is None:
        return _no_interface(params["NetworkInterfaceId"])
    keys: Iterable[Key] = [(eni.subnet, address) for address in params["PrivateIpAddresses"]]
    if any(state.get(key) != eni.id for key in keys):
        text = f"Some of the specified addresses are not assigned to interface {eni.id}"
        return "InvalidParameterValue", text
    return dict.fromkeys(keys)


def _missing(net: Network, params: Params) -> Refusal | None:
    table, eni = params.get("RouteTableId"), params["NetworkInterfaceId"]
    if table is not None and table not in {one.id for one in net.tables}:
        return "InvalidRouteTableID.NotFound", f"The routeTable ID '{table}' does not exist"
    return None if net.eni(eni) else _no_interface(eni)


def _no_interface(eni: str) -> Refusal:
    return "InvalidNetworkInterfaceID.NotFound", f"The networkInterface ID '{eni}' does not exist"


WRITES: Mapping[str, Callable[[Network, State, Params], Changes | Refusal]] = {
    "replace_route": _replace_route,
    "create_route": _create_route,
    "delete_route": _delete_route,
    "assign_private_ip_addresses": _assign,
    "unassign_private_ip_addresses": _unassign,
}
