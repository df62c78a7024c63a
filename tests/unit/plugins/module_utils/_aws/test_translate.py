# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import translate
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    Interface,
    Route,
    RouteTable,
    Subnet,
    Vpc,
)


@pytest.mark.parametrize(
    ("raw", "route"),
    [
        (
            {
                "DestinationCidrBlock": "100.64.1.1/32",
                "NetworkInterfaceId": "eni-1",
                "InstanceId": "i-1",
            },
            Route("100.64.1.1/32", interface="eni-1"),
        ),
        (
            {
                "DestinationIpv6CidrBlock": "FD00:0::1/128",
                "NetworkInterfaceId": "eni-1",
                "State": "blackhole",
            },
            Route("fd00::1/128", interface="eni-1", blackhole=True),
        ),
        ({"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1"}, Route("pl-1", other="vpce-1")),
        (
            {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"},
            Route("10.0.0.0/16", other="local"),
        ),
        (
            {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"},
            Route("0.0.0.0/0", other="nat-1"),
        ),
        (
            {"DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayId": "tgw-1"},
            Route("0.0.0.0/0", other="tgw-1"),
        ),
        (
            {"DestinationCidrBlock": "0.0.0.0/0", "CoreNetworkArn": "arn"},
            Route("0.0.0.0/0", other="arn"),
        ),
        (
            {"DestinationCidrBlock": "0.0.0.0/0", "VpcPeeringConnectionId": "pcx-1"},
            Route("0.0.0.0/0", other="pcx-1"),
        ),
        (
            {"DestinationCidrBlock": "100.64.1.1/32", "InstanceId": "i-1", "State": "blackhole"},
            Route("100.64.1.1/32", other="i-1", blackhole=True),
        ),
        (
            {
                "DestinationCidrBlock": "10.9.0.0/16",
                "GatewayId": "vgw-1",
                "Origin": "EnableVgwRoutePropagation",
            },
            Route("10.9.0.0/16", other="vgw-1", propagated=True),
        ),
        (
            {
                "DestinationCidrBlock": "10.9.0.1/32",
                "NetworkInterfaceId": "eni-1",
                "Origin": "Advertisement",
            },
            Route("10.9.0.1/32", interface="eni-1", propagated=True),
        ),
    ],
)
def test_a_route_leads_to_one_thing(raw: dict[str, Any], route: Route) -> None:
    assert translate.route(raw) == route


def test_a_route_table_names_its_explicit_subnets_and_what_it_is() -> None:
    associations = [
        {"Main": True, "AssociationState": {"State": "associated"}},
        {"Main": False, "SubnetId": "subnet-b", "AssociationState": {"State": "associated"}},
        {"Main": False, "SubnetId": "subnet-a"},
        {"Main": False, "SubnetId": "subnet-c", "AssociationState": {"State": "disassociating"}},
    ]
    raw = {
        "RouteTableId": "rtb-1",
        "VpcId": "vpc-1",
        "Associations": associations,
        "Tags": [{"Key": "floating-ip:db", "Value": ""}],
    }
    assert translate.route_table(raw) == RouteTable(
        "rtb-1", "vpc-1", (), ("subnet-a", "subnet-b"), main=True, tags={"floating-ip:db": ""}
    )


def test_a_table_of_a_gateway_is_a_gateway_table() -> None:
    raw = {
        "RouteTableId": "rtb-1",
        "VpcId": "vpc-1",
        "Associations": [{"Main": False, "GatewayId": "igw-1"}],
    }
    assert translate.route_table(raw) == RouteTable("rtb-1", "vpc-1", gateway=True)


def test_a_static_route_hides_the_propagated_one_to_the_same_destination() -> None:
    block = "100.64.1.1/32"
    propagated = {
        "DestinationCidrBlock": block,
        "GatewayId": "vgw-1",
        "Origin": "EnableVgwRoutePropagation",
    }
    static = {"DestinationCidrBlock": block, "NetworkInterfaceId": "eni-1", "Origin": "CreateRoute"}
    table = translate.route_table(
        {"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [propagated, static]}
    )
    assert table.route(block) == Route(block, interface="eni-1")


INTERFACE = {
    "NetworkInterfaceId": "eni-1",
    "VpcId": "vpc-1",
    "SubnetId": "subnet-1",
    "AvailabilityZone": "eu-west-1a",
    "PrivateIpAddress": "10.0.1.10",
    "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.1.10"}, {"PrivateIpAddress": "10.0.1.50"}],
    "Ipv6Addresses": [{"Ipv6Address": "FD00:0::5"}],
    "Attachment": {"InstanceId": "i-1", "DeviceIndex": 0, "Status": "attached"},
    "SourceDestCheck": False,
    "Status": "in-use",
    "TagSet": [{"Key": "Name", "Value": "a"}],
}


def test_an_interface_has_every_address_and_its_attachment() -> None:
    assert translate.interface(INTERFACE) == Interface(
        id="eni-1",
        vpc="vpc-1",
        subnet="subnet-1",
        zone="eu-west-1a",
        primary_address="10.0.1.10",
        addresses=("10.0.1.10", "10.0.1.50"),
        ipv6_addresses=("fd00::5",),
        instance="i-1",
        device_index=0,
        source_dest_check=False,
        tags={"Name": "a"},
    )


def test_an_interface_that_is_attached_nowhere_has_no_instance() -> None:
    raw = {"NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.0.1.10", "Status": "available"}
    found = translate.interface(raw)
    assert (found.instance, found.device_index, found.status) == (None, None, "available")
    assert found.addresses == ("10.0.1.10",)


def test_blocks_that_are_being_taken_away_do_not_count() -> None:
    ipv6 = [
        {"Ipv6CidrBlock": "2001:DB8::/64", "Ipv6CidrBlockState": {"State": "associated"}},
        {"Ipv6CidrBlock": "2001:db8:1::/64", "Ipv6CidrBlockState": {"State": "disassociated"}},
    ]
    ipv4 = [
        {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}},
        {"CidrBlock": "10.1.0.0/16", "CidrBlockState": {"State": "associating"}},
        {"CidrBlock": "10.2.0.0/16", "CidrBlockState": {"State": "failed"}},
    ]
    subnet = {
        "SubnetId": "subnet-1",
        "VpcId": "vpc-1",
        "AvailabilityZone": "a",
        "CidrBlock": "10.0.1.0/24",
    }
    assert translate.subnet({**subnet, "Ipv6CidrBlockAssociationSet": ipv6}) == Subnet(
        "subnet-1", "vpc-1", "a", "10.0.1.0/24", ("2001:db8::/64",)
    )
    vpc = {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "CidrBlockAssociationSet": ipv4}
    assert translate.vpc({**vpc, "Ipv6CidrBlockAssociationSet": ipv6}) == Vpc(
        "vpc-1", ("10.0.0.0/16", "10.1.0.0/16", "2001:db8::/64")
    )
