# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import (
    Hooks,
    from_client,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.signing import ClockOffset
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Wire,
    error_body,
    refusal,
    wired_client,
)

HOUR = 3600.0
FAR = 1e12


def signed_rightly(request: Any) -> bool:
    """Whether the signature fits the request, computed afresh by botocore for the date it names."""
    parts = request.headers["Authorization"].decode()
    again = AWSRequest("POST", request.url, data=request.body)
    names = parts.partition("SignedHeaders=")[2].split(",")[0].split(";")
    for name in names:
        if name != "host":
            again.headers[name] = request.headers[name].decode()
    again.context["timestamp"] = request.headers["X-Amz-Date"].decode()
    auth = SigV4Auth(Credentials("AKIDEXAMPLE", "secret", "token"), "ec2", "eu-west-1")
    signature = auth.signature(auth.string_to_sign(again, auth.canonical_request(again)), again)
    day = again.context["timestamp"][:8]
    return (
        parts.endswith(f"Signature={signature}")
        and f"AKIDEXAMPLE/{day}/eu-west-1/ec2/aws4_request" in parts
    )


@pytest.mark.parametrize(
    "ahead", [HOUR, -HOUR, 48 * HOUR], ids=["behind", "ahead", "two days behind"]
)
def test_a_host_with_a_wrong_clock_signs_right_from_the_second_send_on(ahead: float) -> None:
    wire = Wire(lambda: time.time() + ahead)
    ec2 = from_client(wired_client(wire))
    assert ec2.call("describe_vpcs", FAR)["Vpcs"] == []
    ec2.call("describe_vpcs", FAR)
    assert len(wire.requests) == 3
    assert abs(ec2.offset.seconds - ahead) < 2
    assert [abs(wire.signed_at(each) - wire.wall()) < 5 for each in wire.requests] == [
        False,
        True,
        True,
    ]
    assert all(signed_rightly(each) for each in wire.requests)


def test_a_right_clock_is_left_alone() -> None:
    wire = Wire(lambda: time.time() + 100)
    ec2 = from_client(wired_client(wire))
    ec2.call("describe_vpcs", FAR)
    assert ec2.offset.seconds == 0.0
    assert len(wire.requests) == 1


def test_a_clock_that_is_set_right_is_learnt_again() -> None:
    wrong = [HOUR]
    wire = Wire(lambda: time.time() + wrong[0])
    ec2 = from_client(wired_client(wire))
    ec2.call("describe_vpcs", FAR)
    wrong[0] = 0.0
    ec2.call("describe_vpcs", FAR)
    assert ec2.offset.seconds == 0.0
    assert len(wire.requests) == 4


def test_every_call_of_a_batch_is_sent_again_though_the_first_has_learnt() -> None:
    wire = Wire(lambda: time.time() + HOUR)
    ec2 = from_client(wired_client(wire))
    batch = [lambda: ec2.call("describe_vpcs", FAR)["Vpcs"]] * 8
    assert ec2.parallel(batch) == [[]] * 8


def test_a_change_that_was_refused_for_the_clock_is_sent_again() -> None:
    wire = Wire(lambda: time.time() + HOUR, "<R><return>true</return></R>")
    ec2 = from_client(wired_client(wire))
    ec2.call("replace_route", FAR, RouteTableId="rtb-1", DestinationCidrBlock="100.64.0.1/32")
    assert len(wire.requests) == 2


def test_credentials_that_are_refused_with_a_right_clock_are_refused_once() -> None:
    wire = Wire(time.time)
    client = wired_client(wire)
    body = error_body("AuthFailure", "AWS was not able to validate the provided access credentials")
    wire.answer = lambda request, **_more: wire._reply(401, body)  # type: ignore[method-assign]  # another answer
    client.meta.events.register_first("before-send.ec2", wire.answer)
    reports: list[Any] = []
    with pytest.raises(AwsError, match="Renew the credentials"):
        from_client(client, Hooks(on_call=reports.append)).call("describe_vpcs", FAR)
    assert len(reports) == 1


def learnt(date: str, used: float = 0.0, wall: float = 1_700_000_000.0) -> tuple[bool, float]:
    offset = ClockOffset(lambda: wall)
    return offset.learn(refusal("RequestExpired", date=date), used), offset.seconds


def test_only_a_date_that_can_be_read_teaches() -> None:
    assert learnt("Tue, 14 Nov 2023 23:13:20 GMT") == (True, HOUR)
    assert learnt("Tue, 14 Nov 2023 22:13:50 GMT") == (False, 0.0)
    assert learnt("") == (False, 0.0)
    assert learnt("yesterday") == (False, 0.0)
    assert not ClockOffset().learn(TimeoutError(), 0.0)
    assert learnt("Tue, 14 Nov 2023 22:13:21 GMT", used=HOUR) == (True, 0.0)


def test_the_time_of_aws_is_the_hosts_and_the_offset() -> None:
    offset = ClockOffset(lambda: 1_700_000_000.0)
    offset.seconds = HOUR
    assert offset.now().isoformat() == "2023-11-14T23:13:20+00:00"
