# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import itertools
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import pacing
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.pacing import Pacer
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    AwsBucket,
    Client,
    Clock,
    VirtualTime,
    digest_of,
    refusal,
)

FAR = 1e9


def seconds_for(count: int, operation: str = "replace_route") -> float:
    clock = Clock(0.0)
    pacer = Pacer(clock, clock.sleep)
    assert all(pacer.acquire(operation, FAR) for _each in range(count))
    return clock()


@pytest.mark.parametrize(("count", "limit"), [(200, 30.0), (500, 90.0)])
def test_many_changes_take_at_most_a_twentieth_longer_than_the_bucket_of_aws(
    count: int, limit: float
) -> None:
    assert limit <= seconds_for(count) <= limit * 1.05


def test_what_fits_the_burst_does_not_wait() -> None:
    assert seconds_for(50) == 0.0
    assert seconds_for(100, "describe_route_tables") == 0.0
    assert seconds_for(100, "assign_private_ip_addresses") == 0.0


def test_each_api_has_a_bucket_of_its_own() -> None:
    clock = Clock(0.0)
    pacer = Pacer(clock, clock.sleep)
    for operation in ("replace_route", "create_route", "delete_route"):
        assert all(pacer.acquire(operation, FAR) for _each in range(50))
    assert clock() == 0.0


def test_reads_are_refilled_four_times_as_fast() -> None:
    assert seconds_for(98 + 20, "describe_vpcs") == pytest.approx(1.0, abs=0.01)
    assert seconds_for(48 + 20) == pytest.approx(4.0, abs=0.01)


def test_nobody_waits_for_a_token_that_comes_after_the_deadline() -> None:
    clock = Clock(0.0)
    pacer = Pacer(clock, clock.sleep)
    assert all(pacer.acquire("replace_route", 0.0) for _each in range(50))
    assert not pacer.acquire("replace_route", 0.1)
    assert clock() == 0.0
    assert pacer.acquire("replace_route", 0.7)


def test_a_refusal_empties_the_bucket_and_halves_its_burst_for_a_minute() -> None:
    clock = Clock(0.0)
    pacer = Pacer(clock, clock.sleep)
    pacer.throttled("replace_route")
    assert not pacer.acquire("replace_route", clock() + 0.1)
    clock.sleep(30)
    assert sum(pacer.acquire("replace_route", clock()) for _each in range(50)) == 25
    clock.sleep(40)
    assert sum(pacer.acquire("replace_route", clock()) for _each in range(50)) == 50


def test_a_volley_that_is_refused_as_one_counts_once() -> None:
    clock = Clock(0.0)
    pacer = Pacer(clock, clock.sleep)
    for _each in range(40):
        pacer.throttled("replace_route")
    assert pacer.acquire("replace_route", clock() + 0.31)


def test_a_refused_call_comes_back_first() -> None:
    time, order = VirtualTime(), list[str]()
    pacer = Pacer(time.clock, time.sleep)
    early = pacer.ticket()

    def waits(name: str, after: float, ticket: int) -> None:
        time.sleep(after)
        assert pacer.acquire("replace_route", FAR, ticket)
        order.append(name)

    assert all(pacer.acquire("replace_route", FAR) for _each in range(50))
    names = {f"late {place}": pacer.ticket() for place in range(3)}
    late = [lambda n=name, t=ticket: waits(n, 0.01, t) for name, ticket in names.items()]
    time.run([*late, lambda: waits("refused", 0.1, early)])
    assert order == ["refused", "late 0", "late 1", "late 2"]


def replaced(
    time: VirtualTime, aws: AwsBucket, count: int, others: Any = None
) -> tuple[float, int]:
    """Replace `count` routes by 50 threads; the seconds it took and how many calls AWS refused."""
    refused = itertools.count()

    def replace_route(RouteTableId: str) -> dict[str, Any]:  # noqa: N803 - AWS's word
        delay = 0.02 + 0.06 * digest_of(f"{RouteTableId} {time.clock()}")
        time.sleep(delay)
        if not aws.take():
            next(refused)
            raise refusal("RequestLimitExceeded", status=503)
        time.sleep(delay)
        return {}

    ec2 = Ec2(Client(replace_route=replace_route), time.clock, time.sleep, jitter=lambda: 0.5)
    todo = iter(range(count))

    def worker() -> None:
        for table in todo:
            ec2.call("replace_route", FAR, RouteTableId=f"rtb-{table}")

    took = time.run([worker] * 50 + ([others] if others else []))
    return took, next(refused)


@pytest.mark.parametrize("whole", [False, True], ids=["filled steadily", "filled once a second"])
@pytest.mark.parametrize(("count", "limit"), [(200, 30.0), (500, 90.0)])
def test_fifty_threads_keep_to_the_bucket_of_aws_and_lose_nothing(
    count: int, limit: float, whole: bool
) -> None:
    time = VirtualTime()
    took, refused = replaced(time, AwsBucket(time.clock, 50, 5.0, whole), count)
    assert limit <= took <= limit * 1.05
    assert refused <= count * 0.05


def test_a_bucket_that_others_drain_is_shared() -> None:
    time = VirtualTime()
    aws = AwsBucket(time.clock, 50, 5.0)

    def others() -> None:
        for _each in range(100):
            aws.take()
            time.sleep(0.4)

    took, refused = replaced(time, aws, 100, others)
    assert 15.0 <= took <= 60.0  # half of the refill is ours: 20 s, were it known
    assert refused <= 40


@pytest.mark.parametrize(
    ("operation", "burst", "refill"),
    [
        ("replace_route", 50, 5.0),
        ("create_route", 50, 5.0),
        ("delete_route", 50, 5.0),
        ("assign_private_ip_addresses", 100, 5.0),
        ("unassign_private_ip_addresses", 100, 5.0),
        ("modify_network_interface_attribute", 100, 5.0),
        ("create_tags", 100, 10.0),
        ("delete_tags", 100, 10.0),
        ("describe_route_tables", 100, 20.0),
        ("describe_network_interfaces", 100, 20.0),
    ],
)
def test_the_limits_are_those_that_aws_documents(operation: str, burst: int, refill: float) -> None:
    assert pacing.limit_of(operation) == pacing.Limit(burst, refill)
