# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import botocore.exceptions as library
import botocore.parsers
import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import codes
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import (
    AwsError,
    api_name,
    classify,
    is_aws_failure,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    refusal,
)

THROTTLED, UNSENT, LOST = Failure.THROTTLED, Failure.UNSENT, Failure.LOST
DENIED, INVALID, GONE, ABSENT = Failure.DENIED, Failure.INVALID, Failure.GONE, Failure.ABSENT
URL = "https://ec2.eu-west-1.amazonaws.com/"


@pytest.mark.parametrize(
    ("code", "message", "operation", "status", "failure"),
    [
        ("RequestLimitExceeded", "Request limit exceeded.", "ReplaceRoute", 503, THROTTLED),
        ("Client.RequestLimitExceeded", "", "ReplaceRoute", 503, THROTTLED),
        ("Throttling", "Rate exceeded", "AssumeRole", 400, THROTTLED),
        ("SomethingNew", "", "ReplaceRoute", 429, THROTTLED),
        ("InternalError", "", "ReplaceRoute", 500, LOST),
        ("Server.Unavailable", "", "ReplaceRoute", 503, LOST),
        ("ServiceUnavailable", "", "ReplaceRoute", 503, LOST),
        ("SomethingNew", "", "ReplaceRoute", 502, LOST),
        ("504", "", "ReplaceRoute", 504, LOST),
        ("RouteAlreadyExists", "", "CreateRoute", 400, Failure.EXISTS),
        ("InvalidRoute.NotFound", "no route", "DeleteRoute", 400, ABSENT),
        (
            "InvalidParameterValue",
            "There is no route defined for '1.2.3.4/32'",
            "ReplaceRoute",
            400,
            ABSENT,
        ),
        (
            "InvalidParameterValue",
            "There is no route defined for '1.2.3.4/32'",
            "CreateRoute",
            400,
            INVALID,
        ),
        ("InvalidParameterValue", "belong to different networks", "ReplaceRoute", 400, INVALID),
        (
            "InvalidParameterValue",
            "[10.0.0.5] are not assigned to",
            "UnassignPrivateIpAddresses",
            400,
            ABSENT,
        ),
        (
            "InvalidParameterValue",
            "[10.0.0.5] are not assigned to",
            "AssignPrivateIpAddresses",
            400,
            INVALID,
        ),
        ("InvalidRouteTableID.NotFound", "", "ReplaceRoute", 400, GONE),
        ("InvalidNetworkInterfaceID.NotFound", "", "ReplaceRoute", 400, GONE),
        ("InvalidInstanceID.NotFound", "", "DescribeInstances", 400, GONE),
        ("InvalidSubnetID.NotFound", "", "DescribeSubnets", 400, GONE),
        ("InvalidRouteTableId.Malformed", "", "ReplaceRoute", 400, INVALID),
        ("InvalidNetworkInterfaceID.Malformed", "", "ReplaceRoute", 400, INVALID),
        ("InvalidIPAddress.InUse", "", "AssignPrivateIpAddresses", 400, INVALID),
        ("PrivateIpAddressLimitExceeded", "", "AssignPrivateIpAddresses", 400, INVALID),
        ("RouteLimitExceeded", "", "CreateRoute", 400, INVALID),
        ("OperationNotPermitted", "", "ReplaceRoute", 400, INVALID),
        ("DryRunOperation", "", "ReplaceRoute", 412, INVALID),
        ("MissingParameter", "", "ReplaceRoute", 400, INVALID),
        ("UnauthorizedOperation", "", "ReplaceRoute", 403, DENIED),
        ("AccessDenied", "", "AssumeRole", 403, DENIED),
        ("AuthFailure", "", "ReplaceRoute", 401, DENIED),
        ("RequestExpired", "", "ReplaceRoute", 400, DENIED),
        ("ExpiredToken", "", "AssumeRole", 403, DENIED),
        ("SomethingNew", "", "ReplaceRoute", 403, DENIED),
    ],
)
def test_a_code_of_aws_means_one_failure(
    code: str, message: str, operation: str, status: int, failure: Failure
) -> None:
    error = classify(refusal(code, message, status, operation), "replace_route", is_write=True)
    assert error.failure is failure
    assert error.operation == operation
    assert not error.code.startswith(("Client.", "Server."))


@pytest.mark.parametrize("code", sorted(codes.CODES))
def test_every_code_in_the_table_means_what_the_table_says(code: str) -> None:
    assert (
        classify(refusal(code, "why"), "replace_route", is_write=True).failure is codes.CODES[code]
    )


@pytest.mark.parametrize("code", sorted(codes.SKEW_CODES | codes.PERMISSION_CODES))
def test_a_wrong_clock_and_a_missing_permission_are_both_denials(code: str) -> None:
    assert codes.CODES[code] is DENIED


@pytest.mark.parametrize(
    ("raised", "failure"),
    [
        (library.EndpointConnectionError(endpoint_url=URL), UNSENT),
        (library.ConnectTimeoutError(endpoint_url=URL), UNSENT),
        (library.ProxyConnectionError(proxy_url=URL), UNSENT),
        (library.ConnectionError(error=OSError("x")), UNSENT),
        (library.NoCredentialsError(), UNSENT),
        (library.CredentialRetrievalError(provider="x", error_msg="x"), UNSENT),
        (library.MetadataRetrievalError(error_msg="x"), UNSENT),
        (
            library.SSLError(endpoint_url=URL, error=OSError("CERTIFICATE_VERIFY_FAILED: expired")),
            UNSENT,
        ),
        (
            RuntimeError(
                "Credentials were refreshed, but the refreshed credentials are still expired."
            ),
            UNSENT,
        ),
        (library.SSLError(endpoint_url=URL, error=OSError("decryption failed")), LOST),
        (library.ReadTimeoutError(endpoint_url=URL), LOST),
        (library.ConnectionClosedError(endpoint_url=URL), LOST),
        (library.HTTPClientError(error="x"), LOST),
        (library.IncompleteReadError(actual_bytes=1, expected_bytes=2), LOST),
        (library.ResponseStreamingError(error="x"), LOST),
        (botocore.parsers.ResponseParserError("not XML"), LOST),
        (library.BotoCoreError(), LOST),
        (ConnectionResetError(), LOST),
        (library.PartialCredentialsError(provider="x", cred_var="y"), DENIED),
        (library.TokenRetrievalError(provider="x", error_msg="y"), DENIED),
        (library.SSOTokenLoadError(error_msg="x"), DENIED),
        (library.UnauthorizedSSOTokenError(), DENIED),
        (library.RefreshWithMFAUnsupportedError(), DENIED),
        (library.ProfileNotFound(profile="x"), DENIED),
        (library.ConfigParseError(path="x"), DENIED),
        (library.ParamValidationError(report="x"), INVALID),
        (library.NoRegionError(), INVALID),
        (library.InvalidRegionError(region_name="x"), INVALID),
        (library.UnknownServiceError(service_name="x", known_service_names="y"), INVALID),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.name,
)
def test_an_exception_of_the_library_means_one_failure(raised: Exception, failure: Failure) -> None:
    assert is_aws_failure(raised)
    assert classify(raised, "replace_route", is_write=True).failure is failure


@pytest.mark.parametrize("name", sorted(codes.EXCEPTIONS))
def test_every_exception_in_the_table_exists_or_did_in_an_older_botocore(name: str) -> None:
    assert hasattr(library, name) or name in ("ResponseParserError", "LoginError")


@pytest.mark.parametrize(
    "raised", [TypeError("x"), KeyError("x"), AttributeError("x"), ValueError("x")]
)
def test_a_mistake_in_our_own_code_is_no_failure_of_aws(raised: Exception) -> None:
    assert not is_aws_failure(raised)


def test_an_aws_error_stays_itself() -> None:
    error = AwsError(LOST, "X", "AssumeRole", "A sentence.")
    assert classify(error, "replace_route", is_write=True) is error


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (refusal("RequestLimitExceeded"), "AWS limits how often ReplaceRoute may be called"),
        (refusal("InternalError"), "it may have been done: read before trying again."),
        (library.ConnectTimeoutError(endpoint_url=URL), "check the path from here to the AWS API"),
        (library.NoCredentialsError(), "give this host an instance profile"),
        (refusal("UnauthorizedOperation"), "Allow ec2:ReplaceRoute for these credentials."),
        (
            refusal("AccessDenied", operation="AssumeRole"),
            "Allow sts:AssumeRole for these credentials.",
        ),
        (refusal("RequestExpired"), "check this host's clock"),
        (library.ProfileNotFound(profile="x"), "Correct where the AWS credentials come from"),
        (refusal("RouteAlreadyExists"), "Read the route again and replace it"),
        (refusal("InvalidRoute.NotFound"), "create what is not there"),
        (refusal("InvalidRouteTableID.NotFound", "rtb-1 does not exist"), "Correct the definition"),
        (refusal("MissingParameter"), "Correct what was asked for"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_the_sentence_says_what_to_do(raised: Exception, said: str) -> None:
    sentence = str(classify(raised, "replace_route", is_write=True))
    assert said in sentence
    assert sentence.endswith(".")
    assert ".." not in sentence


def test_a_lost_read_may_simply_be_tried_again() -> None:
    assert str(classify(refusal("InternalError"), "describe_vpcs", is_write=False)).endswith(
        "try again."
    )


def test_the_encoded_blob_of_a_denial_is_left_out() -> None:
    message = "You may not. Encoded authorization failure message: " + 300 * "x"
    sentence = str(
        classify(refusal("UnauthorizedOperation", message), "replace_route", is_write=True)
    )
    assert sentence.endswith("AWS said UnauthorizedOperation: You may not.")


def test_a_method_has_the_name_of_its_api() -> None:
    assert api_name("assign_private_ip_addresses") == "AssignPrivateIpAddresses"
