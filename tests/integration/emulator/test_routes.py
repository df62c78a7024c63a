# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""CreateRoute, ReplaceRoute, DeleteRoute: what moto does otherwise than AWS."""

from __future__ import annotations

from typing import Any

import pytest

FLOATING = "100.64.10.10/32"
FLOATING6 = "fd00:64::10/128"


def route_of(ec2: Any, table: str, destination: str = FLOATING) -> dict[str, Any]:
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    keys = ("DestinationCidrBlock", "DestinationIpv6CidrBlock")
    found = [route for route in routes if destination in map(route.get, keys)]
    assert len(found) == 1, routes
    return found[0]


def test_a_route_to_an_interface_shows_interface_instance_state_and_origin(
    ec2: Any, world: Any
) -> None:
    net = world()
    ec2.create_route(
        RouteTableId=net.tables[0],
        DestinationCidrBlock=FLOATING,
        NetworkInterfaceId=net.eni("db-a"),
    )
    found = route_of(ec2, net.tables[0])
    assert found["NetworkInterfaceId"] == net.eni("db-a")
    assert found["InstanceId"] == net.targets["db-a"].instance
    assert (found["State"], found["Origin"]) == ("active", "CreateRoute")


def test_create_never_overwrites_a_route(ec2: Any, world: Any, refused: Any) -> None:
    net = world(ipv6=True)
    for key, destination in (
        ("DestinationCidrBlock", FLOATING),
        ("DestinationIpv6CidrBlock", FLOATING6),
    ):
        create = {"RouteTableId": net.tables[0], key: destination}
        ec2.create_route(**create, NetworkInterfaceId=net.eni("db-a"))
        refused(
            "RouteAlreadyExists", ec2.create_route, **create, NetworkInterfaceId=net.eni("db-b")
        )
        assert route_of(ec2, net.tables[0], destination)["NetworkInterfaceId"] == net.eni("db-a")


def test_replace_moves_ipv4_and_ipv6_routes(ec2: Any, world: Any) -> None:
    net = world(ipv6=True)
    for key, destination in (
        ("DestinationCidrBlock", FLOATING),
        ("DestinationIpv6CidrBlock", FLOATING6),
    ):
        wanted = {"RouteTableId": net.tables[0], key: destination}
        ec2.create_route(**wanted, NetworkInterfaceId=net.eni("db-a"))
        ec2.replace_route(**wanted, NetworkInterfaceId=net.eni("db-b"))
        assert route_of(ec2, net.tables[0], destination)["NetworkInterfaceId"] == net.eni("db-b")


def test_replace_of_an_absent_route_is_an_invalid_parameter_value(
    ec2: Any, world: Any, refused: Any
) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    refused(
        "InvalidParameterValue", ec2.replace_route, **wanted, NetworkInterfaceId=net.eni("db-a")
    )


def test_delete_of_an_absent_route_is_not_found(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    refused(
        "InvalidRoute.NotFound",
        ec2.delete_route,
        RouteTableId=net.tables[0],
        DestinationCidrBlock=FLOATING,
    )


def test_the_local_route_cannot_be_deleted(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    refused(
        "InvalidParameterValue",
        ec2.delete_route,
        RouteTableId=net.tables[0],
        DestinationCidrBlock=net.cidr,
    )


@pytest.mark.parametrize("action", ["create_route", "replace_route", "delete_route"])
def test_an_unknown_table_is_not_found(ec2: Any, world: Any, refused: Any, action: str) -> None:
    net = world()
    params = {"RouteTableId": "rtb-0123456789abcdef0", "DestinationCidrBlock": FLOATING}
    if action != "delete_route":
        params["NetworkInterfaceId"] = net.eni("db-a")
    refused("InvalidRouteTableID.NotFound", getattr(ec2, action), **params)


def test_an_unknown_interface_is_not_found_and_nothing_changes(
    ec2: Any, world: Any, refused: Any, unchanged: Any
) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    ec2.create_route(**wanted, NetworkInterfaceId=net.eni("db-a"))
    wanted["NetworkInterfaceId"] = "eni-0123456789abcdef0"
    unchanged(refused, "InvalidNetworkInterfaceID.NotFound", ec2.replace_route, **wanted)


def test_an_interface_of_another_vpc_is_refused(ec2: Any, world: Any, refused: Any) -> None:
    net, other = world(), world(cidr="10.9.0.0/16", tables=1)
    wanted = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    wanted["NetworkInterfaceId"] = other.eni("db-a")
    assert "different networks" in refused("InvalidParameterValue", ec2.create_route, **wanted)


def test_a_destination_inside_the_vpc_must_be_a_whole_subnet(
    ec2: Any, world: Any, refused: Any
) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[0], "NetworkInterfaceId": net.eni("db-a")}
    refused(
        "InvalidParameterValue", ec2.create_route, **wanted, DestinationCidrBlock="10.0.1.77/32"
    )
    refused(
        "InvalidParameterValue", ec2.create_route, **wanted, DestinationCidrBlock="10.0.200.0/24"
    )
    ec2.create_route(**wanted, DestinationCidrBlock="10.0.2.0/24")
    assert route_of(ec2, net.tables[0], "10.0.2.0/24")["State"] == "active"


def test_a_block_that_was_added_to_the_vpc_counts_too(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    ec2.associate_vpc_cidr_block(VpcId=net.vpc, CidrBlock="100.64.0.0/16")
    wanted = {"RouteTableId": net.tables[0], "NetworkInterfaceId": net.eni("db-a")}
    refused("InvalidParameterValue", ec2.create_route, **wanted, DestinationCidrBlock=FLOATING)


@pytest.mark.parametrize(
    ("key", "destination"),
    [
        ("DestinationCidrBlock", "169.254.169.1/32"),
        ("DestinationIpv6CidrBlock", "fd00:ec2::254/128"),
    ],
)
def test_reserved_ranges_are_refused(
    ec2: Any, world: Any, refused: Any, key: str, destination: str
) -> None:
    net = world()
    wanted = {
        "RouteTableId": net.tables[0],
        "NetworkInterfaceId": net.eni("db-a"),
        key: destination,
    }
    refused("InvalidParameterValue", ec2.create_route, **wanted)


def test_an_instance_with_two_interfaces_is_refused(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    ec2.create_route(**wanted, InstanceId=net.targets["db-b"].instance)
    assert route_of(ec2, net.tables[0])["NetworkInterfaceId"] == net.eni("db-b")
    target = net.targets["db-a"]
    eni = ec2.create_network_interface(SubnetId=target.subnet)["NetworkInterface"][
        "NetworkInterfaceId"
    ]
    ec2.attach_network_interface(NetworkInterfaceId=eni, InstanceId=target.instance, DeviceIndex=1)
    sentence = refused("InvalidInstanceID", ec2.replace_route, **wanted, InstanceId=target.instance)
    assert "There are multiple interfaces attached" in sentence


def test_a_destination_takes_its_canonical_form(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[0], "NetworkInterfaceId": net.eni("db-a")}
    ec2.create_route(**wanted, DestinationCidrBlock="100.68.0.18/18")
    assert route_of(ec2, net.tables[0], "100.68.0.0/18")
    refused("RouteAlreadyExists", ec2.create_route, **wanted, DestinationCidrBlock="100.68.0.18/18")
    for wrong in ("100.64.10.10", "fd00:64::10/128", "db"):
        refused("InvalidParameterValue", ec2.create_route, **wanted, DestinationCidrBlock=wrong)


def test_exactly_one_target_is_needed(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    refused("MissingParameter", ec2.create_route, **wanted)
    two = {"NetworkInterfaceId": net.eni("db-a"), "InstanceId": net.targets["db-a"].instance}
    refused("InvalidParameterCombination", ec2.create_route, **wanted, **two)


def test_an_unknown_gateway_is_not_found(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    wanted = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    refused("NatGatewayNotFound", ec2.create_route, **wanted, NatGatewayId="nat-0123456789abcdef0")
    missing = {"TransitGatewayId": "tgw-0123456789abcdef0"}
    refused("InvalidTransitGatewayID.NotFound", ec2.create_route, **wanted, **missing)


def test_a_prefix_list_is_a_destination_of_a_route_to_an_interface(ec2: Any, world: Any) -> None:
    net = world()
    made = ec2.create_managed_prefix_list(
        PrefixListName="floating", MaxEntries=5, AddressFamily="IPv4"
    )
    wanted = {
        "RouteTableId": net.tables[0],
        "DestinationPrefixListId": made["PrefixList"]["PrefixListId"],
    }
    ec2.create_route(**wanted, NetworkInterfaceId=net.eni("db-a"))
    ec2.replace_route(**wanted, NetworkInterfaceId=net.eni("db-b"))
    routes = ec2.describe_route_tables(RouteTableIds=[net.tables[0]])["RouteTables"][0]["Routes"]
    found = [
        each
        for each in routes
        if each.get("DestinationPrefixListId") == wanted["DestinationPrefixListId"]
    ]
    assert [each["NetworkInterfaceId"] for each in found] == [net.eni("db-b")]


def test_a_gateway_table_holds_whole_subnets_only(ec2: Any, world: Any, refused: Any) -> None:
    net = world(tables=3)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=net.vpc)
    ec2.associate_route_table(RouteTableId=net.tables[2], GatewayId=gateway)
    wanted = {"RouteTableId": net.tables[2], "NetworkInterfaceId": net.eni("db-a")}
    refused("InvalidParameterValue", ec2.create_route, **wanted, DestinationCidrBlock=FLOATING)
    ec2.create_route(**wanted, DestinationCidrBlock="10.0.1.0/24")


def test_the_target_of_the_local_route_is_replaced_and_restored(ec2: Any, world: Any) -> None:
    net = world()
    local = {"RouteTableId": net.tables[0], "DestinationCidrBlock": net.cidr}
    before = route_of(ec2, net.tables[0], net.cidr)
    ec2.replace_route(**local, NetworkInterfaceId=net.eni("db-a"))
    found = route_of(ec2, net.tables[0], net.cidr)
    assert (found["Origin"], found["NetworkInterfaceId"]) == ("CreateRouteTable", net.eni("db-a"))
    assert "GatewayId" not in found
    ec2.replace_route(**local, LocalTarget=True)
    assert route_of(ec2, net.tables[0], net.cidr) == before
