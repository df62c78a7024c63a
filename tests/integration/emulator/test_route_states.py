# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state of a route follows its target."""

from __future__ import annotations

from typing import Any

import pytest

FLOATING = "100.64.10.10/32"


def state_of(ec2: Any, table: str) -> tuple[Any, Any]:
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    found = next(route for route in routes if route.get("DestinationCidrBlock") == FLOATING)
    return found["State"], found.get("InstanceId")


@pytest.fixture
def net(ec2: Any, world: Any) -> Any:
    """A world with a route to db-a."""
    made = world()
    ec2.create_route(
        RouteTableId=made.tables[0],
        DestinationCidrBlock=FLOATING,
        NetworkInterfaceId=made.eni("db-a"),
    )
    return made


def test_a_terminated_instance_is_a_blackhole_and_its_interface_stays_in_the_route(
    ec2: Any, net: Any
) -> None:
    ec2.terminate_instances(InstanceIds=[net.targets["db-a"].instance])
    assert state_of(ec2, net.tables[0]) == ("blackhole", None)
    routes = ec2.describe_route_tables(RouteTableIds=[net.tables[0]])["RouteTables"][0]["Routes"]
    assert routes[-1]["NetworkInterfaceId"] == net.eni("db-a")


def test_a_stopped_instance_is_a_blackhole_until_it_starts(ec2: Any, net: Any) -> None:
    instance = net.targets["db-a"].instance
    ec2.stop_instances(InstanceIds=[instance])
    assert state_of(ec2, net.tables[0]) == ("blackhole", instance)
    ec2.start_instances(InstanceIds=[instance])
    assert state_of(ec2, net.tables[0]) == ("active", instance)


def test_a_switch_makes_routes_to_stopped_instances_active(
    ec2: Any, net: Any, emulator: Any
) -> None:
    emulator.settings(stopped_is_blackhole=False)
    ec2.stop_instances(InstanceIds=[net.targets["db-a"].instance])
    assert state_of(ec2, net.tables[0])[0] == "active"
    before = emulator.last_event()
    emulator.settings(stopped_is_blackhole=True)
    assert state_of(ec2, net.tables[0])[0] == "blackhole"
    assert [event["after"]["state"] for event in emulator.events(before)] == ["blackhole"]


def test_an_interface_detached_or_deleted_is_a_blackhole_and_attached_again_it_is_active(
    ec2: Any, net: Any
) -> None:
    target = net.targets["db-b"]
    eni = ec2.create_network_interface(SubnetId=target.subnet)["NetworkInterface"][
        "NetworkInterfaceId"
    ]
    ec2.replace_route(
        RouteTableId=net.tables[0], DestinationCidrBlock=FLOATING, NetworkInterfaceId=eni
    )
    assert state_of(ec2, net.tables[0]) == ("blackhole", None)
    wanted = {"NetworkInterfaceId": eni, "InstanceId": target.instance, "DeviceIndex": 1}
    attachment = ec2.attach_network_interface(**wanted)["AttachmentId"]
    assert state_of(ec2, net.tables[0]) == ("active", target.instance)
    ec2.detach_network_interface(AttachmentId=attachment)
    assert state_of(ec2, net.tables[0]) == ("blackhole", None)
    ec2.delete_network_interface(NetworkInterfaceId=eni)
    assert state_of(ec2, net.tables[0]) == ("blackhole", None)


def test_a_detached_gateway_is_a_blackhole(ec2: Any, net: Any) -> None:
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=net.vpc)
    ec2.replace_route(RouteTableId=net.tables[0], DestinationCidrBlock=FLOATING, GatewayId=gateway)
    assert state_of(ec2, net.tables[0])[0] == "active"
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=net.vpc)
    assert state_of(ec2, net.tables[0])[0] == "blackhole"
