# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading
from itertools import pairwise
from typing import Any

import botocore.exceptions as library
import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import (
    CallRecord,
    resource_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Client,
    Clock,
    ec2_of,
    refusal,
)

THROTTLE = refusal("RequestLimitExceeded", status=503)
UNSENT = library.ConnectTimeoutError(endpoint_url="https://ec2")
LOST = library.ReadTimeoutError(endpoint_url="https://ec2")
DENIED = refusal("UnauthorizedOperation", status=403)


def call(
    answers: list[Any], operation: str = "replace_route", seconds: float = 5.0, **params: Any
) -> int:
    """How many attempts a call makes until it succeeds or raises."""
    client = Client(**{operation: answers})
    clock = Clock()
    try:
        assert ec2_of(client, clock).call(operation, clock() + seconds, **params) == {"ok": True}
    finally:
        assert clock() <= 100.0 + seconds
        call.attempts = len(client.calls)  # type: ignore[attr-defined]  # the last count
    return len(client.calls)


def attempts_until_error(
    answers: list[Any], operation: str, failure: Failure, **params: Any
) -> int:
    with pytest.raises(AwsError) as raised:
        call(answers, operation, **params)
    assert raised.value.failure is failure
    return int(call.attempts)  # type: ignore[attr-defined]  # the last count


@pytest.mark.parametrize("passing", [THROTTLE, UNSENT, LOST])
def test_a_read_is_sent_again_on_whatever_passes(passing: Exception) -> None:
    assert call([passing, passing, {"ok": True}], "describe_vpcs") == 3


@pytest.mark.parametrize("passing", [THROTTLE, UNSENT])
def test_a_change_is_sent_again_where_it_was_certainly_not_made(passing: Exception) -> None:
    assert call([passing, passing, {"ok": True}]) == 3


def test_a_change_whose_reply_was_lost_is_never_sent_again() -> None:
    assert attempts_until_error([LOST, {"ok": True}], "replace_route", Failure.LOST) == 1


def test_a_dry_run_whose_reply_was_lost_is_sent_again() -> None:
    assert call([LOST, {"ok": True}], DryRun=True) == 2


@pytest.mark.parametrize(
    "operation", ["create_tags", "delete_tags", "modify_network_interface_attribute"]
)
def test_what_may_be_done_twice_is_sent_again_after_a_lost_reply(operation: str) -> None:
    assert call([LOST, {"ok": True}], operation) == 2


def test_a_change_that_is_refused_after_a_lost_reply_may_have_been_done() -> None:
    clock = Clock()
    ec2 = ec2_of(Client(create_tags=[LOST, DENIED]), clock)
    with pytest.raises(AwsError, match=r"Allow ec2:.*it may have been done") as raised:
        ec2.call("create_tags", clock() + 5.0)
    assert raised.value.failure is Failure.DENIED
    assert ec2.lost_at == 100.0


def test_a_read_without_an_answer_leaves_nothing_in_doubt() -> None:
    clock = Clock()
    ec2 = ec2_of(Client(describe_vpcs=[LOST, DENIED]), clock)
    with pytest.raises(AwsError) as raised:
        ec2.call("describe_vpcs", clock() + 5.0)
    assert (ec2.lost_at, "may have been done" in str(raised.value)) == (None, False)


@pytest.mark.parametrize("operation", ["describe_vpcs", "replace_route"])
def test_a_denial_is_final(operation: str) -> None:
    assert attempts_until_error([DENIED, {"ok": True}], operation, Failure.DENIED) == 1


@pytest.mark.parametrize(
    "fruitless",
    [
        library.NoCredentialsError(),
        library.SSLError(endpoint_url="x", error=OSError("CERTIFICATE_VERIFY_FAILED")),
    ],
)
def test_what_the_same_client_cannot_overcome_is_not_tried_twice(fruitless: Exception) -> None:
    assert attempts_until_error([fruitless], "describe_vpcs", Failure.UNSENT) == 1


@pytest.mark.parametrize("failure", [Failure.THROTTLED, Failure.UNSENT, Failure.LOST])
def test_attempts_end_with_the_deadline(failure: Failure) -> None:
    passing = {Failure.THROTTLED: THROTTLE, Failure.UNSENT: UNSENT, Failure.LOST: LOST}[failure]
    assert 5 <= attempts_until_error([passing], "describe_vpcs", failure) <= 30


def test_waits_between_attempts_grow_to_a_second() -> None:
    clock, times = Clock(), []

    def never(**_params: Any) -> None:
        times.append(clock())
        raise UNSENT

    with pytest.raises(AwsError):
        ec2_of(Client(describe_vpcs=never), clock).call("describe_vpcs", clock() + 10)
    waits = [round(after - before, 2) for before, after in pairwise(times)]
    assert waits[:6] == [0.05, 0.1, 0.2, 0.4, 0.8, 1.0]
    assert max(waits) == 1.0


def test_a_call_without_a_token_before_its_deadline_is_not_sent() -> None:
    client, clock = Client(replace_route=[{}]), Clock()
    ec2 = ec2_of(client, clock)
    for _each in range(50):
        ec2.call("replace_route", clock())
    with pytest.raises(AwsError, match="leaves no room") as raised:
        ec2.call("replace_route", clock() + 0.1)
    assert raised.value.failure is Failure.THROTTLED
    assert len(client.calls) == 50


def test_a_mistake_in_our_own_code_is_not_hidden() -> None:
    def broken(**_params: Any) -> None:
        raise TypeError("ours")

    with pytest.raises(TypeError, match="ours"):
        ec2_of(Client(describe_vpcs=broken)).call("describe_vpcs", 200.0)


def test_every_attempt_is_reported() -> None:
    clock, seen = Clock(), list[CallRecord]()
    answers = [refusal("RequestLimitExceeded", status=503), {}]

    def slow(**_params: Any) -> Any:
        clock.sleep(0.25)
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    ec2 = ec2_of(Client(replace_route=slow), clock, on_call=seen.append)
    ec2.call(
        "replace_route", clock() + 5, RouteTableId="rtb-1", DestinationCidrBlock="100.64.0.1/32"
    )
    assert [(each.operation, each.seconds, each.error) for each in seen] == [
        ("ReplaceRoute", 0.25, "RequestLimitExceeded"),
        ("ReplaceRoute", 0.25, None),
    ]
    assert seen[0].started == 100.0
    assert seen[0].resource == "rtb-1 100.64.0.1/32"


def test_a_resource_is_named_in_brief() -> None:
    filters = [{"Name": "route-table-id", "Values": ["rtb-1", "rtb-2", "rtb-3", "rtb-4"]}]
    assert resource_of({"Filters": filters, "MaxResults": 100}) == "rtb-1 rtb-2 rtb-3 and 1 more"
    assert resource_of({}) == ""


def test_a_batch_gives_results_and_errors_in_order() -> None:
    ec2 = ec2_of(Client(describe_vpcs=[DENIED]))

    def fails() -> int:
        ec2.call("describe_vpcs", 200.0)
        return 0

    one, two, three = ec2.parallel([lambda: 1, fails, lambda: 3])
    assert (one, three) == (1, 3)
    assert isinstance(two, AwsError)
    assert ec2.parallel([]) == []


def test_a_batch_runs_at_once_and_may_hold_another() -> None:
    ec2 = ec2_of(Client())
    together = threading.Barrier(50, timeout=5)

    def inner() -> list[Any]:
        together.wait()
        return ec2.parallel([lambda: 1, lambda: 2])

    assert ec2.parallel([inner] * 50) == [[1, 2]] * 50


def test_the_region_is_the_clients() -> None:
    assert ec2_of(Client()).region == "eu-west-1"
