# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build test worlds over HTTP: a VPC with subnets, route tables, and targets on instances."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Optional

IMAGE = "ami-0f10a7e5000000001"  # the one of images.json
IPV6_CIDR = "fd12:3456:789a::/48"  # never used as such: AWS gives a /56 out of its own space
_PARALLEL = 8


@dataclass(frozen=True)
class Placed:
    """A target: where it is."""

    instance: str
    eni: str
    address: str
    subnet: str
    ipv6: Optional[str] = None


@dataclass(frozen=True)
class World:
    vpc: str
    cidr: str
    main_table: str
    tables: tuple[str, ...]
    subnets: tuple[str, ...]
    targets: Mapping[str, Placed]
    zones: tuple[str, ...]
    tags: Mapping[str, str] = field(default_factory=dict)

    def eni(self, target: str) -> str:
        return self.targets[target].eni


def network(
    ec2: Any,
    tables: int = 2,
    targets: Sequence[str] = ("db-a", "db-b"),
    azs: int = 2,
    ipv6: bool = False,
    subnets: Optional[int] = None,
    cidr: str = "10.0.0.0/16",
    tags: Optional[Mapping[str, str]] = None,
    source_dest_check: bool = False,
) -> World:
    """A VPC; a subnet for each zone unless more are asked for; the tables, the first of them
    associated with the subnets in turn (the rest with none); the targets spread over the subnets.
    """
    zones = tuple(f"{ec2.meta.region_name}{'abc'[index]}" for index in range(azs))
    vpc = ec2.create_vpc(CidrBlock=cidr, AmazonProvidedIpv6CidrBlock=ipv6)["Vpc"]
    if ipv6:
        vpc = ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"][0]
    made = _subnets(ec2, vpc, zones, subnets or azs)
    ids = _tables(ec2, vpc["VpcId"], tables, tags or {})
    for table, subnet in zip(ids, made, strict=False):
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    placed = {
        name: _target(ec2, name, made[index % len(made)], ipv6, source_dest_check)
        for index, name in enumerate(targets)
    }
    main = _main_table(ec2, vpc["VpcId"])
    return World(vpc["VpcId"], cidr, main, ids, made, placed, zones, dict(tags or {}))


def _subnets(ec2: Any, vpc: Mapping[str, Any], zones: Sequence[str], count: int) -> tuple[str, ...]:
    prefix = max(24, ipaddress.ip_network(vpc["CidrBlock"]).prefixlen + 1)
    space = ipaddress.ip_network(vpc["CidrBlock"]).subnets(new_prefix=prefix)
    next(space)  # 10.0.0.0/24 stays free
    sixes = [each["Ipv6CidrBlock"] for each in vpc.get("Ipv6CidrBlockAssociationSet", ())]
    space6 = ipaddress.ip_network(sixes[0]).subnets(new_prefix=64) if sixes else iter(())
    made = []
    for index in range(count):
        wanted = {"VpcId": vpc["VpcId"], "CidrBlock": str(next(space))}
        if sixes:
            wanted["Ipv6CidrBlock"] = str(next(space6))
        wanted["AvailabilityZone"] = zones[index % len(zones)]
        made.append(ec2.create_subnet(**wanted)["Subnet"]["SubnetId"])
    return tuple(made)


def _tables(ec2: Any, vpc: str, count: int, tags: Mapping[str, str]) -> tuple[str, ...]:
    wanted: dict[str, Any] = {"VpcId": vpc}
    if tags:
        pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
        wanted["TagSpecifications"] = [{"ResourceType": "route-table", "Tags": pairs}]
    with ThreadPoolExecutor(_PARALLEL) as pool:
        made = pool.map(lambda _number: ec2.create_route_table(**wanted), range(count))
        return tuple(each["RouteTable"]["RouteTableId"] for each in made)


def _target(ec2: Any, name: str, subnet: str, ipv6: bool, source_dest_check: bool) -> Placed:
    tags = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": name}]}]
    run = ec2.run_instances(
        ImageId=IMAGE,
        InstanceType="t3.micro",
        MinCount=1,
        MaxCount=1,
        SubnetId=subnet,
        TagSpecifications=tags,
    )
    instance = run["Instances"][0]
    eni = instance["NetworkInterfaces"][0]
    eni_id = eni["NetworkInterfaceId"]
    ec2.modify_network_interface_attribute(
        NetworkInterfaceId=eni_id, SourceDestCheck={"Value": source_dest_check}
    )
    own6 = None
    if ipv6:
        own6 = ec2.assign_ipv6_addresses(NetworkInterfaceId=eni_id, Ipv6AddressCount=1)[
            "AssignedIpv6Addresses"
        ][0]
    return Placed(instance["InstanceId"], eni_id, eni["PrivateIpAddress"], subnet, own6)


def _main_table(ec2: Any, vpc: str) -> str:
    wanted = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
    found = ec2.describe_route_tables(Filters=wanted)["RouteTables"]
    return str(found[0]["RouteTableId"])
