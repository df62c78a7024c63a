# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults on request: which calls they hit, and whether the change is made."""

from __future__ import annotations

import time
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ReadTimeoutError,
)

FLOATING = "100.64.10.10/32"


@pytest.fixture
def net(ec2: Any, world: Any) -> Any:
    """A world with a route to db-a."""
    made = world()
    ec2.create_route(
        RouteTableId=made.tables[0],
        DestinationCidrBlock=FLOATING,
        NetworkInterfaceId=made.eni("db-a"),
    )
    return made


@pytest.fixture
def impatient(emulator: Any, aws: Any) -> Any:
    """A client that waits 0.3 seconds for a reply."""
    config = Config(retries={"total_max_attempts": 1}, read_timeout=0.3)
    return aws.client("ec2", endpoint_url=emulator.url, config=config)


def holder(emulator: Any, net: Any) -> str:
    """The target that the route points at."""
    eni = emulator.state()["route_tables"][net.tables[0]]["routes"][FLOATING][
        "network_interface_id"
    ]
    return next(name for name, target in net.targets.items() if target.eni == eni)


def move(ec2: Any, net: Any) -> None:
    ec2.replace_route(
        RouteTableId=net.tables[0],
        DestinationCidrBlock=FLOATING,
        NetworkInterfaceId=net.eni("db-b"),
    )


def test_an_error_has_the_code_and_status_asked_for_and_nothing_changes(
    ec2: Any, net: Any, emulator: Any, unchanged: Any, refused: Any
) -> None:
    emulator.fault(
        "error", "ReplaceRoute", code="UnauthorizedOperation", status=403, message="You may not."
    )
    assert unchanged(refused, "UnauthorizedOperation", move, ec2=ec2, net=net) is None
    move(ec2, net)
    assert holder(emulator, net) == "db-b"
    assert emulator.faults()[0]["applied"] == 1


def test_count_skip_and_params_choose_the_calls(ec2: Any, net: Any, emulator: Any) -> None:
    emulator.fault(
        "throttle", "Describe.*", params=f"RouteTableId.*={net.tables[1]}", count=2, skip=1
    )
    outcomes = []
    for table in (1, 0, 1, 1, 0, 1):
        try:
            ec2.describe_route_tables(RouteTableIds=[net.tables[table]])
            outcomes.append("ok")
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            outcomes.append((error.response["Error"]["Code"], status))
    limit = ("RequestLimitExceeded", 503)
    assert outcomes == ["ok", "ok", limit, limit, "ok", "ok"]


def test_a_lost_reply_leaves_the_change_made(ec2: Any, net: Any, emulator: Any) -> None:
    emulator.fault("lost", "ReplaceRoute")
    with pytest.raises((ConnectionClosedError, EndpointConnectionError)):
        move(ec2, net)
    assert holder(emulator, net) == "db-b"
    assert emulator.calls("ReplaceRoute")[-1]["outcome"] == "lost after ok"


@pytest.mark.parametrize(("after", "expected"), [(False, "db-a"), (True, "db-b")])
def test_a_timeout_never_answers(
    impatient: Any, net: Any, emulator: Any, after: bool, expected: str
) -> None:
    emulator.fault("timeout", "ReplaceRoute", after=after)
    started = time.monotonic()
    with pytest.raises(ReadTimeoutError):
        move(impatient, net)
    assert time.monotonic() - started < 2
    assert holder(emulator, net) == expected


def test_a_late_reply_comes_after_the_change(
    ec2: Any, impatient: Any, net: Any, emulator: Any
) -> None:
    emulator.fault("late", "ReplaceRoute", seconds=0.5, count=2)
    with pytest.raises(ReadTimeoutError):
        move(impatient, net)
    assert holder(emulator, net) == "db-b"
    started = time.monotonic()
    move(ec2, net)
    assert time.monotonic() - started >= 0.5


@pytest.mark.parametrize(("after", "expected"), [(False, "db-a"), (True, "db-b")])
def test_unavailable_strikes_before_or_after_the_change(
    ec2: Any, net: Any, emulator: Any, refused: Any, after: bool, expected: str
) -> None:
    emulator.fault("unavailable", "ReplaceRoute", after=after)
    refused("Unavailable", move, ec2=ec2, net=net)
    assert holder(emulator, net) == expected


def test_pages_are_throttled_in_the_middle(
    ec2: Any, world: Any, emulator: Any, refused: Any
) -> None:
    net = world(tables=8)
    emulator.fault("page", "DescribeRouteTables")
    ours = {"Filters": [{"Name": "vpc-id", "Values": [net.vpc]}], "MaxResults": 5}
    token = ec2.describe_route_tables(**ours)["NextToken"]
    refused("RequestLimitExceeded", ec2.describe_route_tables, **ours, NextToken=token)
    assert len(ec2.describe_route_tables(**ours, NextToken=token)["RouteTables"]) == 4


def test_other_services_have_errors_of_their_own_form(emulator: Any, aws: Any) -> None:
    once = Config(retries={"total_max_attempts": 1})
    for service, action, call in (
        ("sts", "GetCallerIdentity", lambda client: client.get_caller_identity()),
        ("dynamodb", "ListTables", lambda client: client.list_tables()),
    ):
        emulator.fault("throttle", action, service=service)
        client = aws.client(service, endpoint_url=emulator.url, config=once)
        with pytest.raises(ClientError) as caught:
            call(client)
        assert caught.value.response["Error"]["Code"] == "ThrottlingException"
        call(client)


def test_a_wrong_fault_is_refused_with_a_sentence(emulator: Any) -> None:
    with pytest.raises(ValueError, match="kind 'explode' is unknown"):
        emulator.fault("explode")
    with pytest.raises(ValueError, match="Unknown fault keys"):
        emulator.fault("error", colour="blue")
    assert emulator.faults() == []
