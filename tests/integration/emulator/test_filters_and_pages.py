# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters, and pages of what they leave."""

from __future__ import annotations

from typing import Any

import pytest

FLOATING = "100.64.10.10/32"


def tables(ec2: Any, **filters: list[str]) -> set[str]:
    """The ids of the tables that pass the filters, whose names are written with _ for both - and
    .
    """
    wanted = [
        {"Name": name.replace("__", ".").replace("_", "-"), "Values": values}
        for name, values in filters.items()
    ]
    found = (
        ec2.get_paginator("describe_route_tables")
        .paginate(Filters=wanted)
        .search("RouteTables[].RouteTableId")
    )
    return set(found)


def test_filters_of_route_tables(ec2: Any, world: Any) -> None:
    net = world(tables=3, tags={"floating-ip": "db"})
    ec2.create_route(
        RouteTableId=net.tables[2],
        DestinationCidrBlock=FLOATING,
        NetworkInterfaceId=net.eni("db-a"),
    )
    ours = {"vpc_id": [net.vpc]}
    assert tables(ec2, **ours) == {*net.tables, net.main_table}
    assert tables(ec2, route_table_id=list(net.tables[:2])) == set(net.tables[:2])
    assert tables(ec2, **ours, association__main=["true"]) == {net.main_table}
    assert tables(ec2, **ours, association__main=["false"]) == set(net.tables[:2])
    assert tables(ec2, association__subnet_id=[net.subnets[0], "subnet-0"]) == {net.tables[0]}
    assert tables(ec2, **ours, tag_key=["floating-*"]) == set(net.tables)
    assert tables(ec2, **ours, route__destination_cidr_block=[FLOATING]) == {net.tables[2]}
    assert tables(ec2, **ours, route__state=["blackhole"]) == set()
    named = [{"Name": "tag:floating-ip", "Values": ["web", "d?"]}]
    found = ec2.describe_route_tables(Filters=named)["RouteTables"]
    assert {table["RouteTableId"] for table in found} == set(net.tables)


def test_one_of_several_values_is_enough(ec2: Any, world: Any) -> None:
    net = world(azs=3, tables=3)
    ec2.replace_route_table_association(
        AssociationId=_association(ec2, net.tables[1]), RouteTableId=net.tables[0]
    )
    assert tables(ec2, association__subnet_id=[net.subnets[1], net.subnets[2]]) == {
        net.tables[0],
        net.tables[2],
    }


def _association(ec2: Any, table: str) -> str:
    found = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Associations"]
    return str(found[0]["RouteTableAssociationId"])


def test_tables_by_gateway(ec2: Any, world: Any) -> None:
    net = world(tables=3)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=net.vpc)
    ec2.associate_route_table(RouteTableId=net.tables[2], GatewayId=gateway)
    assert tables(ec2, association__gateway_id=[gateway]) == {net.tables[2]}
    assert tables(ec2, association__subnet_id=[gateway]) == set()


def test_filters_of_interfaces(ec2: Any, world: Any) -> None:
    net = world()
    target = net.targets["db-a"]
    ec2.assign_private_ip_addresses(NetworkInterfaceId=target.eni, PrivateIpAddresses=["10.0.1.99"])
    ec2.create_tags(Resources=[target.eni], Tags=[{"Key": "role", "Value": "db"}])
    for name, values in (
        ("network-interface-id", [target.eni, "eni-0"]),
        ("attachment.instance-id", [target.instance, "i-0"]),
        ("addresses.private-ip-address", ["10.0.1.99", "10.0.2.99"]),
        ("private-ip-address", [target.address]),
        ("subnet-id", [target.subnet]),
        ("tag:role", ["db"]),
    ):
        found = ec2.describe_network_interfaces(Filters=[{"Name": name, "Values": values}])[
            "NetworkInterfaces"
        ]
        assert [eni["NetworkInterfaceId"] for eni in found] == [target.eni], name
    in_vpc = [
        {"Name": "vpc-id", "Values": [net.vpc]},
        {"Name": "attachment.device-index", "Values": ["0"]},
    ]
    assert len(ec2.describe_network_interfaces(Filters=in_vpc)["NetworkInterfaces"]) == 2


def test_filters_of_instances_subnets_and_vpcs(ec2: Any, world: Any) -> None:
    net = world()
    target = net.targets["db-a"]
    for name, value in (
        ("tag:Name", "db-a"),
        ("network-interface.network-interface-id", target.eni),
        ("network-interface.addresses.private-ip-address", target.address),
        ("private-ip-address", target.address),
        ("subnet-id", target.subnet),
        ("instance-id", target.instance),
    ):
        found = ec2.describe_instances(Filters=[{"Name": name, "Values": [value]}])["Reservations"]
        assert [each["InstanceId"] for group in found for each in group["Instances"]] == [
            target.instance
        ], name
    zone = [
        {"Name": "vpc-id", "Values": [net.vpc]},
        {"Name": "availability-zone", "Values": [net.zones[1]]},
    ]
    found = ec2.describe_subnets(Filters=zone)["Subnets"]
    assert [subnet["SubnetId"] for subnet in found] == [net.subnets[1]]
    vpcs = ec2.describe_vpcs(Filters=[{"Name": "cidr", "Values": [net.cidr]}])["Vpcs"]
    assert [vpc["VpcId"] for vpc in vpcs] == [net.vpc]


def test_a_filter_that_aws_does_not_have_is_refused(ec2: Any, refused: Any) -> None:
    wrong = [{"Name": "colour", "Values": ["blue"]}]
    for describe in (
        ec2.describe_route_tables,
        ec2.describe_network_interfaces,
        ec2.describe_instances,
        ec2.describe_subnets,
        ec2.describe_vpcs,
    ):
        assert "'colour' is invalid" in refused("InvalidParameterValue", describe, Filters=wrong)


def test_two_hundred_values_are_the_limit(ec2: Any, world: Any, refused: Any) -> None:
    many = [*world().tables, *(f"rtb-{number:017x}" for number in range(199))]
    name = "route-table-id"
    assert (
        len(
            ec2.describe_route_tables(Filters=[{"Name": name, "Values": many[:200]}])["RouteTables"]
        )
        == 2
    )
    refused(
        "FilterLimitExceeded", ec2.describe_route_tables, Filters=[{"Name": name, "Values": many}]
    )


def test_a_missing_id_is_no_error_in_a_filter_and_one_by_id(ec2: Any, refused: Any) -> None:
    missing = [{"Name": "route-table-id", "Values": ["rtb-0123456789abcdef0"]}]
    assert ec2.describe_route_tables(Filters=missing)["RouteTables"] == []
    refused(
        "InvalidRouteTableID.NotFound",
        ec2.describe_route_tables,
        RouteTableIds=["rtb-0123456789abcdef0"],
    )
    gone = {"NetworkInterfaceIds": ["eni-0123456789abcdef0"]}
    refused("InvalidNetworkInterfaceID.NotFound", ec2.describe_network_interfaces, **gone)
    refused(
        "InvalidInstanceID.NotFound", ec2.describe_instances, InstanceIds=["i-0123456789abcdef0"]
    )
    refused(
        "InvalidSubnetID.NotFound", ec2.describe_subnets, SubnetIds=["subnet-0123456789abcdef0"]
    )
    refused("InvalidVpcID.NotFound", ec2.describe_vpcs, VpcIds=["vpc-0123456789abcdef0"])


def test_more_than_a_hundred_tables_come_in_pages(ec2: Any, world: Any) -> None:
    net = world(tables=230, targets=())
    ours = {"Filters": [{"Name": "vpc-id", "Values": [net.vpc]}]}
    first = ec2.describe_route_tables(**ours)
    assert len(first["RouteTables"]) == 100
    second = ec2.describe_route_tables(**ours, NextToken=first["NextToken"], MaxResults=50)
    assert len(second["RouteTables"]) == 50
    assert tables(ec2, vpc_id=[net.vpc]) == {*net.tables, net.main_table}
    last = ec2.describe_route_tables(
        Filters=[{"Name": "route-table-id", "Values": list(net.tables[:100])}]
    )
    assert "NextToken" not in last


@pytest.mark.parametrize("kind", ["network_interfaces", "instances", "subnets", "vpcs"])
def test_other_describes_have_pages_too(ec2: Any, world: Any, kind: str) -> None:
    net = world(azs=1, tables=0, targets=[f"t{number}" for number in range(6)], subnets=6)
    for number in range(6):
        ec2.create_vpc(CidrBlock=f"10.{number + 50}.0.0/16")
    assert net.targets
    describe = getattr(ec2, f"describe_{kind}")
    key = {"network_interfaces": "NetworkInterfaces", "instances": "Reservations"}.get(
        kind, kind.capitalize()
    )
    page = describe(MaxResults=5)
    assert len(page[key]) == 5
    assert page["NextToken"]
    everything = list(
        ec2.get_paginator(f"describe_{kind}").paginate(PaginationConfig={"PageSize": 5}).search(key)
    )
    assert len(everything) > 5


def test_wrong_page_sizes_and_tokens_are_refused(ec2: Any, refused: Any) -> None:
    refused("InvalidParameterValue", ec2.describe_route_tables, MaxResults=101)
    refused("InvalidParameterValue", ec2.describe_instances, MaxResults=4)
    refused("InvalidPaginationToken", ec2.describe_route_tables, NextToken="later")
    both = {"MaxResults": 5, "NetworkInterfaceIds": ["eni-0"]}
    assert ec2.describe_network_interfaces(MaxResults=5)["NetworkInterfaces"] == []
    eni = ec2.create_network_interface(SubnetId=ec2.describe_subnets()["Subnets"][0]["SubnetId"])
    both["NetworkInterfaceIds"] = [eni["NetworkInterface"]["NetworkInterfaceId"]]
    refused("InvalidParameterCombination", ec2.describe_network_interfaces, **both)
