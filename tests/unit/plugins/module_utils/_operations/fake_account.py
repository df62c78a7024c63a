# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An account in memory: tables, interfaces and their tags, as provisioning changes them."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import api_name
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
    FloatingIp,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Clock,
    ec2_of,
    refusal,
)

VPC, SUBNET = "vpc-1", "subnet-1"
TABLES = ("rtb-1", "rtb-2")
Refusal = Callable[[str, dict[str, Any]], "str | None"]


@dataclass
class Thing:
    """A route table or an interface."""

    tags: dict[str, str] = field(default_factory=dict)
    routes: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    check: bool = True
    is_gone: bool = False  # routes that lead here are blackholes


class Account:
    """All of it in one VPC and one subnet; `refuse` gives a call an error code."""

    def __init__(self) -> None:
        self.things = {table: Thing() for table in TABLES}
        for number, name in enumerate("abc", 11):
            self.things[f"eni-{name}"] = Thing(addresses=[f"10.0.1.{number}"])
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refuse: Refusal = lambda operation, params: None
        self.meta = type("Meta", (), {"region_name": "eu-west-1"})
        self._lock = threading.Lock()

    def edge(self) -> Edge:
        clock = Clock()
        ec2 = ec2_of(self, clock)
        return Edge(lambda aws: ec2, clock)

    def state(self) -> Any:
        return copy.deepcopy(self.things)

    def writes(self) -> list[str]:
        return [name for name, _params in self.calls if not name.startswith("describe_")]

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        if operation.startswith("__"):
            raise AttributeError(operation)

        def method(**params: Any) -> dict[str, Any]:
            with self._lock:
                self.calls.append((operation, params))
                code = self.refuse(operation, params)
                if code is not None:
                    raise refusal(code, "no", 403, api_name(operation))
                found: dict[str, Any] = getattr(self, f"_{operation}")(params) or {}
                return found

        return method

    def _chosen(self, prefix: str, params: dict[str, Any]) -> list[tuple[str, Thing]]:
        things = [each for each in self.things.items() if each[0].startswith(prefix)]
        return [each for each in things if all(_matches(*each, one) for one in params["Filters"])]

    def _describe_route_tables(self, params: dict[str, Any]) -> dict[str, Any]:
        found = self._chosen("rtb-", params)
        return {"RouteTables": [self._table(name, thing) for name, thing in found]}

    def _table(self, name: str, thing: Thing) -> dict[str, Any]:
        routes = [
            {
                "DestinationCidrBlock": block,
                "NetworkInterfaceId": to,
                "State": "blackhole" if self.things[to].is_gone else "active",
            }
            for block, to in thing.routes.items()
        ]
        return {"RouteTableId": name, "VpcId": VPC, "Routes": routes, "Tags": _listed(thing.tags)}

    def _describe_network_interfaces(self, params: dict[str, Any]) -> dict[str, Any]:
        found = [each for each in self._chosen("eni-", params) if not each[1].is_gone]
        return {
            "NetworkInterfaces": [
                {
                    "NetworkInterfaceId": name,
                    "VpcId": VPC,
                    "SubnetId": SUBNET,
                    "AvailabilityZone": "eu-west-1a",
                    "PrivateIpAddress": thing.addresses[0],
                    "PrivateIpAddresses": [{"PrivateIpAddress": one} for one in thing.addresses],
                    "SourceDestCheck": thing.check,
                    "Attachment": {"InstanceId": f"i-{name}", "DeviceIndex": 0},
                    "TagSet": _listed(thing.tags),
                }
                for name, thing in found
            ]
        }

    def _describe_subnets(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"Subnets": [{"SubnetId": SUBNET, "VpcId": VPC, "CidrBlock": "10.0.1.0/24"}]}

    def _describe_vpcs(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"Vpcs": [{"VpcId": VPC, "CidrBlock": "10.0.0.0/16"}]}

    def _describe_instances(self, params: dict[str, Any]) -> dict[str, Any]:
        ids = params["Filters"][0]["Values"]
        instances = [{"InstanceId": one, "State": {"Name": "running"}} for one in ids]
        return {"Reservations": [{"Instances": instances}]}

    def _create_tags(self, params: dict[str, Any]) -> None:
        for resource in params["Resources"]:
            self.things[resource].tags.update({one["Key"]: one["Value"] for one in params["Tags"]})

    def _delete_tags(self, params: dict[str, Any]) -> None:
        for resource in params["Resources"]:
            for one in params["Tags"]:
                if self.things[resource].tags.get(one["Key"]) == one["Value"]:
                    del self.things[resource].tags[one["Key"]]

    def _modify_network_interface_attribute(self, params: dict[str, Any]) -> None:
        self.things[params["NetworkInterfaceId"]].check = params["SourceDestCheck"]["Value"]

    def _replace_route(self, params: dict[str, Any]) -> None:
        if params.get("DryRun"):
            raise refusal("DryRunOperation", "would have", 412, "ReplaceRoute")
        table = self.things[params["RouteTableId"]]
        table.routes[params["DestinationCidrBlock"]] = params["NetworkInterfaceId"]

    _create_route = _replace_route

    def _delete_route(self, params: dict[str, Any]) -> None:
        del self.things[params["RouteTableId"]].routes[params["DestinationCidrBlock"]]

    def _assign_private_ip_addresses(self, params: dict[str, Any]) -> None:
        for address in params["PrivateIpAddresses"]:
            for thing in self.things.values():
                thing.addresses = [one for one in thing.addresses if one != address]
            self.things[params["NetworkInterfaceId"]].addresses.append(address)

    def _unassign_private_ip_addresses(self, params: dict[str, Any]) -> None:
        for address in params["PrivateIpAddresses"]:
            self.things[params["NetworkInterfaceId"]].addresses.remove(address)


def definition(name: str = "db", address: str = "100.64.10.10", **more: Any) -> FloatingIp:
    """A route definition over both tables, with the targets a and b."""
    targets = tuple(Target(one, network_interface_id=f"eni-{one}") for one in "ab")
    values = {"route_tables": RouteTables(ids=TABLES), "aws": Aws(region="eu-west-1"), **more}
    return FloatingIp(name, (address,), targets, **values)


def secondary(name: str = "db", address: str = "10.0.1.200", **more: Any) -> FloatingIp:
    return definition(name, address, mechanism="secondary_ip", route_tables=RouteTables(), **more)


def _listed(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _matches(name: str, thing: Thing, wanted: dict[str, Any]) -> bool:
    """Whether one filter lets a thing through."""
    if wanted["Name"] == "tag-key":
        keys = tuple(value.rstrip("*") for value in wanted["Values"])
        return any(key.startswith(keys) for key in thing.tags)
    known = {name, VPC, SUBNET}
    if wanted["Name"] == "addresses.private-ip-address":
        known = set(thing.addresses)
    return bool(known & set(wanted["Values"]))
