# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Provisioning against the emulator; what became of it is read from the emulator's own state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    RouteTables,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    entry_of,
    plan,
    provision,
)
from ansible_collections.netops.floating_ip.tests.integration.operations.steps import (
    BLOCK,
    absent,
    deploy,
    is_unchanged,
    problems_of,
)


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    return world(tables=4, source_dest_check=True)


def test_a_deploy_makes_everything_once_and_a_teardown_leaves_no_trace(
    site: Any, net: Any, emulator: Any
) -> None:
    before = emulator.state()
    definition = site.definition(net)
    (done,) = deploy(site.edge, [definition])
    assert (done.is_changed, done.is_partial, done.holder) == (True, False, "db-a")
    state = emulator.state()
    for table in net.tables:
        assert state["route_tables"][table]["tags"] == {"floating-ip:db": "100.64.10.10"}
        assert state["route_tables"][table]["routes"][BLOCK]["network_interface_id"] == net.eni(
            "db-a"
        )
    for target in net.targets:
        interface = state["network_interfaces"][net.eni(target)]
        assert interface["source_dest_check"] is False
        assert interface["tags"] == {"floating-ip:db": "source-dest-check was on"}
    site.records.clear()
    assert is_unchanged(deploy(site.edge, [definition]))
    assert site.writes() == []
    (gone,) = deploy(site.edge, absent(definition))
    assert (gone.is_changed, gone.holder, gone.state) == (True, None, "absent")
    assert emulator.state() == before
    assert is_unchanged(deploy(site.edge, absent(definition)))


def test_a_result_is_plain_values_sorted(site: Any, world: Callable[..., Any]) -> None:
    net = world(tables=1, source_dest_check=True)
    (done,) = deploy(site.edge, [site.definition(net)])
    entry = entry_of(done)
    assert {key: entry[key] for key in ("name", "holder", "state")} == {
        "name": "db",
        "holder": "db-a",
        "state": "present",
    }
    kinds = [item["kind"] for item in entry["items"]]
    assert kinds == ["route", "source_dest_check", "source_dest_check", "tag", "tag", "tag"]
    assert entry["items"][0] == {
        "kind": "route",
        "id": net.tables[0],
        "address": "100.64.10.10",
        "before": None,
        "after": net.eni("db-a"),
        "action": "moved",
        "error": None,
    }
    assert (entry["items"][1]["before"], entry["items"][1]["after"]) == (True, False)


def test_a_missing_route_goes_to_the_present_holder(site: Any, net: Any, ec2: Any) -> None:
    definition = site.definition(net)
    deploy(site.edge, [definition])
    for table in net.tables:
        ec2.replace_route(
            RouteTableId=table, DestinationCidrBlock=BLOCK, NetworkInterfaceId=net.eni("db-b")
        )
    ec2.delete_route(RouteTableId=net.tables[2], DestinationCidrBlock=BLOCK)
    (done,) = deploy(site.edge, [definition])
    moved = [item for item in done.items if item.action is Action.MOVED]
    assert [(item.id, item.after) for item in moved] == [(net.tables[2], net.eni("db-b"))]
    assert done.holder == "db-b"


def test_a_route_to_a_living_stranger_stops_everything_before_any_change(
    site: Any, world: Callable[..., Any], ec2: Any, emulator: Any
) -> None:
    net = world(tables=2, targets=("db-a", "db-b", "other"), source_dest_check=True)
    ec2.create_route(
        RouteTableId=net.tables[0], DestinationCidrBlock=BLOCK, NetworkInterfaceId=net.eni("other")
    )
    before = emulator.state()
    definition = site.definition(net)
    definition = replace(definition, targets=definition.targets[:2])
    plans = plan(site.edge, [definition])
    assert net.eni("other") in plans[0].problems[0]
    assert "remove that entry" in plans[0].problems[0]
    provision(site.edge, plans)
    assert emulator.state() == before


def test_a_route_into_a_blackhole_is_replaced(
    site: Any, world: Callable[..., Any], ec2: Any
) -> None:
    net = world(tables=1, targets=("db-a", "db-b", "old"))
    ec2.create_route(
        RouteTableId=net.tables[0], DestinationCidrBlock=BLOCK, NetworkInterfaceId=net.eni("old")
    )
    ec2.terminate_instances(InstanceIds=[net.targets["old"].instance])
    definition = site.definition(net)
    (done,) = deploy(site.edge, [replace(definition, targets=definition.targets[:2])])
    (route,) = [item for item in done.items if item.kind == "route"]
    assert (route.after, route.action) == (net.eni("db-a"), Action.MOVED)


def test_what_the_definition_no_longer_means_is_cleaned_up(
    site: Any, net: Any, emulator: Any
) -> None:
    first = site.definition(net, addresses=("100.64.10.10", "fd00:64::10"))
    deploy(site.edge, [first])
    after = replace(
        first, addresses=("100.64.10.11",), route_tables=RouteTables(ids=net.tables[:2])
    )
    (done,) = deploy(site.edge, [after])
    state = emulator.state()["route_tables"]
    hosts = [
        sorted(block for block in state[table]["routes"] if block.startswith(("100.", "fd")))
        for table in net.tables
    ]
    assert hosts == [["100.64.10.11/32"], ["100.64.10.11/32"], [], []]
    assert [state[table]["tags"].get("floating-ip:db") for table in net.tables] == [
        "100.64.10.11",
        "100.64.10.11",
        None,
        None,
    ]
    assert is_unchanged(deploy(site.edge, [after]))
    assert not done.is_partial


def test_a_target_that_was_removed_gets_its_check_and_tags_back(
    site: Any, world: Callable[..., Any], emulator: Any
) -> None:
    net = world(tables=1, targets=("db-a", "db-b", "db-c"), source_dest_check=True)
    definition = site.definition(net)
    deploy(site.edge, [definition])
    deploy(site.edge, [replace(definition, targets=definition.targets[:2])])
    interface = emulator.state()["network_interfaces"][net.eni("db-c")]
    assert (interface["source_dest_check"], interface["tags"]) == (True, {})
    ousted = replace(definition, targets=definition.targets[1:])
    assert "put that target back" in problems_of(site.edge, ousted)


def test_too_many_tags_are_found_before_any_change(site: Any, net: Any, ec2: Any) -> None:
    tags = [{"Key": f"key-{number}", "Value": ""} for number in range(50)]
    ec2.create_tags(Resources=[net.tables[0]], Tags=tags)
    assert f"{net.tables[0]} would have 51 tags" in problems_of(site.edge, site.definition(net))


def test_an_objective_that_cannot_be_met_stops_a_deploy(site: Any, net: Any) -> None:
    definition = site.definition(net, objective_seconds=1.0)
    assert "objective_seconds is 1" in problems_of(site.edge, definition)


def test_many_of_both_take_few_round_trips(
    site: Any, world: Callable[..., Any], emulator: Any
) -> None:
    net = world(tables=200, source_dest_check=True)
    before = emulator.state()
    definitions = [
        site.definition(
            net,
            f"db-{number}",
            addresses=(f"100.64.10.{number}",),
            route_tables=RouteTables(ids=net.tables[4 * number : 4 * number + 4]),
        )
        for number in range(50)
    ]
    emulator.clear_calls()
    plans = plan(site.edge, definitions)
    assert [one.problems for one in plans] == [()] * 50
    assert sum(emulator.counts().values()) < 25
    deploy(site.edge, definitions[:10])
    assert emulator.counts()["CreateTags"] <= 11
    deploy(site.edge, absent(*definitions[:10]))
    assert emulator.state() == before


def test_late_reads_and_lost_replies_change_nothing_in_the_end(
    site: Any, net: Any, emulator: Any
) -> None:
    before = emulator.state()
    definition = site.definition(net)
    emulator.settings(lag_seconds=0.3)
    emulator.fault("lost", "CreateRoute|CreateTags|ModifyNetworkInterfaceAttribute", count=2)
    deploy(site.edge, [definition])
    emulator.settings(lag_seconds=0)
    assert is_unchanged(deploy(site.edge, [definition]))
    emulator.settings(lag_seconds=0.3)
    emulator.fault("lost", "DeleteRoute|DeleteTags", count=2)
    deploy(site.edge, absent(definition))
    emulator.settings(lag_seconds=0)
    assert is_unchanged(deploy(site.edge, absent(definition)))
    assert emulator.state() == before
