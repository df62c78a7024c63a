# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every call that our code makes is allowed by the policy, and the policy allows nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import warm
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    SECONDARY_IP,
    Aws,
    FloatingIp,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.iam_scopes import Home
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.permissions import (
    MONITOR,
    OPERATOR,
    policy_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import (
    info,
    provision,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.found import found_in
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import look
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import move
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.order import (
    Wish,
    prepare,
)
from ansible_collections.netops.floating_ip.tests.integration.iam.judge import (
    ACCOUNT,
    Asked,
    is_allowed,
)

HOME = Home(account=ACCOUNT)


def definition_of(form: str, net: Any) -> FloatingIp:
    """A floating IP whose tables or interfaces are selected in this way."""
    by_eni = tuple(Target(name, one.eni) for name, one in net.targets.items())
    by_instance = tuple(Target(name, instance_id=one.instance) for name, one in net.targets.items())
    subnets = RouteTables(subnet_ids=tuple(one.subnet for one in net.targets.values()))
    forms = {
        "ids": (RouteTables(ids=net.tables), by_eni),
        "subnets": (subnets, by_eni),
        "unknown subnets": (subnets, by_instance),
        "vpc": (RouteTables(vpc_id=net.vpc), by_instance),
        "tags": (RouteTables(vpc_id=net.vpc, tags={"tier": "app"}), by_instance),
    }
    aws = Aws(region="eu-west-1")
    if form not in forms:
        targets = by_eni if form == "addresses" else by_instance
        return FloatingIp("db", ("10.0.1.200",), targets, SECONDARY_IP, aws=aws)
    tables, targets = forms[form]
    return FloatingIp("db", ("100.64.10.10",), targets, aws=aws, route_tables=tables)


FORMS = ("ids", "subnets", "unknown subnets", "vpc", "tags", "addresses", "unknown addresses")


def give(edge: Edge, definition: FloatingIp, to: str) -> None:
    """What the monitor, `floating-ip move` and `floating-ip claim` do."""
    looks = look(edge, [definition])
    prepared = prepare([definition], looks, Wish(to=to, force=True))
    assert not prepared.problems
    (moved,) = move(edge, prepared.orders)
    assert moved.holder == to and not moved.is_partial


def watch_and_move(edge: Edge, definition: FloatingIp) -> None:
    """A monitor's life: the first address is given, taken by another target, and looked after."""
    warm(edge.ec2_for(definition.aws))
    for to in ("db-a", "db-b"):
        give(edge, definition, to)


def deploy(edge: Edge, definition: FloatingIp) -> None:
    plans = provision.plan(edge, [definition])
    assert [plan.problems for plan in plans] == [()]
    (done,) = provision.provision(edge, plans)
    assert not done.is_partial, provision.entry_of(done)


def works_of(definition: FloatingIp) -> list[Callable[[Edge], Any]]:
    """What the runbooks do: deploy, validate, failover, teardown."""
    return [
        lambda edge: deploy(edge, definition),
        lambda edge: info.info(edge, [definition], permissions=True),
        lambda edge: give(edge, definition, "db-b"),
        lambda edge: deploy(edge, replace(definition, state="absent")),
    ]


def looks_of(edge: Edge, definition: FloatingIp, form: str) -> Any:
    if form.startswith("unknown"):
        return {}
    found = info.info(edge, [definition], readiness=False)
    return found_in([info.entry_of(one) for one in found])


def make(world: Callable[..., Any], form: str) -> Any:
    azs = 1 if form.endswith("addresses") else 2
    return world(tables=2, tags={"tier": "app"}, source_dest_check=True, azs=azs)


def tag(ec2: Any, net: Any) -> None:
    """As a deploy does, whose tags some policies count on."""
    ec2.create_tags(
        Resources=[*net.tables, *(one.eni for one in net.targets.values())],
        Tags=[{"Key": "floating-ip:db", "Value": "x"}],
    )


def denied(policy: Any, asked: Sequence[Asked]) -> list[Asked]:
    return [one for one in asked if not is_allowed(policy, one)]


def actions_of(policy: Any) -> set[str]:
    lists = (one["Action"] for one in policy["Statement"])
    return {action for one in lists for action in ([one] if isinstance(one, str) else one)}


def needed(policy: Any, asked: Sequence[Asked]) -> list[str]:
    """The statements without which something would be denied."""
    return [
        one["Sid"]
        for one in policy["Statement"]
        if denied({"Statement": [other for other in policy["Statement"] if other != one]}, asked)
    ]


def names(policy: Any) -> list[str]:
    return [one["Sid"] for one in policy["Statement"]]


@pytest.mark.parametrize("form", FORMS)
def test_a_monitors_policy_is_what_it_asks_for(
    form: str, world: Callable[..., Any], ec2: Any, recorder: Any
) -> None:
    net = make(world, form)
    definition = definition_of(form, net)
    tag(ec2, net)
    looks = looks_of(recorder.edge, definition, form)
    asked = recorder.asked(lambda edge: watch_and_move(edge, definition))
    policy = policy_of([definition], MONITOR, HOME, looks)
    assert denied(policy, asked) == []
    assert actions_of(policy) == {one.action for one in asked}
    assert needed(policy, asked) == names(policy)


@pytest.mark.parametrize("form", FORMS)
def test_an_operators_policy_is_what_the_runbooks_ask_for(
    form: str, world: Callable[..., Any], recorder: Any
) -> None:
    net = make(world, form)
    definition = definition_of(form, net)
    looks = looks_of(recorder.edge, definition, form)
    counts_on_tags = form.startswith("unknown")
    asked = [
        one
        for work in works_of(definition)
        for one in recorder.asked(work, sees_new_tags=counts_on_tags)
    ]
    policy = policy_of([definition], OPERATOR, HOME, looks)
    assert denied(policy, asked) == []
    former = {"ec2:DeleteRoute", "ec2:ModifyNetworkInterfaceAttribute"}
    former.add("ec2:UnassignPrivateIpAddresses")
    assert actions_of(policy) - former == {one.action for one in asked} - former
    spare = {"Former", "Checks"} if counts_on_tags else {"Former"}
    assert needed(policy, asked) == [name for name in names(policy) if name not in spare]


@pytest.mark.parametrize(
    ("old", "new", "actions"),
    [
        ("addresses", "ids", {"ec2:UnassignPrivateIpAddresses"}),
        ("ids", "addresses", {"ec2:DeleteRoute", "ec2:ModifyNetworkInterfaceAttribute"}),
    ],
)
def test_what_an_older_definition_left_is_cleaned_up_by_its_tag(
    old: str, new: str, actions: set[str], world: Callable[..., Any], recorder: Any
) -> None:
    net = make(world, "addresses")
    before, after = (definition_of(form, net) for form in (old, new))
    deploy(recorder.edge, before)
    asked = recorder.asked(lambda edge: deploy(edge, after), sees_new_tags=False)
    policy = policy_of([after], OPERATOR, HOME, {})
    assert denied(policy, asked) == []
    rest = [one for one in policy["Statement"] if one["Sid"] != "Former"]
    assert {one.action for one in denied({"Statement": rest}, asked)} == actions
