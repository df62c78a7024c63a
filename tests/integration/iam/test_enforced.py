# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The policies before an IAM that is none of ours: ministack, with AUTH=true.

It judges actions, resources and the Region. It knows no tags, VPCs and tag keys of EC2: what our
policies say with these is judged in test_calls.py alone, and docs/iam.md says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

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
from ansible_collections.netops.floating_ip.tests.integration.iam.judge import ACCOUNT

HOME = Home(account=ACCOUNT)
ROLE = f"arn:aws:iam::{ACCOUNT}:role/mover"
TARGETS = (Target("a", network_interface_id="eni-1"), Target("b", network_interface_id="eni-2"))
AWS = Aws(region="eu-west-1")
ROUTE = FloatingIp(
    "db", ("100.64.10.10",), TARGETS, aws=AWS, route_tables=RouteTables(ids=("rtb-1", "rtb-2"))
)
SECONDARY = FloatingIp("web", ("10.0.1.9",), TARGETS, SECONDARY_IP, aws=AWS)
FAR = FloatingIp("far", ("100.64.10.11",), TARGETS, aws=Aws("eu-west-1", ROLE))

TO = {"DestinationCidrBlock": "100.64.10.10/32"}
AT = {"PrivateIpAddresses": ["10.0.1.9"]}
OFF = {"SourceDestCheck": {"Value": False}}
Calls = Mapping[str, tuple[str, Mapping[str, Any]]]  # operation and parameters, by statement
ROUTES: Calls = {
    "Look": ("describe_route_tables", {}),
    "Routes": ("replace_route", {"RouteTableId": "rtb-2", "NetworkInterfaceId": "eni-1", **TO}),
}
ADDRESSES: Calls = {
    "Look": ("describe_network_interfaces", {}),
    "Addresses": ("assign_private_ip_addresses", {"NetworkInterfaceId": "eni-1", **AT}),
}
CHECKS: Calls = {
    "Look": ("describe_vpcs", {}),
    "Checks": ("modify_network_interface_attribute", {"NetworkInterfaceId": "eni-2", **OFF}),
}
CASES = [
    (ROUTE, MONITOR, ROUTES),
    (SECONDARY, MONITOR, ADDRESSES),
    (ROUTE, OPERATOR, {**ROUTES, **CHECKS}),
    (SECONDARY, OPERATOR, {**ADDRESSES, "Look": CHECKS["Look"]}),
]


@pytest.mark.parametrize(("definition", "use", "calls"), CASES)
def test_each_statement_is_sufficient_and_needed(
    iam: Any, definition: FloatingIp, use: str, calls: Calls
) -> None:
    policy = policy_of([definition], use, HOME, {})
    user = iam.user(policy)
    for name, (operation, params) in calls.items():
        assert user.may("ec2", operation, **params), name
        statements = [one for one in policy["Statement"] if one["Sid"] != name]
        without = iam.user({**policy, "Statement": statements})
        assert not without.may("ec2", operation, **params), name


@pytest.mark.parametrize(("definition", "use", "calls"), CASES)
def test_every_action_is_allowed_by_the_simulator_for_what_it_is_for(
    iam: Any, definition: FloatingIp, use: str, calls: Calls
) -> None:
    policy = policy_of([definition], use, HOME, {})
    user = iam.user(policy)
    told = {
        (action, resource): user.simulated(action, resource)
        for statement in policy["Statement"]
        if statement["Sid"] in calls and "Condition" not in statement
        for action in _list(statement["Action"])
        for resource in _list(statement["Resource"])
    }
    assert set(told.values()) == {"allowed"}
    others = {resource[:-1] + "9" for _action, resource in told}
    actions = {action for action, _resource in told}
    said = {user.simulated(one, other) for one in actions for other in others}
    assert said == {"implicitDeny"}


def test_another_table_interface_or_region_is_refused(iam: Any) -> None:
    user = iam.user(policy_of([ROUTE, SECONDARY], MONITOR, HOME, {}))
    elsewhere = {"RouteTableId": "rtb-3", "NetworkInterfaceId": "eni-1", **TO}
    assert not user.may("ec2", "replace_route", **elsewhere)
    assert not user.may("ec2", "replace_route", DryRun=True, **elsewhere)
    assert not user.may("ec2", "delete_route", RouteTableId="rtb-1", **TO)
    assert not user.may("ec2", "assign_private_ip_addresses", NetworkInterfaceId="eni-3", **AT)
    assert not user.may("ec2", "describe_instances")
    beyond = FloatingIp("db", ("100.64.10.10",), TARGETS, aws=Aws("eu-north-1"))
    other = iam.user(policy_of([beyond], MONITOR, HOME, {}))
    assert not other.may("ec2", "describe_network_interfaces")


def test_a_host_may_take_the_role_that_a_definition_names_and_no_other(iam: Any) -> None:
    who = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [who]})
    for name in ("mover", "admin"):
        iam.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    policy = policy_of([FAR], MONITOR, HOME, {})
    user = iam.user(policy)
    assert user.may("sts", "assume_role", RoleArn=ROLE, RoleSessionName="host")
    other = ROLE.replace("mover", "admin")
    assert not user.may("sts", "assume_role", RoleArn=other, RoleSessionName="host")
    assert not user.may("ec2", "describe_network_interfaces")


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
