# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong on the way to AWS, made by the emulator."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import reads, writes
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import (
    from_client,
    warm,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Cell
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Change,
    Failure,
)
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.integration.aws.conftest import Link, link_to

ADDRESS = "100.64.10.10"
HOUR = 3600.0
ROLE = "arn:aws:iam::123456789012:role/floating-ip"


@pytest.fixture
def moving(link: Link, world: Callable[..., Any]) -> Change:
    """A change that moves the one route there is."""
    net = world(tables=1)
    cell = Cell("route", net.tables[0], ADDRESS)
    writes.apply(link.ec2, Change(cell, None, net.eni("db-a")), link.until())
    link.records.clear()
    return Change(cell, net.eni("db-a"), net.eni("db-b"))


def holder(ec2: Ec2, change: Change) -> str | None:
    (table,) = reads.route_tables(ec2, ec2.clock() + 5, ids=[change.cell.id])
    route = table.route(f"{ADDRESS}/32")
    return route.interface if route else None


def test_a_throttled_change_is_made_all_the_same(
    link: Link, emulator: Emulator, moving: Change
) -> None:
    emulator.fault("throttle", "ReplaceRoute", count=2)
    writes.apply(link.ec2, moving, link.until())
    assert link.errors == ["RequestLimitExceeded", "RequestLimitExceeded", None]
    assert holder(link.ec2, moving) == moving.after


def test_a_change_whose_reply_is_lost_is_made_once_and_said_to_be_lost(
    link: Link, emulator: Emulator, moving: Change
) -> None:
    emulator.fault("lost", "ReplaceRoute", after=True)
    with pytest.raises(AwsError) as raised:
        writes.apply(link.ec2, moving, link.until())
    assert raised.value.failure is Failure.LOST
    assert len(emulator.calls("ReplaceRoute")) == 1
    assert holder(link.ec2, moving) == moving.after


def test_an_answer_of_500_to_a_change_is_a_lost_one(
    link: Link, emulator: Emulator, moving: Change
) -> None:
    emulator.fault("error", "ReplaceRoute", after=True)
    with pytest.raises(AwsError) as raised:
        writes.apply(link.ec2, moving, link.until())
    assert raised.value.failure is Failure.LOST
    assert len(emulator.calls("ReplaceRoute")) == 1


@pytest.mark.parametrize("kind", ["lost", "unavailable", "throttle", "error"])
def test_a_read_is_repeated_until_it_is_answered(
    link: Link, emulator: Emulator, moving: Change, kind: str
) -> None:
    emulator.fault(kind, "DescribeRouteTables", count=2)
    assert holder(link.ec2, moving) == moving.before
    assert [error is None for error in link.errors] == [False, False, True]


def test_a_read_without_an_answer_is_given_up_after_two_seconds_and_repeated(
    link: Link, emulator: Emulator, moving: Change
) -> None:
    emulator.fault("timeout", "DescribeRouteTables")
    assert holder(link.ec2, moving) == moving.before
    assert link.errors == ["ReadTimeoutError", None]
    assert 1.9 <= link.records[0].seconds <= 2.5


@pytest.mark.parametrize("ahead", [HOUR, -HOUR])
def test_a_clock_that_is_an_hour_off_costs_one_refusal(
    link: Link, emulator: Emulator, moving: Change, ahead: float
) -> None:
    emulator.settings(max_skew_seconds=300)
    emulator.clock(ahead)
    writes.apply(link.ec2, moving, link.until())
    assert holder(link.ec2, moving) == moving.after
    assert link.errors == ["RequestExpired", None, None]
    assert abs(link.ec2.offset.seconds - ahead) < 3


@pytest.mark.parametrize("ahead", [0.0, HOUR, -HOUR])
def test_a_role_is_assumed_whatever_the_clock(
    emulator: Emulator, moving: Change, ahead: float
) -> None:
    emulator.settings(max_skew_seconds=300)
    emulator.clock(ahead)
    link = link_to(emulator, role_arn=ROLE)
    warm(link.ec2)
    writes.apply(link.ec2, moving, link.until())
    assert holder(link.ec2, moving) == moving.after
    refused = [call for call in emulator.calls("AssumeRole") if call["outcome"] != "ok"]
    assert len(refused) == (1 if ahead else 0)
    assert link.errors == [
        None,
        None,
        None,
    ]  # EC2 was signed right at once: STS had taught the clock


def test_a_role_that_is_refused_says_which_right_is_missing(emulator: Emulator) -> None:
    emulator.fault("error", "AssumeRole", code="AccessDenied", status=403)
    with pytest.raises(AwsError, match="Allow sts:AssumeRole") as raised:
        warm(link_to(emulator, role_arn=ROLE).ec2)
    assert raised.value.failure is Failure.DENIED


def test_a_clients_own_client_serves_too(ec2: Any, moving: Change) -> None:
    ours = from_client(ec2)
    writes.apply(ours, moving, ours.clock() + 5)
    assert holder(ours, moving) == moving.after


def test_nobody_listens_is_unsent(emulator: Emulator) -> None:
    link = link_to(Emulator("http://127.0.0.1:9"))
    with pytest.raises(AwsError) as raised:
        link.ec2.call("replace_route", link.until(0.3), RouteTableId="rtb-1")
    assert raised.value.failure is Failure.UNSENT
    assert len(link.records) >= 2


def test_sixty_routes_pass_the_bucket_of_fifty(
    link: Link, emulator: Emulator, world: Callable[..., Any]
) -> None:
    net = world(tables=60)
    emulator.settings(throttling=True)
    emulator.clear_calls()
    cells = [Cell("route", table, ADDRESS) for table in net.tables]
    deadline, started = link.until(30), time.monotonic()
    changes = [Change(cell, None, net.eni("db-a")) for cell in cells]
    done = link.ec2.parallel(
        [partial(writes.apply, link.ec2, change, deadline) for change in changes]
    )
    assert done == [None] * 60
    assert 2.0 <= time.monotonic() - started <= 4.0
    assert emulator.counts()["CreateRoute"] <= 63
