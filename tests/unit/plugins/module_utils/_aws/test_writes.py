# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import writes
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Cell
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Change,
    Failure,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Client,
    ec2_of,
    refusal,
)

V4 = Cell("route", "rtb-1", "100.64.10.10")
V6 = Cell("route", "rtb-1", "fd00:64::10")
SECONDARY = Cell("secondary_ip", "subnet-1", "10.0.1.50")


@pytest.mark.parametrize(
    ("change", "operation", "params"),
    [
        (
            Change(V4, before="eni-1", after="eni-2"),
            "replace_route",
            {
                "RouteTableId": "rtb-1",
                "DestinationCidrBlock": "100.64.10.10/32",
                "NetworkInterfaceId": "eni-2",
            },
        ),
        (
            Change(V4, before=None, after="eni-2"),
            "create_route",
            {
                "RouteTableId": "rtb-1",
                "DestinationCidrBlock": "100.64.10.10/32",
                "NetworkInterfaceId": "eni-2",
            },
        ),
        (
            Change(V4, before="eni-1", after=None),
            "delete_route",
            {"RouteTableId": "rtb-1", "DestinationCidrBlock": "100.64.10.10/32"},
        ),
        (
            Change(V6, before="eni-1", after="eni-2"),
            "replace_route",
            {
                "RouteTableId": "rtb-1",
                "DestinationIpv6CidrBlock": "fd00:64::10/128",
                "NetworkInterfaceId": "eni-2",
            },
        ),
        (
            Change(SECONDARY, before="eni-1", after="eni-2"),
            "assign_private_ip_addresses",
            {
                "NetworkInterfaceId": "eni-2",
                "PrivateIpAddresses": ["10.0.1.50"],
                "AllowReassignment": True,
            },
        ),
        (
            Change(SECONDARY, before=None, after="eni-2"),
            "assign_private_ip_addresses",
            {
                "NetworkInterfaceId": "eni-2",
                "PrivateIpAddresses": ["10.0.1.50"],
                "AllowReassignment": True,
            },
        ),
        (
            Change(SECONDARY, before="eni-1", after=None),
            "unassign_private_ip_addresses",
            {"NetworkInterfaceId": "eni-1", "PrivateIpAddresses": ["10.0.1.50"]},
        ),
    ],
    ids=["move", "create", "delete", "IPv6", "reassign", "assign", "unassign"],
)
def test_a_change_is_one_call(change: Change, operation: str, params: dict[str, object]) -> None:
    client = Client(**{operation: [{"Return": True}]})
    writes.apply(ec2_of(client), change, 200.0)
    assert client.calls == [(operation, params)]


def test_nothing_to_change_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="Nothing to change"):
        writes.apply(ec2_of(Client()), Change(V4, None, None), 200.0)


def allowed(answer: object) -> str | None:
    client = Client(replace_route=[answer])
    sentence = writes.can_apply(ec2_of(client), Change(V4, "eni-1", "eni-2"), 101.0)
    assert client.calls[0][1]["DryRun"] is True
    return sentence


def test_a_dry_run_that_would_have_succeeded_is_allowed() -> None:
    assert allowed(refusal("DryRunOperation", "Request would have succeeded", 412)) is None


def test_a_dry_run_without_the_right_says_which_right() -> None:
    assert "Allow ec2:ReplaceRoute" in (allowed(refusal("UnauthorizedOperation", status=403)) or "")


def test_a_dry_run_against_a_table_that_is_gone_says_so() -> None:
    assert "rtb-1 does not exist" in (
        allowed(refusal("InvalidRouteTableID.NotFound", "rtb-1 does not exist")) or ""
    )


def test_a_dry_run_that_aws_did_not_answer_is_no_answer() -> None:
    with pytest.raises(AwsError) as raised:
        allowed(refusal("InternalError", status=500))
    assert raised.value.failure is Failure.LOST
