# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    SECONDARY_IP,
    Aws,
    FloatingIp,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.iam_scopes import (
    Found,
    Home,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.iam_statements import (
    size_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.permissions import (
    MONITOR,
    OPERATOR,
    USES,
    TooLong,
    policy_of,
    trust_of,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine import (
    service_authorization as reference,
)

HERE = "arn:aws:ec2:eu-west-1:123456789012"
HOME = Home(account="123456789012")
ROLE = "arn:aws:iam::210987654321:role/mover"
BY_ID = (Target("a", network_interface_id="eni-a"), Target("b", network_interface_id="eni-b"))
BY_INSTANCE = (Target("a", instance_id="i-a"), Target("b", instance_id="i-b"))
OWN_TAG = {"StringLike": {"aws:ResourceTag/floating-ip:db": "*"}}


def ip(selector: RouteTables | None = None, targets: Any = BY_ID, **more: Any) -> FloatingIp:
    given = {"name": "db", "addresses": ("100.64.10.10",), "aws": Aws("eu-west-1"), **more}
    return FloatingIp(targets=targets, route_tables=selector or RouteTables(), **given)


def secondary(targets: Any = BY_ID, **more: Any) -> FloatingIp:
    return ip(targets=targets, mechanism=SECONDARY_IP, addresses=("10.0.1.9",), **more)


def statements(definition: FloatingIp, use: str = MONITOR, **more: Any) -> dict[str, Any]:
    """The policy's statements by their names."""
    given = {"home": HOME, "looks": {}, **more}
    policy = policy_of([definition], use, **given)
    return {one["Sid"]: one for one in policy["Statement"]}


def test_tables_are_named_by_their_ids() -> None:
    found = statements(ip(RouteTables(ids=("rtb-1", "rtb-2"))))
    assert list(found) == ["Look", "Routes"]
    assert found["Routes"] == {
        "Sid": "Routes",
        "Effect": "Allow",
        "Action": ["ec2:CreateRoute", "ec2:ReplaceRoute"],
        "Resource": [f"{HERE}:route-table/rtb-1", f"{HERE}:route-table/rtb-2"],
    }
    assert found["Look"]["Action"] == ["ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables"]
    assert found["Look"]["Condition"] == {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}


def test_the_tables_of_a_vpc_are_told_by_it_and_by_the_selectors_tags() -> None:
    selector = RouteTables(vpc_id="vpc-1", tags={"tier": "${app}", "a": "b"})
    routes = statements(ip(selector))["Routes"]
    assert routes["Resource"] == f"{HERE}:route-table/*"
    assert routes["Condition"] == {
        "ArnEquals": {"ec2:Vpc": f"{HERE}:vpc/vpc-1"},
        "StringEquals": {"aws:ResourceTag/a": "b", "aws:ResourceTag/tier": "${$}{app}"},
    }


def test_the_tables_of_subnets_are_told_by_our_tag_until_somebody_has_looked() -> None:
    definition = ip(RouteTables(subnet_ids=("subnet-1",)))
    blind = statements(definition)
    assert blind["Routes"]["Condition"] == OWN_TAG
    assert "ec2:DescribeSubnets" in blind["Look"]["Action"]
    seen = statements(definition, looks={"db": Found(("rtb-7",), ())})
    assert seen["Routes"]["Resource"] == f"{HERE}:route-table/rtb-7"
    assert "Condition" not in seen["Routes"]


def test_an_interface_is_named_or_told_by_our_tag_or_by_its_vpc() -> None:
    named = statements(secondary())["Addresses"]
    assert named["Action"] == "ec2:AssignPrivateIpAddresses"
    assert named["Resource"] == [f"{HERE}:network-interface/eni-{one}" for one in "ab"]
    assert statements(secondary(BY_INSTANCE))["Addresses"]["Condition"] == OWN_TAG
    seen = statements(secondary(BY_INSTANCE), looks={"db": Found((), ("eni-x", "eni-y"))})
    assert seen["Addresses"]["Resource"] == [f"{HERE}:network-interface/eni-{one}" for one in "xy"]
    checks = statements(ip(RouteTables(vpc_id="vpc-1"), BY_INSTANCE), OPERATOR)["Checks"]
    assert checks["Condition"] == {"ArnEquals": {"ec2:Vpc": f"{HERE}:vpc/vpc-1"}}


def test_an_operator_may_give_and_take_our_own_tags_alone() -> None:
    found = statements(ip(RouteTables(ids=("rtb-1",))), OPERATOR)
    names = ["Look", "Routes", "Checks", "Tag", "Untag", "Former"]
    assert list(found) == names
    ours = {
        "ForAllValues:StringEquals": {"aws:TagKeys": "floating-ip:db"},
        "Null": {"aws:TagKeys": "false"},
    }
    assert found["Tag"]["Condition"] == found["Untag"]["Condition"] == ours
    assert f"{HERE}:route-table/rtb-1" in found["Tag"]["Resource"]
    assert found["Former"]["Condition"] == OWN_TAG
    assert "DeleteRoute" not in str(statements(ip(RouteTables(ids=("rtb-1",)))))


def test_what_an_operator_does_not_know_yet_he_may_tag() -> None:
    found = statements(ip(RouteTables(subnet_ids=("subnet-1",)), BY_INSTANCE), OPERATOR)
    assert found["Tag"]["Resource"] == [f"{HERE}:network-interface/*", f"{HERE}:route-table/*"]
    assert "ArnEquals" not in found["Tag"]["Condition"]
    assert found["Routes"]["Condition"] == found["Checks"]["Condition"] == OWN_TAG


def test_a_role_between_gets_what_it_needs_and_the_first_credentials_that_role_alone() -> None:
    far = ip(RouteTables(ids=("rtb-1",)), aws=Aws("eu-west-1", ROLE))
    first = statements(far)
    assert list(first) == ["AssumeRoles"]
    assert (first["AssumeRoles"]["Action"], first["AssumeRoles"]["Resource"]) == (
        "sts:AssumeRole",
        ROLE,
    )
    theirs = statements(far, home=Home(role_arn=ROLE))
    assert theirs["Routes"]["Resource"] == "arn:aws:ec2:eu-west-1:210987654321:route-table/rtb-1"
    assert statements(ip(RouteTables(ids=("rtb-1",))), home=Home(role_arn=ROLE)) == {}


@pytest.mark.parametrize(
    ("region", "partition"),
    [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws")],
)
def test_the_partition_follows_the_region(region: str, partition: str) -> None:
    definition = ip(RouteTables(ids=("rtb-1",)), aws=Aws(region))
    expected = f"arn:{partition}:ec2:{region}:*:route-table/rtb-1"
    assert statements(definition, home=Home())["Routes"]["Resource"] == expected


def test_without_a_region_the_policy_holds_in_all() -> None:
    found = statements(ip(RouteTables(ids=("rtb-1",)), aws=Aws()), home=Home())
    assert found["Routes"]["Resource"] == "arn:aws:ec2:*:*:route-table/rtb-1"
    assert "Condition" not in found["Look"]


def test_an_absent_floating_ip_is_nothing_to_a_monitor() -> None:
    gone = ip(RouteTables(ids=("rtb-1",)), state="absent")
    assert statements(gone) == {}
    assert "Routes" in statements(gone, OPERATOR)


def test_a_policy_that_would_be_too_long_tells_tables_by_their_tag() -> None:
    many = ip(RouteTables(ids=tuple(f"rtb-{number:017x}" for number in range(500))))
    policy = policy_of([many], MONITOR, HOME, {})
    assert size_of(policy) < 10240
    (routes,) = (one for one in policy["Statement"] if one["Sid"] == "Routes")
    assert (routes["Resource"], routes["Condition"]) == (f"{HERE}:route-table/*", OWN_TAG)
    with pytest.raises(TooLong, match=r"and 10240 are allowed: select tables by vpc_id"):
        policy_of([many], OPERATOR, HOME, {})


def test_no_two_statements_have_one_name() -> None:
    several = [
        ip(RouteTables(ids=("rtb-1",), vpc_id="vpc-1", subnet_ids=("subnet-1",)), BY_INSTANCE),
        secondary(name="web"),
    ]
    for use in USES:
        names = [one["Sid"] for one in policy_of(several, use, HOME, {})["Statement"]]
        assert len(names) == len(set(names))
        assert all(name.isalnum() for name in names)


def test_statements_of_one_kind_are_one() -> None:
    pair = [ip(RouteTables(ids=(f"rtb-{name}",)), name=name) for name in ("db", "web")]
    policy = policy_of([*pair, ip(RouteTables(ids=("rtb-db",)), name="more")], MONITOR, HOME, {})
    (routes,) = (one for one in policy["Statement"] if one["Sid"].startswith("Routes"))
    assert routes["Resource"] == [f"{HERE}:route-table/rtb-{name}" for name in ("db", "web")]


def test_every_statement_says_what_awss_reference_allows_to_be_said() -> None:
    several = [
        ip(RouteTables(("rtb-1",), ("subnet-1",), "vpc-1", {"a": "b"}), BY_INSTANCE),
        ip(RouteTables(vpc_id="vpc-2"), BY_ID, name="more"),
        secondary(BY_INSTANCE, name="web"),
        ip(RouteTables(ids=("rtb-1",)), name="far", aws=Aws("eu-west-1", ROLE)),
    ]
    for use in USES:
        for statement in policy_of(several, use, HOME, {})["Statement"]:
            assert reference.problems_of(statement) == []


@pytest.mark.parametrize("use", USES)
def test_instances_that_drills_may_stop_are_named(use: str) -> None:
    looks = {"db": Found(("rtb-1",), ("eni-a",), ("i-a", "i-b"))}
    found = statements(ip(RouteTables(ids=("rtb-1",))), use, looks=looks)["Instances"]
    assert found["Action"] == ["ec2:StartInstances", "ec2:StopInstances"]
    assert found["Resource"] == [f"{HERE}:instance/i-a", f"{HERE}:instance/i-b"]
    assert reference.problems_of(found) == []
    assert "Instances" not in statements(ip(RouteTables(ids=("rtb-1",))), use)


def test_the_check_against_the_reference_finds_what_aws_would_ignore() -> None:
    wrong = {
        "Action": ["ec2:DeleteTags", "ec2:DescribeVpcs"],
        "Resource": f"{HERE}:route-table/*",
        "Condition": {"ArnEquals": {"ec2:Vpc": f"{HERE}:vpc/vpc-1"}},
    }
    assert reference.problems_of(wrong) == [
        "ec2:DeleteTags of route-table does not know ec2:Vpc",
        "ec2:DescribeVpcs takes no resource",
    ]


@pytest.mark.parametrize(
    ("partition", "service"),
    [("aws", "ec2.amazonaws.com"), ("aws-cn", "ec2.amazonaws.com.cn")],
)
def test_instances_may_take_the_role_of_their_profile(partition: str, service: str) -> None:
    (statement,) = trust_of(partition)["Statement"]
    assert statement["Principal"] == {"Service": service}
