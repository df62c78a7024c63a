# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The least IAM policy with which a set of definitions can be watched and moved, or operated.

MONITOR is for the hosts: look and move. OPERATOR is for the controller: make and remove as well.
Which action takes which resource and condition is AWS's service authorization reference of EC2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .._definition.model import FloatingIp
from .iam_scopes import ANY, INTERFACE, TABLE, Case, Found, Home
from .iam_statements import Scope, allow, allow_in, document, one_or_list, size_of

MONITOR, OPERATOR, TRUST = "monitor", "operator", "trust"
USES = (MONITOR, OPERATOR)
MOST_CHARACTERS = 10240  # in the inline policies of one role, all together

WRITES_OF_ROUTES = {
    MONITOR: ("CreateRoute", "ReplaceRoute"),
    OPERATOR: ("CreateRoute", "DeleteRoute", "ReplaceRoute"),
}
WRITES_OF_ADDRESSES = {
    MONITOR: ("AssignPrivateIpAddresses",),
    OPERATOR: ("AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"),
}
POWER = ("StartInstances", "StopInstances")
CHECKS = "ModifyNetworkInterfaceAttribute"
EVERY_LOOK = (
    "DescribeInstances",
    "DescribeNetworkInterfaces",
    "DescribeRouteTables",
    "DescribeSubnets",
    "DescribeVpcs",
)


class TooLong(ValueError):
    """AWS would not accept the policy. The text is a sentence that says what to do."""


def policy_of(
    definitions: Sequence[FloatingIp],
    use: str,
    home: Home,
    looks: Mapping[str, Found],
    most: int = MOST_CHARACTERS,
) -> dict[str, Any]:
    """The policy, or TooLong. Where nothing is to be allowed it has no statement.

    `looks`: what was found, by floating IP. What is known by its id is named; what is not, and for
    a monitor all that would make the policy too long, is told by the tag that a deploy gives it.
    """
    policy = document(_statements(definitions, use, home, looks, True))
    if size_of(policy) > most and use == MONITOR:
        policy = document(_statements(definitions, use, home, looks, False))
    if size_of(policy) > most:
        raise TooLong(
            f"The policy has {size_of(policy)} characters, and {most} are allowed: select tables "
            "by vpc_id instead of ids and subnet_ids, or make several policies, each for some of "
            "the floating IPs (names)."
        )
    return policy


def trust_of(partition: str) -> dict[str, Any]:
    """Who may take the role of an instance profile: EC2, which has another name in China."""
    service = "ec2.amazonaws.com.cn" if partition == "aws-cn" else "ec2.amazonaws.com"
    who = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return document([{"Sid": "Instances", **who}])


def _statements(
    definitions: Sequence[FloatingIp],
    use: str,
    home: Home,
    looks: Mapping[str, Found],
    is_named: bool,
) -> Iterator[dict[str, Any]]:
    wanted = [one for one in definitions if use == OPERATOR or one.state == "present"]
    if home.role_arn is None:
        yield from _assume_roles(wanted)
    cases = [
        Case(one, home, looks.get(one.name), is_named)
        for one in wanted
        if one.aws.role_arn == home.role_arn
    ]
    if not cases:
        return
    yield _look(cases, use)
    yield from allow_in("Routes", WRITES_OF_ROUTES[use], _tables(cases))
    yield from allow_in("Addresses", WRITES_OF_ADDRESSES[use], _interfaces(cases, False))
    yield from allow_in("Instances", POWER, [case.instances() for case in cases])
    if use == OPERATOR:
        yield from _provisioning(cases)


def _provisioning(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    """What a deploy and a teardown need beyond moving.

    Tags are given to what the definitions select, and taken from anything: only our own. What
    carries one since an older definition may be cleaned up.
    """
    ours: dict[str, dict[str, Any]] = {
        "ForAllValues:StringEquals": {"aws:TagKeys": one_or_list([case.key for case in cases])},
        "Null": {"aws:TagKeys": "false"},  # DeleteTags without any key means all of them
    }
    tagged = [scope for case in cases for scope in case.untagged()]
    yield from allow_in("Checks", (CHECKS,), _interfaces(cases, True))
    yield from allow_in("Tag", ("CreateTags",), tagged, ours)
    yield from allow_in("Untag", ("DeleteTags",), [case.everything() for case in cases], ours)
    former = [case.tagged(TABLE, INTERFACE) for case in cases]
    yield from allow_in("Former", ("DeleteRoute", CHECKS, "UnassignPrivateIpAddresses"), former)


def _assume_roles(definitions: Sequence[FloatingIp]) -> Iterator[dict[str, Any]]:
    roles = {one.aws.role_arn for one in definitions if one.aws.role_arn is not None}
    if roles:
        yield allow("AssumeRoles", ("sts:AssumeRole",), roles, {})


def _look(cases: Sequence[Case], use: str) -> dict[str, Any]:
    """Reads know no resources; only the Region narrows them."""
    actions = set(EVERY_LOOK) if use == OPERATOR else {"DescribeNetworkInterfaces"}
    if any(case.is_route for case in cases):
        actions.add("DescribeRouteTables")
    if any(case.definition.route_tables.subnet_ids for case in cases):
        actions.add("DescribeSubnets")
    regions = sorted({case.region for case in cases})
    narrowed = {"StringEquals": {"aws:RequestedRegion": one_or_list(regions)}}
    return allow("Look", sorted(actions), (ANY,), {} if ANY in regions else narrowed)


def _tables(cases: Iterable[Case]) -> list[Scope]:
    return [scope for case in cases for scope in case.tables()]


def _interfaces(cases: Iterable[Case], are_routes: bool) -> list[Scope]:
    """The targets' interfaces, of those whose addresses are held by routes or by themselves."""
    return [scope for case in cases if case.is_route is are_routes for scope in case.interfaces()]
