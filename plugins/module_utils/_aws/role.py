# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Credentials of an assumed role, renewed by botocore's own machinery when they near their end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._engine.change import Failure
from .codes import SKEW_CODES
from .errors import AwsError, classify, is_aws_failure
from .signing import ClockOffset

_ATTEMPTS = 2  # at most: an EC2 call waits for this, and has a deadline


def role_credentials(sts: Any, role_arn: str, session_name: str, offset: ClockOffset) -> Any:
    """botocore credentials that assume the role at first use, and again before they expire.

    Their end is judged by AWS's clock: a host an hour ahead would else believe them expired.
    """
    from botocore.credentials import (  # noqa: PLC0415 - loaded late on purpose: see session.py
        DeferredRefreshableCredentials,
    )

    return DeferredRefreshableCredentials(
        refresh_using=refresher(sts, role_arn, session_name, offset),
        method="assume-role",
        time_fetcher=offset.now,
    )


def refresher(
    sts: Any, role_arn: str, session_name: str, offset: ClockOffset
) -> Callable[[], dict[str, str]]:
    """A function that assumes the role: botocore's four words of credentials, or `AwsError`."""

    def refresh() -> dict[str, str]:
        used = offset.seconds
        for last in (False, True):
            try:
                reply = sts.assume_role(RoleArn=role_arn, RoleSessionName=session_name)
                return _four_words(reply["Credentials"])
            except Exception as exc:
                if not is_aws_failure(exc):
                    raise
                error = _unsent(classify(exc, "assume_role", is_write=False))
                again = error.code in SKEW_CODES and offset.learn(exc, used)
                if last or not again:
                    raise error from exc
        raise AssertionError("the last attempt returns or raises")

    return refresh


def _unsent(error: AwsError) -> AwsError:
    """No answer of STS leaves the EC2 call that waits for it certainly unsent."""
    if error.failure is not Failure.LOST:
        return error
    return AwsError(Failure.UNSENT, error.code, error.operation, str(error))


def _four_words(credentials: Mapping[str, Any]) -> dict[str, str]:
    return {
        "access_key": credentials["AccessKeyId"],
        "secret_key": credentials["SecretAccessKey"],
        "token": credentials["SessionToken"],
        "expiry_time": credentials["Expiration"].isoformat(),
    }
