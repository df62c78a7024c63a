# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Teardown, shared things and failures against the emulator, judged by the emulator's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    orphans,
    plan,
    provision,
)
from ansible_collections.netops.floating_ip.tests.integration.operations.steps import (
    BLOCK,
    absent,
    deploy,
    is_unchanged,
)


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    return world(tables=4, source_dest_check=True)


def test_a_check_comes_back_only_with_the_last_floating_ip(
    site: Any, net: Any, emulator: Any
) -> None:
    before = emulator.state()
    db = site.definition(net)
    web = site.definition(net, "web", addresses=("100.64.10.20",))
    deploy(site.edge, [db])
    deploy(site.edge, [db, web])
    site.records.clear()
    deploy(site.edge, absent(db))
    assert site.writes().count("ModifyNetworkInterfaceAttribute") == 0
    deploy(site.edge, [web, *absent(db)])
    deploy(site.edge, absent(web))
    assert emulator.state() == before


def test_two_floating_ips_come_and_go_together(site: Any, net: Any, emulator: Any) -> None:
    before = emulator.state()
    both = [site.definition(net), site.definition(net, "web", addresses=("100.64.10.20",))]
    deploy(site.edge, both)
    assert site.writes().count("ModifyNetworkInterfaceAttribute") == 2
    assert site.writes().count("CreateTags") == 2
    deploy(site.edge, absent(*both))
    assert emulator.state() == before


def test_a_check_that_was_off_stays_off(
    site: Any, world: Callable[..., Any], emulator: Any
) -> None:
    net = world(tables=1)
    before = emulator.state()
    definition = site.definition(net)
    deploy(site.edge, [definition])
    tags = emulator.state()["network_interfaces"][net.eni("db-a")]["tags"]
    assert tags == {"floating-ip:db": "source-dest-check was off"}
    deploy(site.edge, absent(definition))
    assert emulator.state() == before


def test_a_teardown_works_from_the_tags_and_leaves_strangers(
    site: Any, world: Callable[..., Any], ec2: Any, emulator: Any
) -> None:
    net = world(tables=3, targets=("db-a", "db-b", "other"))
    definition = site.definition(net)
    definition = replace(definition, targets=definition.targets[:2])
    deploy(site.edge, [definition])
    ec2.replace_route(
        RouteTableId=net.tables[0], DestinationCidrBlock=BLOCK, NetworkInterfaceId=net.eni("other")
    )
    blank = replace(
        definition,
        addresses=("100.64.99.99",),
        route_tables=RouteTables(ids=("rtb-0123456789abcdef0",)),
        targets=(Target("x", network_interface_id="eni-0123456789abcdef0"),),
    )
    assert net.eni("other") in plan(site.edge, absent(blank))[0].warnings[0]
    (done,) = deploy(site.edge, absent(blank))
    (kept,) = [item for item in done.items if item.action is Action.LEFT and item.kind == "route"]
    assert "remove it by hand" in (kept.error or "")
    tables = [emulator.state()["route_tables"][table] for table in net.tables]
    assert [BLOCK in table["routes"] for table in tables] == [True, False, False]
    assert not any(table["tags"] for table in tables)
    assert is_unchanged(deploy(site.edge, absent(blank)))


def test_a_route_that_fails_keeps_its_tag_and_stops_no_other(
    site: Any, net: Any, emulator: Any
) -> None:
    before = emulator.state()
    definition = site.definition(net)
    deploy(site.edge, [definition])
    emulator.fault("error", "DeleteRoute", code="UnauthorizedOperation", status=403, count=1)
    plans = plan(site.edge, absent(definition))
    (done,) = provision(site.edge, plans)
    assert (done.is_changed, done.is_partial, done.holder) == (True, True, None)
    failed = [item for item in done.items if item.action is Action.FAILED]
    (route,) = [item for item in failed if item.kind == "route"]
    assert "Allow ec2:DeleteRoute" in (route.error or "")
    assert sorted(item.id for item in failed if item.kind == "tag") == sorted(
        [route.id, net.eni("db-a")]
    )
    assert [item.id for item in failed if item.kind == "source_dest_check"] == [net.eni("db-a")]
    emulator.clear_faults()
    deploy(site.edge, absent(definition))
    assert emulator.state() == before


def test_what_cannot_be_tagged_is_not_made(site: Any, net: Any, emulator: Any) -> None:
    before = emulator.state()
    emulator.fault("error", "CreateTags", code="UnauthorizedOperation", status=403, count=100)
    (done,) = provision(site.edge, plan(site.edge, [site.definition(net)]))
    assert {item.action for item in done.items} == {Action.FAILED}
    assert not done.is_changed
    assert emulator.state() == before


def test_a_secondary_address_is_assigned_and_taken_away(
    site: Any, world: Callable[..., Any], emulator: Any
) -> None:
    net = world(azs=1, source_dest_check=True)
    before = emulator.state()
    address = net.targets["db-a"].address.rsplit(".", 1)[0] + ".200"
    definition = site.definition(
        net, addresses=(address,), mechanism="secondary_ip", route_tables=RouteTables()
    )
    (done,) = deploy(site.edge, [definition])
    assert done.holder == "db-a"
    assert "ModifyNetworkInterfaceAttribute" not in site.writes()
    assert is_unchanged(deploy(site.edge, [definition]))
    other = address[:-3] + "201"
    (done,) = deploy(site.edge, [replace(definition, addresses=(other,))])
    held = emulator.state()["network_interfaces"][net.eni("db-a")]["addresses"]
    assert (address in str(held), other in str(held)) == (False, True)
    deploy(site.edge, absent(replace(definition, addresses=(other,))))
    assert emulator.state() == before


def test_a_change_of_mechanism_leaves_nothing_of_the_old_one(
    site: Any, world: Callable[..., Any], emulator: Any
) -> None:
    net = world(azs=1, tables=2, source_dest_check=True)
    before = emulator.state()
    route = site.definition(net)
    address = net.targets["db-a"].address.rsplit(".", 1)[0] + ".200"
    secondary = replace(
        route, addresses=(address,), mechanism="secondary_ip", route_tables=RouteTables()
    )
    deploy(site.edge, [route])
    deploy(site.edge, [secondary])
    assert emulator.state()["route_tables"] == before["route_tables"]
    deploy(site.edge, [route])
    deploy(site.edge, absent(route))
    assert emulator.state() == before


def test_orphans_are_reported(site: Any, net: Any) -> None:
    db = site.definition(net)
    web = site.definition(net, "web", addresses=("100.64.10.20",))
    deploy(site.edge, [db, web])
    (sentence,) = orphans(site.edge, [db])
    assert sentence.startswith("Floating IP web is in no definition")
    assert "and 3 more carry its tag floating-ip:web" in sentence
    assert orphans(site.edge, [db, *absent(web)]) == ()


def test_a_name_that_changed_leaves_the_new_ones_routes(site: Any, net: Any, emulator: Any) -> None:
    old = site.definition(net, "old")
    new = site.definition(net, "new")
    deploy(site.edge, [old])
    deploy(site.edge, [new])
    deploy(site.edge, absent(old))
    state = emulator.state()
    for table in net.tables:
        assert BLOCK in state["route_tables"][table]["routes"]
        assert state["route_tables"][table]["tags"] == {"floating-ip:new": "100.64.10.10"}
    assert state["network_interfaces"][net.eni("db-a")]["source_dest_check"] is False
