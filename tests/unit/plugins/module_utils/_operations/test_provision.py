# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    RouteTables,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    Provisioned,
    entry_of,
    foretell,
    plan,
    provision,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_account import (  # noqa: E501 - the path of a module
    TABLES,
    Account,
    definition,
    secondary,
)

BLOCK = "100.64.10.10/32"


@pytest.fixture
def account() -> Account:
    return Account()


def deploy(account: Account, *definitions: FloatingIp) -> tuple[Provisioned, ...]:
    plans = plan(account.edge(), definitions)
    assert not any(one.problems for one in plans)
    return provision(account.edge(), plans)


def absent(one: FloatingIp) -> FloatingIp:
    return replace(one, state="absent")


def failed(done: Provisioned) -> Sequence[tuple[str, str]]:
    return [(item.kind, item.id) for item in done.items if item.action is Action.FAILED]


@pytest.mark.parametrize("wanted", [definition(), secondary()], ids=lambda one: one.mechanism)
def test_a_deploy_happens_once_and_a_teardown_leaves_no_trace(
    account: Account, wanted: FloatingIp
) -> None:
    before = account.state()
    (done,) = deploy(account, wanted)
    assert (done.holder, done.is_changed, done.is_partial) == ("a", True, False)
    account.calls.clear()
    (again,) = deploy(account, wanted)
    assert (again.holder, again.is_changed, account.writes()) == ("a", False, [])
    (gone,) = deploy(account, absent(wanted))
    assert (gone.holder, gone.is_changed) == (None, True)
    assert account.state() == before
    (gone,) = deploy(account, absent(wanted))
    assert not gone.is_changed


def test_tags_come_first_then_checks_then_routes_and_the_other_way_round(account: Account) -> None:
    deploy(account, definition())
    order = list(dict.fromkeys(account.writes()))
    assert order == ["create_tags", "modify_network_interface_attribute", "create_route"]
    account.calls.clear()
    deploy(account, absent(definition()))
    order = list(dict.fromkeys(account.writes()))
    assert order == ["delete_route", "modify_network_interface_attribute", "delete_tags"]


def test_check_mode_says_what_the_work_does_and_writes_nothing(account: Account) -> None:
    plans = plan(account.edge(), [definition()])
    said = foretell(plans)
    assert account.writes() == []
    done = provision(account.edge(), plans)
    assert [entry_of(one) for one in said] == [{**entry_of(one), "seconds": 0} for one in done]


def test_a_stranger_that_is_alive_is_a_problem_and_then_nothing_is_done(account: Account) -> None:
    account.things["rtb-1"].routes[BLOCK] = "eni-c"
    before = account.state()
    plans = plan(account.edge(), [definition()])
    assert "leads to eni-c, which is alive" in plans[0].problems[0]
    (done,) = provision(account.edge(), plans)
    assert (done.items, done.is_changed, done.holder) == ((), False, None)
    assert account.state() == before


def test_a_stranger_that_is_gone_is_replaced(account: Account) -> None:
    account.things["rtb-1"].routes[BLOCK] = "eni-c"
    account.things["eni-c"].is_gone = True
    deploy(account, definition())
    assert account.things["rtb-1"].routes[BLOCK] == "eni-a"


def test_one_resource_that_cannot_be_tagged_stops_only_what_it_carries(account: Account) -> None:
    account.refuse = lambda operation, params: (
        "UnauthorizedOperation"
        if operation == "create_tags" and "rtb-1" in params["Resources"]
        else None
    )
    (done,) = deploy(account, definition())
    assert failed(done) == [("route", "rtb-1"), ("tag", "rtb-1")]
    assert (account.things["rtb-1"].routes, account.things["rtb-2"].routes) == (
        {},
        {BLOCK: "eni-a"},
    )
    assert not account.things["eni-a"].check


def test_a_check_is_not_switched_off_without_a_tag_that_tells_of_it(account: Account) -> None:
    account.refuse = lambda operation, params: (
        "UnauthorizedOperation"
        if operation == "create_tags" and "eni-b" in params["Resources"]
        else None
    )
    (done,) = deploy(account, definition())
    assert failed(done) == [("source_dest_check", "eni-b"), ("tag", "eni-b")]
    assert (account.things["eni-a"].check, account.things["eni-b"].check) == (False, True)
    assert done.holder == "a"


def test_a_check_that_cannot_be_restored_keeps_its_tag(account: Account) -> None:
    deploy(account, definition())
    account.refuse = lambda operation, params: (
        "UnauthorizedOperation" if params.get("NetworkInterfaceId") == "eni-b" else None
    )
    (done,) = deploy(account, absent(definition()))
    assert failed(done) == [("source_dest_check", "eni-b"), ("tag", "eni-b")]
    assert list(account.things["eni-b"].tags) == ["floating-ip:db"]
    assert account.things["eni-a"].tags == {}
    account.refuse = lambda operation, params: None
    (done,) = deploy(account, absent(definition()))
    assert account.things["eni-b"].check and not account.things["eni-b"].tags


def test_a_route_that_cannot_be_removed_keeps_all_that_tells_of_it(account: Account) -> None:
    deploy(account, definition())
    account.refuse = lambda operation, params: (
        "UnauthorizedOperation" if params.get("RouteTableId") == "rtb-1" else None
    )
    (done,) = deploy(account, absent(definition()))
    assert failed(done) == [
        ("route", "rtb-1"),
        ("source_dest_check", "eni-a"),
        ("tag", "eni-a"),
        ("tag", "rtb-1"),
    ]
    assert account.things["rtb-2"] == Account().things["rtb-2"]
    assert account.things["eni-b"] == Account().things["eni-b"]


def test_a_table_that_is_left_out_is_cleaned_up(account: Account) -> None:
    deploy(account, definition())
    deploy(account, definition(route_tables=RouteTables(ids=TABLES[:1])))
    assert account.things["rtb-2"] == Account().things["rtb-2"]


def test_definitions_without_a_way_to_aws_have_a_problem(account: Account) -> None:
    account.refuse = lambda operation, params: "UnauthorizedOperation"
    (one,) = plan(account.edge(), [absent(definition())])
    assert one.problems[0].startswith("Floating IP db cannot be read: Allow ec2:")


def test_more_tags_than_aws_allows_are_a_problem(account: Account) -> None:
    account.things["rtb-1"].tags = {f"key-{number}": "" for number in range(50)}
    (one,) = plan(account.edge(), [definition()])
    assert "rtb-1 would have 51 tags" in one.problems[0]
