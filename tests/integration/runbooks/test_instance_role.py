# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""deploy makes the hosts' role where it is named, teardown takes it away; iam_policy prints it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROLE = {"floating_ip_instance_role": "db-hosts"}
PAPER = Path(__file__).resolve().parents[3] / "docs" / "iam.md"
POLICY = "floating-ip-production-aws"


@pytest.fixture
def iam(emulator: Any, aws: Any) -> Iterator[Any]:
    client = aws.client("iam", endpoint_url=emulator.url)
    yield client
    client.close()


def roles(iam: Any) -> list[str]:
    return [one["RoleName"] for one in iam.list_roles()["Roles"]]


def profiles(iam: Any) -> list[str]:
    return [one["InstanceProfileName"] for one in iam.list_instance_profiles()["InstanceProfiles"]]


def inline(iam: Any) -> dict[str, Any]:
    names = iam.list_role_policies(RoleName="db-hosts")["PolicyNames"]
    found = {name: iam.get_role_policy(RoleName="db-hosts", PolicyName=name) for name in names}
    return {name: one["PolicyDocument"] for name, one in found.items()}


def test_the_role_comes_with_deploy_and_goes_with_teardown(
    site: Any, production: Any, iam: Any, emulator: Any
) -> None:
    checked = site.run("deploy", "--check", **ROLE)
    assert (checked.code, roles(iam)) == (0, []), checked.output
    made = site.run("deploy", **ROLE)
    assert (made.code, roles(iam), profiles(iam)) == (0, ["db-hosts"], ["db-hosts"]), made.output
    (look, routes) = inline(iam)[POLICY]["Statement"]
    assert look["Sid"] == "Look"
    tables = [f"arn:aws:ec2:eu-west-1:123456789012:route-table/{one}" for one in production.tables]
    assert routes["Resource"] == sorted(tables)
    trust = iam.get_role(RoleName="db-hosts")["Role"]["AssumeRolePolicyDocument"]
    assert trust["Statement"][0]["Principal"] == {"Service": "ec2.amazonaws.com"}
    again = site.run("deploy", **ROLE)
    assert (again.code, again.changes) == (0, 0), again.output
    looked = site.run("teardown", "--check", floating_ip="db", confirm="db", **ROLE)
    assert (looked.code, roles(iam)) == (0, ["db-hosts"]), looked.output
    gone = site.run("teardown", floating_ip="db", confirm="db", **ROLE)
    assert (gone.code, roles(iam), profiles(iam)) == (0, [], []), gone.output
    more = site.run("teardown", floating_ip="db", confirm="db", **ROLE)
    assert (more.code, more.changes) == (0, 0), more.output
    called = {one["action"] for one in emulator.calls() if one["service"] == "iam"}
    told = set(re.findall(r"`iam:(\w+)`", PAPER.read_text(encoding="utf-8")))
    assert told == {*called, "TagRole"}  # which AWS wants for a role that is made with a tag


def test_a_role_of_somebody_else_only_gets_and_loses_our_policy(
    site: Any, production: Any, iam: Any
) -> None:
    who = {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **who}]}
    theirs = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [theirs]}
    iam.create_role(RoleName="db-hosts", AssumeRolePolicyDocument=json.dumps(trust))
    iam.put_role_policy(RoleName="db-hosts", PolicyName="theirs", PolicyDocument=json.dumps(policy))
    made = site.run("deploy", **ROLE)
    assert (made.code, sorted(inline(iam))) == (0, [POLICY, "theirs"]), made.output
    gone = site.run("teardown", floating_ip="all", confirm="all", **ROLE)
    assert (gone.code, sorted(inline(iam)), roles(iam)) == (0, ["theirs"], ["db-hosts"])


def test_the_policy_is_printed_with_and_without_a_way_to_ask_aws(
    site: Any, production: Any, emulator: Any
) -> None:
    played = site.run("iam_policy", account_id="123456789012")
    assert (played.code, played.changes) == (0, 0), played.output
    assert f"123456789012:route-table/{production.tables[0]}" in played.said
    emulator.fault("error", code="UnauthorizedOperation", status=403, count=None)
    blind = site.run("iam_policy", use="operator")
    assert (blind.code, "ec2:DeleteTags" in blind.said) == (0, True), blind.output


def test_what_a_run_is_not_about_stays_in_the_policy_as_it_was(
    site: Any, production: Any, iam: Any, world: Any
) -> None:
    """Of subnets only a look at AWS tells the tables, and so their ARNs."""
    other = world(tables=1, cidr="10.99.0.0/16", targets=("web-a", "web-b"))
    targets = [
        {"name": name, "instance_id": one.instance, "probe_address": one.address}
        for name, one in other.targets.items()
    ]
    subnets = {"subnet_ids": [other.subnets[0]]}
    site.define_beside("production", name="web", route_tables=subnets, targets=targets)
    made = site.run("deploy", **ROLE)
    whole = inline(iam)
    assert (made.code, f"route-table/{other.tables[0]}" in str(whole)) == (0, True), made.output
    limited = site.run("deploy", floating_ip="db", **ROLE)
    assert (limited.code, limited.changes, inline(iam)) == (0, 0, whole), limited.output
    gone = site.run("teardown", floating_ip="db", confirm="db", **ROLE)
    assert gone.code == 0, gone.output
    (_look, routes, *_rest) = inline(iam)[POLICY]["Statement"]
    assert other.tables[0] in str(routes) and production.tables[0] not in str(inline(iam))
