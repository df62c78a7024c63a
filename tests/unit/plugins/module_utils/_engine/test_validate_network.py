# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    Route,
    RouteTable,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.validate_network import (
    problems,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.vpc import (
    INTERFACES,
    SUBNETS,
    TABLES,
    VPC,
    interface,
)

TARGETS = (
    Target("a", network_interface_id="eni-a"),
    Target("b", network_interface_id="eni-b"),
)
ROUTED = FloatingIp(
    "db", ("100.64.10.10",), TARGETS, route_tables=RouteTables(subnet_ids=("subnet-a", "subnet-b"))
)
SECONDARY = FloatingIp("db", ("10.0.1.50",), TARGETS, mechanism="secondary_ip")


def of(definition: FloatingIp, **network: Any) -> tuple[str, ...]:
    given: dict[str, Any] = {
        "vpcs": (VPC,), "subnets": SUBNETS, "tables": TABLES, "interfaces": INTERFACES, **network,
    }  # fmt: skip
    return problems(definition, **given)


def only(found: tuple[str, ...]) -> str:
    assert len(found) == 1, found
    assert found[0].startswith("Floating IP db: ")
    return found[0]


def test_sound_definitions_have_no_problem() -> None:
    assert of(ROUTED) == of(SECONDARY) == ()


@pytest.mark.parametrize("address", ["10.0.9.9", "fd00:1::5"])
def test_a_route_to_an_address_inside_the_vpc_is_refused(address: str) -> None:
    assert f"address {address} is inside" in only(of(replace(ROUTED, addresses=(address,))))


def test_targets_in_several_vpcs_are_refused() -> None:
    other = replace(INTERFACES[1], vpc="vpc-2")
    assert "several VPCs (vpc-1, vpc-2)" in only(of(ROUTED, interfaces=(INTERFACES[0], other)))


def test_a_table_of_another_vpc_is_refused() -> None:
    wrong = replace(ROUTED, route_tables=RouteTables(ids=("rtb-other", "rtb-a")))
    assert "route table rtb-other is in vpc-2, its targets are in vpc-1" in only(of(wrong))


def test_a_propagated_route_to_the_address_is_refused() -> None:
    routes = (Route("100.64.10.10/32", other="vgw-1", propagated=True),)
    tables = (*TABLES, RouteTable("rtb-p", "vpc-1", routes))
    definition = replace(ROUTED, route_tables=RouteTables(ids=("rtb-p",)))
    assert "rtb-p has a propagated route" in only(of(definition, tables=tables))


def test_a_gateway_table_and_unknown_ids_are_refused() -> None:
    wrong = replace(
        ROUTED, route_tables=RouteTables(ids=("rtb-edge", "rtb-x"), subnet_ids=("subnet-x",))
    )
    text = "\n".join(of(wrong))
    for part in (
        "rtb-edge belongs to a gateway",
        "rtb-x does not",
        "subnet-x does not",
        "no table",
    ):
        assert part in text


def test_an_instance_with_several_interfaces_needs_a_device_index() -> None:
    targets = (TARGETS[0], Target("b", instance_id="i-2"))
    interfaces = (
        INTERFACES[0],
        interface("b", 12, instance="i-2", device_index=0),
        interface("b2", 13, instance="i-2", device_index=1),
    )
    found = only(of(replace(ROUTED, targets=targets), interfaces=interfaces))
    assert "set device_index" in found and "eni-b2" in found
    exact = (TARGETS[0], replace(targets[1], device_index=1))
    assert of(replace(ROUTED, targets=exact), interfaces=interfaces) == ()


def test_targets_that_do_not_exist_are_refused() -> None:
    targets = (Target("a", network_interface_id="eni-x"), Target("b", instance_id="i-x"))
    text = "\n".join(of(replace(ROUTED, targets=targets)))
    assert "eni-x does not exist" in text and "i-x has no interface" in text


def test_a_secondary_address_must_be_inside_the_common_subnet() -> None:
    assert "outside 10.0.1.0/24" in only(of(replace(SECONDARY, addresses=("10.0.2.50",))))
    other = replace(INTERFACES[1], subnet="subnet-b")
    found = only(of(SECONDARY, interfaces=(INTERFACES[0], other)))
    assert "several subnets (subnet-a, subnet-b)" in found


@pytest.mark.parametrize("address", ["10.0.1.0", "10.0.1.3", "10.0.1.255"])
def test_a_secondary_address_that_aws_keeps_is_refused(address: str) -> None:
    assert "that AWS keeps" in only(of(replace(SECONDARY, addresses=(address,))))
    assert of(replace(SECONDARY, addresses=("10.0.1.4",))) == ()


def test_the_primary_address_of_an_interface_cannot_float() -> None:
    assert "primary one of eni-a" in only(of(replace(SECONDARY, addresses=("10.0.1.11",))))
