# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import email.utils
from typing import Any

import botocore.exceptions as library
import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.role import (
    refresher,
    role_credentials,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.signing import ClockOffset
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Client,
    refusal,
)

ROLE = "arn:aws:iam::123456789012:role/floating-ip"
HOUR = 3600.0
WALL = 1_700_000_000.0


def granted(until: float) -> dict[str, Any]:
    end = ClockOffset(lambda: until).now()
    return {
        "Credentials": {
            "AccessKeyId": "ASIA",
            "SecretAccessKey": "secret",
            "SessionToken": "token",
            "Expiration": end,
        }
    }


def refreshed(
    answers: list[Any], offset: ClockOffset | None = None
) -> tuple[dict[str, str], Client]:
    sts = Client(assume_role=answers)
    return refresher(sts, ROLE, "floating-ip-host", offset or ClockOffset(lambda: WALL))(), sts


def test_the_role_is_assumed_by_name() -> None:
    words, sts = refreshed([granted(WALL + HOUR)])
    assert sts.calls == [("assume_role", {"RoleArn": ROLE, "RoleSessionName": "floating-ip-host"})]
    assert words == {
        "access_key": "ASIA",
        "secret_key": "secret",
        "token": "token",
        "expiry_time": "2023-11-14T23:13:20+00:00",
    }


def test_a_wrong_clock_is_learnt_from_sts_too() -> None:
    offset = ClockOffset(lambda: WALL)
    date = email.utils.formatdate(WALL + HOUR, usegmt=True)
    skewed = refusal("SignatureDoesNotMatch", status=403, operation="AssumeRole", date=date)
    _words, sts = refreshed([skewed, granted(WALL + 2 * HOUR)], offset)
    assert len(sts.calls) == 2
    assert offset.seconds == HOUR


@pytest.mark.parametrize(
    ("raised", "failure"),
    [
        (library.ReadTimeoutError(endpoint_url="https://sts"), Failure.UNSENT),
        (library.ConnectTimeoutError(endpoint_url="https://sts"), Failure.UNSENT),
        (refusal("InternalFailure", status=500, operation="AssumeRole"), Failure.UNSENT),
        (refusal("Throttling", operation="AssumeRole"), Failure.THROTTLED),
        (refusal("AccessDenied", status=403, operation="AssumeRole"), Failure.DENIED),
        (refusal("SignatureDoesNotMatch", status=403, operation="AssumeRole"), Failure.DENIED),
    ],
)
def test_without_a_role_the_call_that_waits_for_it_was_not_sent(
    raised: Exception, failure: Failure
) -> None:
    with pytest.raises(AwsError) as error:
        refreshed([raised])
    assert error.value.failure is failure
    assert error.value.operation == "AssumeRole"


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        refreshed([{}])


def test_credentials_are_renewed_by_the_clock_of_aws() -> None:
    """A host an hour ahead gets credentials that have ended by its own clock; they are good."""
    offset = ClockOffset(lambda: WALL + HOUR + 1)
    offset.seconds = -HOUR
    sts = Client(assume_role=[granted(WALL + HOUR)])
    credentials = role_credentials(sts, ROLE, "floating-ip-host", offset)
    assert sts.calls == []
    for _each in range(3):
        assert credentials.get_frozen_credentials().access_key == "ASIA"
    assert len(sts.calls) == 1
    offset.seconds = 0.0
    with pytest.raises(RuntimeError, match="still expired"):
        credentials.get_frozen_credentials()


def test_a_renewal_that_fails_early_leaves_the_credentials_that_are_still_good() -> None:
    offset = ClockOffset(lambda: WALL)
    denied = refusal("AccessDenied", status=403, operation="AssumeRole")
    credentials = role_credentials(
        Client(assume_role=[granted(WALL + 700), denied]), ROLE, "x", offset
    )
    for _each in range(2):
        assert credentials.get_frozen_credentials().access_key == "ASIA"
