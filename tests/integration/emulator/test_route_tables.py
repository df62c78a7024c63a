# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Route tables and what they are associated with."""

from __future__ import annotations

from typing import Any


def associations(ec2: Any, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][
        0
    ]["Associations"]
    return found


def test_a_subnet_has_one_table(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[1], "SubnetId": net.subnets[0]}
    refused("Resource.AlreadyAssociated", ec2.associate_route_table, **wanted)


def test_a_subnet_of_another_vpc_is_refused(ec2: Any, world: Any, refused: Any) -> None:
    net, other = world(), world(cidr="10.9.0.0/16", tables=0)
    wanted = {"RouteTableId": net.tables[0], "SubnetId": other.subnets[0]}
    refused("InvalidParameterValue", ec2.associate_route_table, **wanted)


def test_gateway_associations_show_the_gateway(ec2: Any, world: Any) -> None:
    net = world(tables=4)
    internet = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=internet, VpcId=net.vpc)
    private = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    ec2.attach_vpn_gateway(VpnGatewayId=private, VpcId=net.vpc)
    for table, gateway in zip(net.tables[2:], (internet, private), strict=True):
        ec2.associate_route_table(RouteTableId=table, GatewayId=gateway)
        (found,) = associations(ec2, table)
        assert (found.get("GatewayId"), found["Main"], "SubnetId" in found) == (
            gateway,
            False,
            False,
        )


def test_the_main_association_stays_and_the_main_table_too(
    ec2: Any, world: Any, refused: Any
) -> None:
    net = world()
    (main,) = associations(ec2, net.main_table)
    gone = {"AssociationId": main["RouteTableAssociationId"]}
    refused("InvalidParameterValue", ec2.disassociate_route_table, **gone)
    refused("DependencyViolation", ec2.delete_route_table, RouteTableId=net.main_table)


def test_another_table_can_become_the_main_one(ec2: Any, world: Any) -> None:
    net = world(tables=3)
    (main,) = associations(ec2, net.main_table)
    ec2.replace_route_table_association(
        AssociationId=main["RouteTableAssociationId"], RouteTableId=net.tables[2]
    )
    assert associations(ec2, net.main_table) == []
    assert [each["Main"] for each in associations(ec2, net.tables[2])] == [True]


def test_the_tags_of_what_is_deleted_are_gone(ec2: Any, world: Any) -> None:
    net = world(tables=3, tags={"floating-ip": "db"})
    ec2.delete_route_table(RouteTableId=net.tables[2])
    wanted = [{"Name": "resource-id", "Values": list(net.tables)}]
    found = {tag["ResourceId"] for tag in ec2.describe_tags(Filters=wanted)["Tags"]}
    assert found == set(net.tables[:2])


def test_a_subnet_with_an_interface_stays_and_its_association_goes_with_it(
    ec2: Any, world: Any, refused: Any
) -> None:
    net = world()
    refused("DependencyViolation", ec2.delete_subnet, SubnetId=net.subnets[0])
    ec2.terminate_instances(InstanceIds=[net.targets["db-a"].instance])
    ec2.delete_subnet(SubnetId=net.subnets[0])
    assert associations(ec2, net.tables[0]) == []


def test_a_subnet_is_in_a_zone_of_its_region(ec2: Any, world: Any, refused: Any) -> None:
    wanted = {"VpcId": world().vpc, "CidrBlock": "10.0.99.0/24", "AvailabilityZone": "us-east-1a"}
    refused("InvalidParameterValue", ec2.create_subnet, **wanted)


def test_a_block_that_leaves_the_vpc_takes_its_local_routes_along(
    ec2: Any, world: Any, unchanged: Any
) -> None:
    net = world()

    def come_and_go() -> None:
        made = ec2.associate_vpc_cidr_block(VpcId=net.vpc, CidrBlock="10.1.0.0/16")[
            "CidrBlockAssociation"
        ]
        ec2.disassociate_vpc_cidr_block(AssociationId=made["AssociationId"])

    unchanged(come_and_go)
