# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads and changes against the emulator; what became of them is read with plain boto3."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import (
    attributes,
    reads,
    writes,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Cell
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Change,
    Failure,
)

ADDRESS = "100.64.10.10"
BLOCK = "100.64.10.10/32"


def move(
    link: Any, tables: Any, before: str | None, after: str | None, address: str = ADDRESS
) -> list[Any]:
    changes = [Change(Cell("route", table, address), before, after) for table in tables]
    deadline = link.until(20)
    done: list[Any] = link.ec2.parallel(
        [partial(writes.apply, link.ec2, change, deadline) for change in changes]
    )
    return done


def next_hops(link: Any, tables: Any, block: str = BLOCK) -> list[str | None]:
    found = reads.route_tables(link.ec2, link.until(), ids=tables)
    routes = [table.route(block) for table in found]
    return [route.interface if route else None for route in routes]


def test_routes_are_made_moved_and_removed(link: Any, world: Callable[..., Any]) -> None:
    net = world(tables=10)
    one, two = net.eni("db-a"), net.eni("db-b")
    assert move(link, net.tables, None, one) == [None] * 10
    assert next_hops(link, net.tables) == [one] * 10
    assert move(link, net.tables, one, two) == [None] * 10
    assert next_hops(link, net.tables) == [two] * 10
    assert move(link, net.tables, two, None) == [None] * 10
    assert next_hops(link, net.tables) == [None] * 10


def test_an_ipv6_route_is_moved(link: Any, world: Callable[..., Any]) -> None:
    net = world(tables=1, ipv6=True)
    one, two = net.eni("db-a"), net.eni("db-b")
    assert move(link, net.tables, None, one, "fd00:64::10") == [None]
    assert move(link, net.tables, one, two, "fd00:64::10") == [None]
    assert next_hops(link, net.tables, "fd00:64::10/128") == [two]


def failure_of(link: Any, table: str, before: str | None, after: str | None) -> tuple[Failure, str]:
    (error,) = move(link, [table], before, after)
    assert isinstance(error, AwsError)
    return error.failure, error.code


def test_refusals_are_told_apart(link: Any, world: Callable[..., Any]) -> None:
    net = world(tables=1)
    (table,) = net.tables
    one = net.eni("db-a")
    assert failure_of(link, table, one, one) == (Failure.ABSENT, "InvalidParameterValue")
    assert failure_of(link, table, one, None) == (Failure.ABSENT, "InvalidRoute.NotFound")
    move(link, [table], None, one)
    assert failure_of(link, table, None, one) == (Failure.EXISTS, "RouteAlreadyExists")
    gone = "eni-0123456789abcdef0"
    assert failure_of(link, table, one, gone) == (
        Failure.GONE,
        "InvalidNetworkInterfaceID.NotFound",
    )
    assert failure_of(link, "rtb-0123456789abcdef0", one, one)[0] is Failure.GONE


def test_a_look_shows_what_there_is(link: Any, world: Callable[..., Any]) -> None:
    net = world(tables=2, tags={"team": "blue"})
    found = {
        table.id: table for table in reads.route_tables(link.ec2, link.until(), vpcs=[net.vpc])
    }
    assert set(found) == {net.main_table, *net.tables}
    assert found[net.main_table].main
    assert [found[table].subnets for table in net.tables] == [(net.subnets[0],), (net.subnets[1],)]
    assert not any(table.gateway for table in found.values())
    placed = net.targets["db-a"]
    (interface,) = reads.interfaces(link.ec2, link.until(), instances=[placed.instance])
    assert (interface.id, interface.primary_address) == (placed.eni, placed.address)
    assert (interface.instance, interface.device_index) == (placed.instance, 0)
    assert not interface.source_dest_check
    subnets = reads.subnets(link.ec2, link.until(), vpcs=[net.vpc])
    assert {subnet.id for subnet in subnets} == set(net.subnets)
    (vpc,) = reads.vpcs(link.ec2, link.until(), [net.vpc])
    assert vpc.cidrs == (net.cidr,)


def test_what_is_gone_is_missing_and_nothing_else(link: Any, world: Callable[..., Any]) -> None:
    net = world(tables=1)
    ids = [*net.tables, "rtb-0123456789abcdef0"]
    assert [table.id for table in reads.route_tables(link.ec2, link.until(), ids=ids)] == list(
        net.tables
    )
    assert reads.interfaces(link.ec2, link.until(), ids=["eni-0123456789abcdef0"]) == ()


def test_more_than_a_page_of_tables_is_read_whole(
    link: Any, emulator: Any, world: Callable[..., Any]
) -> None:
    net = world(tables=130)
    emulator.clear_calls()
    found = reads.route_tables(link.ec2, link.until(), ids=net.tables)
    assert [table.id for table in found] == sorted(net.tables)
    assert emulator.counts() == {"DescribeRouteTables": 2}
    assert len(reads.route_tables(link.ec2, link.until(), vpcs=[net.vpc])) == 131


def test_a_secondary_address_is_assigned_moved_and_taken_away(
    link: Any, world: Callable[..., Any]
) -> None:
    net = world(azs=1)
    subnet, one, two = net.subnets[0], net.eni("db-a"), net.eni("db-b")
    cell = Cell("secondary_ip", subnet, net.targets["db-a"].address.rsplit(".", 1)[0] + ".200")

    def holders() -> list[str]:
        found = reads.interfaces_with(link.ec2, link.until(), subnet, [cell.address])
        return [interface.id for interface in found]

    for change, expected in (
        (Change(cell, None, one), [one]),
        (Change(cell, one, two), [two]),
        (Change(cell, two, None), []),
    ):
        writes.apply(link.ec2, change, link.until())
        assert holders() == expected
    with pytest.raises(AwsError) as raised:
        writes.apply(link.ec2, Change(cell, two, None), link.until())
    assert raised.value.failure is Failure.ABSENT
    assert {each.id for each in reads.interfaces_in(link.ec2, link.until(), [subnet])} == {one, two}


def test_a_dry_run_changes_nothing_and_tells_a_right_from_none(
    link: Any, emulator: Any, world: Callable[..., Any]
) -> None:
    net = world(tables=1)
    move(link, net.tables, None, net.eni("db-a"))
    before = emulator.state()
    change = Change(Cell("route", net.tables[0], ADDRESS), net.eni("db-a"), net.eni("db-b"))
    assert writes.can_apply(link.ec2, change, link.until()) is None
    emulator.fault("error", "ReplaceRoute", code="UnauthorizedOperation", status=403)
    assert "Allow ec2:ReplaceRoute" in (writes.can_apply(link.ec2, change, link.until()) or "")
    assert emulator.state() == before


def test_checks_and_tags_are_set(link: Any, ec2: Any, world: Callable[..., Any]) -> None:
    net = world(tables=1, source_dest_check=True)
    eni, (table,) = net.eni("db-a"), net.tables
    attributes.set_source_dest_check(link.ec2, eni, False, link.until())
    attributes.tag(link.ec2, [eni, table], {"floating-ip:db": "1"}, link.until())
    (interface,) = reads.interfaces(link.ec2, link.until(), ids=[eni])
    assert not interface.source_dest_check
    assert interface.tags == {"floating-ip:db": "1"}
    assert ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [table]}])["Tags"] != []
    attributes.untag(link.ec2, [eni, table], {"floating-ip:db": "1"}, link.until())
    assert ec2.describe_tags(Filters=[{"Name": "key", "Values": ["floating-ip:db"]}])["Tags"] == []
