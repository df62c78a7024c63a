# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""VPCs, subnets, gateways, route tables and routes of CloudFormation; see cloudformation.py.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_EC2.html
"""

from __future__ import annotations

import contextlib
from typing import Any

from botocore.exceptions import ClientError

from .cloudformation import Kind, Properties, define, first, itself, only, truth


def _vpc(ec2: Any, properties: Properties) -> str:
    vpc = str(
        first(ec2.create_vpc(**only(properties, "CidrBlock", "InstanceTenancy")), "Vpc", "VpcId")
    )
    for name in ("EnableDnsSupport", "EnableDnsHostnames"):
        if name in properties:
            ec2.modify_vpc_attribute(VpcId=vpc, **{name: {"Value": truth(properties[name])}})
    return vpc


def _describe_vpc(*path: str) -> Any:
    return lambda ec2, vpc: first(ec2.describe_vpcs(VpcIds=[vpc]), "Vpcs", *path)


def _ipv6_blocks(ec2: Any, vpc: str) -> list[str]:
    found = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"]
    return [each["Ipv6CidrBlock"] for each in found]


def _default_group(ec2: Any, vpc: str) -> Any:
    wanted = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    return first(ec2.describe_security_groups(Filters=wanted), "SecurityGroups", "GroupId")


def _vpc_block(ec2: Any, properties: Properties) -> str:
    wanted = only(properties, "VpcId", "CidrBlock", AmazonProvidedIpv6CidrBlock=truth)
    reply = ec2.associate_vpc_cidr_block(**wanted)
    found = reply.get("Ipv6CidrBlockAssociation") or reply["CidrBlockAssociation"]
    return str(found["AssociationId"])


def _subnet(ec2: Any, properties: Properties) -> str:
    wanted = only(properties, "VpcId", "CidrBlock", "Ipv6CidrBlock", "AvailabilityZone")
    wanted.setdefault("AvailabilityZone", f"{ec2.meta.region_name}a")
    subnet = str(first(ec2.create_subnet(**wanted), "Subnet", "SubnetId"))
    for name in ("MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation"):
        if name in properties:
            ec2.modify_subnet_attribute(
                SubnetId=subnet, **{name: {"Value": truth(properties[name])}}
            )
    return subnet


def _attach_gateway(ec2: Any, properties: Properties) -> str:
    if "VpnGatewayId" in properties:
        ec2.attach_vpn_gateway(**only(properties, "VpcId", "VpnGatewayId"))
    else:
        ec2.attach_internet_gateway(**only(properties, "VpcId", "InternetGatewayId"))
    return str(properties["VpcId"])


def _detach_gateway(ec2: Any, _id: str, properties: Properties) -> None:
    if "VpnGatewayId" in properties:
        ec2.detach_vpn_gateway(**only(properties, "VpcId", "VpnGatewayId"))
    else:
        ec2.detach_internet_gateway(**only(properties, "VpcId", "InternetGatewayId"))


def _associate(ec2: Any, properties: Properties) -> str:
    wanted = only(properties, "RouteTableId", "SubnetId", "GatewayId")
    return str(ec2.associate_route_table(**wanted)["AssociationId"])


def _route(ec2: Any, properties: Properties) -> str:
    ec2.create_route(
        **{key: value for key, value in properties.items() if not isinstance(value, dict)}
    )
    return "|".join(_destination(properties).values())


def _destination(properties: Properties) -> dict[str, Any]:
    names = (
        "RouteTableId",
        "DestinationCidrBlock",
        "DestinationIpv6CidrBlock",
        "DestinationPrefixListId",
    )
    return only(properties, *names)


def _delete_route(ec2: Any, _id: str, properties: Properties) -> None:
    with contextlib.suppress(ClientError):  # it went with its table, or somebody else deleted it
        ec2.delete_route(**_destination(properties))


def _of_subnet(*path: str) -> Any:
    return lambda ec2, subnet: first(ec2.describe_subnets(SubnetIds=[subnet]), "Subnets", *path)


define(
    "AWS::EC2::VPC",
    Kind(
        _vpc,
        lambda ec2, vpc, _properties: ec2.delete_vpc(VpcId=vpc),
        {
            "VpcId": itself,
            "CidrBlock": _describe_vpc("CidrBlock"),
            "Ipv6CidrBlocks": _ipv6_blocks,
            "DefaultSecurityGroup": _default_group,
        },
    ),
)
define(
    "AWS::EC2::VPCCidrBlock",
    Kind(
        _vpc_block,
        lambda ec2, association, _properties: ec2.disassociate_vpc_cidr_block(
            AssociationId=association
        ),
        {"Id": itself},
        tagged=False,
    ),
)
define(
    "AWS::EC2::Subnet",
    Kind(
        _subnet,
        lambda ec2, subnet, _properties: ec2.delete_subnet(SubnetId=subnet),
        {
            "SubnetId": itself,
            "AvailabilityZone": _of_subnet("AvailabilityZone"),
            "CidrBlock": _of_subnet("CidrBlock"),
            "VpcId": _of_subnet("VpcId"),
        },
    ),
)
define(
    "AWS::EC2::InternetGateway",
    Kind(
        lambda ec2, _properties: str(
            first(ec2.create_internet_gateway(), "InternetGateway", "InternetGatewayId")
        ),
        lambda ec2, gateway, _properties: ec2.delete_internet_gateway(InternetGatewayId=gateway),
        {"InternetGatewayId": itself},
    ),
)
define("AWS::EC2::VPCGatewayAttachment", Kind(_attach_gateway, _detach_gateway, tagged=False))
define(
    "AWS::EC2::RouteTable",
    Kind(
        lambda ec2, wanted: str(
            first(ec2.create_route_table(VpcId=wanted["VpcId"]), "RouteTable", "RouteTableId")
        ),
        lambda ec2, table, _properties: ec2.delete_route_table(RouteTableId=table),
        {"RouteTableId": itself},
    ),
)
_association = Kind(
    _associate,
    lambda ec2, association, _properties: ec2.disassociate_route_table(AssociationId=association),
    {"Id": itself, "AssociationId": itself},
    tagged=False,
)
define("AWS::EC2::SubnetRouteTableAssociation", _association)
define("AWS::EC2::GatewayRouteTableAssociation", _association)
define("AWS::EC2::Route", Kind(_route, _delete_route, tagged=False))
