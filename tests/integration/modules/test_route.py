# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_route against the emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ROUTE = "floating_ip_route"
ONE, TWO = "100.64.10.10", "100.64.10.11"


def test_routes_are_created_replaced_and_deleted(
    run: Any, world: Callable[..., Any], routes: Any
) -> None:
    net = world(tables=3)
    one, two = net.eni("db-a"), net.eni("db-b")
    where = {"addresses": [ONE, TWO], "route_table_ids": net.tables}
    made = run(ROUTE, **where, network_interface_id=one)
    assert (made["failed"], made["changed"], made.actions) == (False, True, {"moved"}), made
    assert routes(net.tables, ONE) == routes(net.tables, TWO) == [one] * 3
    again = run(ROUTE, **where, network_interface_id=one)
    assert (again["changed"], again.actions) == (False, {"left"})
    moved = run(ROUTE, **where, network_interface_id=two, expect_current=one)
    assert [(e["name"], e["was"], e["holder"]) for e in moved["floating_ips"]] == [
        (ONE, one, two),
        (TWO, one, two),
    ]
    assert routes(net.tables, ONE) == [two] * 3
    gone = run(ROUTE, **where, state="absent")
    assert gone["msg"].startswith(f"{ONE} was released by {two}: 3 of 3 cells")
    assert routes(net.tables, TWO) == [None] * 3
    assert run(ROUTE, **where, state="absent")["changed"] is False


def test_check_mode_predicts_all_of_it_and_writes_nothing(
    run: Any, world: Callable[..., Any], routes: Any, emulator: Any
) -> None:
    net = world(tables=2)
    wanted = {
        "addresses": [ONE],
        "route_table_ids": net.tables,
        "network_interface_id": net.eni("db-a"),
    }
    before = emulator.state()
    predicted = run(ROUTE, check=True, **wanted)
    assert emulator.state() == before
    real = run(ROUTE, **wanted)
    assert predicted.keys() == real.keys()
    assert predicted.entry["items"] == real.entry["items"]
    assert predicted["diff"] == real["diff"]
    assert real["diff"]["after"].splitlines()[0].endswith(f": {net.eni('db-a')}")


def test_only_routes_to_the_named_interface_are_deleted(
    run: Any, world: Callable[..., Any], routes: Any, point: Any
) -> None:
    net = world(tables=2)
    point(net.tables[:1], net.eni("db-a"), ONE)
    point(net.tables[1:], net.eni("db-b"), ONE)
    result = run(
        ROUTE,
        addresses=[ONE],
        route_table_ids=net.tables,
        network_interface_id=net.eni("db-a"),
        state="absent",
    )
    assert result.actions == {"moved", "left"}
    assert routes(net.tables, ONE) == [None, net.eni("db-b")]


def test_other_routes_stay_as_they_are(
    run: Any, world: Callable[..., Any], routes: Any, point: Any, ec2: Any
) -> None:
    net = world(tables=2)
    point(net.tables, net.eni("db-b"), TWO)
    ec2.create_route(
        RouteTableId=net.tables[0],
        DestinationCidrBlock="0.0.0.0/0",
        NetworkInterfaceId=net.eni("db-b"),
    )
    for state in ("present", "absent"):
        run(
            ROUTE,
            addresses=[ONE],
            route_table_ids=net.tables,
            network_interface_id=net.eni("db-a"),
            state=state,
        )
    assert routes(net.tables, TWO) == [net.eni("db-b")] * 2
    (table,) = ec2.describe_route_tables(RouteTableIds=[net.tables[0]])["RouteTables"]
    assert len(table["Routes"]) == 3


def test_two_hundred_tables_take_one_call(run: Any, world: Callable[..., Any]) -> None:
    """In check mode: AWS's rate makes the writes take half a minute; the benchmark has them."""
    net = world(tables=200)
    result = run(
        ROUTE,
        check=True,
        addresses=[ONE],
        route_table_ids=net.tables,
        network_interface_id=net.eni("db-a"),
    )
    assert (len(result.entry["items"]), result.actions) == (200, {"moved"})


def test_fifty_addresses_take_one_call(run: Any, world: Callable[..., Any], routes: Any) -> None:
    net = world(tables=1)
    addresses = [f"100.64.20.{number}" for number in range(1, 51)]
    result = run(
        ROUTE, addresses=addresses, route_table_ids=net.tables, network_interface_id=net.eni("db-a")
    )
    assert (len(result["floating_ips"]), result.actions) == (50, {"moved"})
    assert all(routes(net.tables, each) == [net.eni("db-a")] for each in addresses[::10])


def test_a_changed_current_state_is_refused_before_anything_changes(
    run: Any, world: Callable[..., Any], routes: Any, point: Any
) -> None:
    net = world(tables=2)
    point(net.tables, net.eni("db-b"), ONE)
    result = run(
        ROUTE,
        addresses=[ONE],
        route_table_ids=net.tables,
        network_interface_id=net.eni("db-a"),
        expect_current="absent",
    )
    assert (result["failed"], result["changed"]) == (True, False)
    assert "Expected absent, but" in result["msg"]
    assert routes(net.tables, ONE) == [net.eni("db-b")] * 2


BAD = {
    "inside the VPC": ({"addresses": ["10.0.1.200"]}, "is inside 10.0.0.0/16"),
    "public space": ({"addresses": ["20.0.0.10"]}, "is public space"),
    "a network": ({"addresses": ["100.64.10.0/24"]}, "must be one address"),
    "no address": ({"addresses": []}, "addresses is empty"),
    "no table": ({"route_table_ids": []}, "route_table_ids is empty"),
    "no such table": (
        {"route_table_ids": ["rtb-00000000"]},
        "Route table rtb-00000000 does not exist",
    ),
    "no table id": ({"route_table_ids": ["subnet-00000000"]}, "route_table_ids[0] must be"),
    "no such interface": ({"network_interface_id": "eni-00000000"}, "eni-00000000 does not exist"),
    "no interface": ({"network_interface_id": ""}, "network_interface_id is required"),
    "expectation": ({"expect_current": "db-a"}, "expect_current must be"),
}


@pytest.mark.parametrize(("wrong", "said"), BAD.values(), ids=BAD)
def test_bad_input_fails_with_a_sentence_before_anything_changes(
    run: Any, world: Callable[..., Any], emulator: Any, wrong: dict[str, Any], said: str
) -> None:
    net = world(tables=2)
    right = {
        "addresses": [ONE],
        "route_table_ids": net.tables,
        "network_interface_id": net.eni("db-a"),
    }
    before = emulator.state()
    result = run(ROUTE, **{**right, **wrong})
    assert (result["failed"], result["changed"]) == (True, False)
    assert said in result["msg"]
    assert emulator.state() == before


def test_an_interface_of_another_vpc_is_refused(run: Any, world: Callable[..., Any]) -> None:
    here, there = world(tables=1), world(cidr="10.9.0.0/16")
    result = run(
        ROUTE,
        addresses=[ONE],
        route_table_ids=here.tables,
        network_interface_id=there.eni("db-a"),
    )
    assert result["failed"]
    assert f"route table {here.tables[0]} is in {here.vpc}".lower() in result["msg"].lower()


def test_a_gateway_table_is_refused(run: Any, world: Callable[..., Any], ec2: Any) -> None:
    net = world(tables=2)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=net.vpc)
    edge = ec2.create_route_table(VpcId=net.vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=edge, GatewayId=gateway)
    result = run(
        ROUTE,
        addresses=[ONE],
        route_table_ids=[*net.tables, edge],
        network_interface_id=net.eni("db-a"),
    )
    assert result["failed"]
    assert f"Route table {edge} belongs to a gateway" in result["msg"]


def test_a_partial_result_fails_and_shows_all_of_it(
    run: Any, world: Callable[..., Any], routes: Any, emulator: Any
) -> None:
    net = world(tables=3)
    emulator.fault(
        "error", "CreateRoute", code="UnauthorizedOperation", status=403, params=net.tables[1]
    )
    wanted = {
        "addresses": [ONE],
        "route_table_ids": net.tables,
        "network_interface_id": net.eni("db-a"),
    }
    result = run(ROUTE, **wanted)
    assert (result["failed"], result["changed"]) == (True, True), result
    assert result.actions == {"moved", "failed"}
    assert "Allow ec2:CreateRoute" in result["msg"]
    emulator.clear_faults()
    assert run(ROUTE, **wanted)["failed"] is False
    assert routes(net.tables, ONE) == [net.eni("db-a")] * 3


def test_addresses_of_both_versions_are_routed(run: Any, world: Callable[..., Any]) -> None:
    net = world(tables=2, ipv6=True)
    given = {"addresses": [ONE, "FD00:64::1"], "route_table_ids": net.tables}
    made = run(ROUTE, **given, network_interface_id=net.eni("db-a"))
    assert (made["failed"], made.actions) == (False, {"moved"}), made
    assert [entry["name"] for entry in made["floating_ips"]] == [ONE, "fd00:64::1"]
    again = run(ROUTE, **given, network_interface_id=net.eni("db-a"))
    assert again["changed"] is False


def test_an_interface_that_would_drop_the_traffic_is_warned_of(
    run: Any, world: Callable[..., Any]
) -> None:
    net = world(source_dest_check=True)
    result = run(
        ROUTE,
        check=True,
        addresses=[ONE],
        route_table_ids=net.tables,
        network_interface_id=net.eni("db-a"),
    )
    assert "checks source and destination" in str(result["warnings"])
