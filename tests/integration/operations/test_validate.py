# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Validation against the emulator: what each mistake is answered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Probe,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.info import info
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.validate import (
    problems,
)


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    return world(tables=2)


def said(site: Any, definition: Any) -> str:
    return " ".join(problems(site.edge, [definition])[definition.name])


def test_a_good_definition_has_no_problem_and_takes_two_round_trips(
    site: Any, net: Any, emulator: Any
) -> None:
    emulator.clear_calls()
    assert problems(site.edge, [site.definition(net)]) == {"db": ()}
    assert emulator.counts() == {
        "DescribeRouteTables": 3,
        "DescribeNetworkInterfaces": 2,
        "DescribeSubnets": 1,
        "DescribeVpcs": 1,
    }


def test_an_address_inside_the_vpc_is_refused(site: Any, net: Any) -> None:
    definition = site.definition(net, addresses=("10.0.1.99",))
    assert "is inside 10.0.0.0/16" in said(site, definition)


def test_an_address_inside_another_vpc_is_not(
    site: Any, net: Any, world: Callable[..., Any]
) -> None:
    far = world(cidr="10.99.0.0/16", tables=1, targets=("web-a", "web-b"))
    near = site.definition(net, addresses=("10.99.1.99",))
    other = site.definition(far, "web", addresses=("100.64.10.20",))
    assert problems(site.edge, [near, other]) == {"db": (), "web": ()}


def test_unknown_ids_are_named(site: Any, net: Any) -> None:
    wrong = RouteTables(ids=("rtb-0123456789abcdef0",), subnet_ids=("subnet-0123456789abcdef0",))
    definition = site.definition(net, route_tables=wrong)
    gone = Target("x", network_interface_id="eni-0123456789abcdef0")
    text = said(site, replace(definition, targets=(*definition.targets, gone)))
    for part in ("rtb-0123456789abcdef0", "subnet-0123456789abcdef0", "eni-0123456789abcdef0"):
        assert f"{part} does not exist" in text
    assert "find no table" in text


def test_an_interface_of_another_vpc_is_refused(
    site: Any, net: Any, world: Callable[..., Any]
) -> None:
    far = world(cidr="10.99.0.0/16", tables=1, targets=("web-a",))
    definition = site.definition(net)
    stray = Target("web-a", network_interface_id=far.eni("web-a"))
    assert "several VPCs" in said(site, replace(definition, targets=(definition.targets[0], stray)))


def test_an_instance_with_several_interfaces_needs_an_index(site: Any, net: Any, ec2: Any) -> None:
    placed = net.targets["db-a"]
    eni = ec2.create_network_interface(SubnetId=placed.subnet)["NetworkInterface"]
    ec2.attach_network_interface(
        NetworkInterfaceId=eni["NetworkInterfaceId"], InstanceId=placed.instance, DeviceIndex=1
    )
    definition = site.definition(net)
    vague = Target("db-a", instance_id=placed.instance)
    definition = replace(definition, targets=(vague, definition.targets[1]))
    assert "set device_index" in said(site, definition)
    exact = replace(vague, device_index=0)
    assert said(site, replace(definition, targets=(exact, definition.targets[1]))) == ""


def test_a_gateway_table_is_refused(site: Any, net: Any, ec2: Any) -> None:
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=net.vpc)
    ec2.associate_route_table(RouteTableId=net.tables[1], GatewayId=gateway)
    assert "belongs to a gateway" in said(site, site.definition(net))


def test_what_cannot_be_read_is_a_problem(site: Any, net: Any, emulator: Any) -> None:
    emulator.fault("error", "DescribeVpcs", code="UnauthorizedOperation", status=403)
    assert "Allow ec2:DescribeVpcs" in said(site, site.definition(net))


def test_a_teardown_has_no_problem_with_a_wrong_definition(site: Any, net: Any) -> None:
    definition = site.definition(net, addresses=("10.0.1.99",), state="absent")
    assert said(site, definition) == ""


def test_warnings_and_objectives_are_told(site: Any, world: Callable[..., Any]) -> None:
    net = world(tables=60, azs=1)
    halves = [
        site.definition(
            net,
            name,
            addresses=(address,),
            route_tables=RouteTables(ids=tables),
            probe=Probe(protocol="tcp"),
            objective_seconds=5.0,
        )
        for name, address, tables in (
            ("db", "100.64.10.10", net.tables[:30]),
            ("web", "100.64.10.20", net.tables[30:]),
        )
    ]
    (alone,) = info(site.edge, halves[:1])
    checks = {check.name: check for check in alone.readiness}
    assert checks["objective"].ok and "limit on 30 cells" in checks["objective"].text
    assert "frozen host" in checks["definition"].text
    assert "place one in another zone" in checks["zones"].text
    for one in info(site.edge, halves):
        (late,) = [check for check in one.readiness if check.name == "objective"]
        assert (late.ok, "objective_seconds is 5" in late.text) == (False, True)
        assert "limit on 60 cells" in late.text
