# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What an AWS error means: each becomes an `AwsError` with a `Failure` and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from .._engine.change import Failure
from .codes import CODES, CREDENTIAL_ERRORS, EXCEPTIONS, PERMISSION_CODES


class AwsError(Exception):
    """One call that failed for good, or for as long as its deadline let it be tried.

    `str()` is a sentence that says what to do. `operation` is AWS's own name: ReplaceRoute.
    """

    def __init__(self, failure: Failure, code: str, operation: str, sentence: str) -> None:
        super().__init__(sentence)
        self.failure = failure
        self.code = code
        self.operation = operation


def api_name(operation: str) -> str:
    """AWS's name of a client's method: replace_route is ReplaceRoute."""
    return "".join(word[:1].upper() + word[1:] for word in operation.split("_"))


def is_aws_failure(exc: BaseException) -> bool:
    """Whether this came from the wire, the library or AWS: not from a mistake in our own code."""
    if isinstance(exc, (AwsError, OSError, RuntimeError)) or _reply_of(exc) is not None:
        return True
    roots = {cls.__module__.split(".")[0] for cls in type(exc).__mro__}
    return not roots.isdisjoint(("botocore", "urllib3"))


def classify(exc: BaseException, operation: str, is_write: bool) -> AwsError:
    """The `AwsError` for whatever a call of a client's method raised."""
    if isinstance(exc, AwsError):
        return exc
    reply = _reply_of(exc)
    if reply is None:
        return _without_answer(exc, api_name(operation), is_write)
    name = str(getattr(exc, "operation_name", None) or api_name(operation))
    details = reply.get("Error") or {}
    code = _plain_code(str(details.get("Code") or "Unknown"))
    message = str(details.get("Message") or "")
    status = (reply.get("ResponseMetadata") or {}).get("HTTPStatusCode")
    failure = failure_of(code, message, name, status if isinstance(status, int) else 400)
    return AwsError(failure, code, name, _sentence(failure, code, name, message, is_write))


def failure_of(code: str, message: str, name: str, status: int) -> Failure:
    """What an error code means. `name` is the API, `status` the HTTP status."""
    if code in CODES:
        return CODES[code]
    if code == "InvalidParameterValue" and _is_absent(message, name):
        return Failure.ABSENT
    if code.endswith("NotFound"):
        return Failure.GONE
    if status == 429:
        return Failure.THROTTLED
    if status >= 500:
        return Failure.LOST
    return Failure.DENIED if status in (401, 403) else Failure.INVALID


def _is_absent(message: str, name: str) -> bool:
    """ReplaceRoute and UnassignPrivateIpAddresses say "nothing there" by InvalidParameterValue."""
    text = message.lower()
    if name == "ReplaceRoute":
        return "no route defined" in text
    return name.startswith("Unassign") and "not assigned" in text


def _plain_code(code: str) -> str:
    for side in ("Client.", "Server."):
        if code.startswith(side):
            return code[len(side) :]
    return code


def _reply_of(exc: BaseException) -> Optional[Mapping[str, Any]]:
    reply = getattr(exc, "response", None)
    return reply if isinstance(reply, Mapping) and "Error" in reply else None


def _without_answer(exc: BaseException, name: str, is_write: bool) -> AwsError:
    failure, code = _failure_of_exception(exc)
    return AwsError(failure, code, name, _sentence(failure, code, name, str(exc), is_write))


def _failure_of_exception(exc: BaseException) -> tuple[Failure, str]:
    names = [cls.__name__ for cls in type(exc).__mro__]
    if "SSLError" in names and "CERTIFICATE_VERIFY_FAILED" in str(exc):
        return Failure.UNSENT, "CertificateError"
    if isinstance(exc, RuntimeError) and "still expired" in str(exc):
        return Failure.UNSENT, "CredentialsExpired"  # raised while signing
    # Python has a ConnectionError too, and that one says nothing about what was sent.
    theirs = [cls.__name__ for cls in type(exc).__mro__ if cls.__module__.startswith("botocore")]
    known = next((EXCEPTIONS[name] for name in theirs if name in EXCEPTIONS), Failure.LOST)
    return known, names[0]


def _sentence(failure: Failure, code: str, name: str, message: str, is_write: bool) -> str:
    said = _shortened(message)
    if failure is Failure.THROTTLED:
        return f"AWS limits how often {name} may be called ({code}): wait, then try again."
    if failure is Failure.UNSENT:
        return _unsent_sentence(code, name, said)
    if failure is Failure.LOST:
        end = "it may have been done: read before trying again" if is_write else "try again"
        return f"{name} got no usable answer ({code}: {said}); {end}."
    if failure is Failure.DENIED:
        return _denied_sentence(code, name, said)
    return _refused_sentence(failure, code, name, said)


def _unsent_sentence(code: str, name: str, said: str) -> str:
    if code in CREDENTIAL_ERRORS:
        return (
            f"{name} was not sent for want of credentials ({said}): give this host an instance"
            " profile, or set credentials in its environment, and check its clock."
        )
    return (
        f"{name} was not sent ({said}): check the path from here to the AWS API: name resolution,"
        " route, proxy, certificate, VPC endpoint."
    )


def _denied_sentence(code: str, name: str, said: str) -> str:
    if code in PERMISSION_CODES:
        service = "sts" if name.startswith("AssumeRole") else "ec2"
        return f"Allow {service}:{name} for these credentials. AWS said {code}: {said}."
    if code not in CODES:  # not from AWS: a profile, a configuration file, a login
        return f"Correct where the AWS credentials come from: {name} was not sent: {said}."
    return f"Renew the credentials, and check this host's clock: {name} got {code}: {said}."


def _refused_sentence(failure: Failure, code: str, name: str, said: str) -> str:
    advice = {
        Failure.EXISTS: "Read the route again and replace it",
        Failure.ABSENT: "Read it again and create what is not there",
        Failure.GONE: "Correct the definition, or restore what it names",
    }.get(failure, "Correct what was asked for")
    return f"{advice}: {name} was refused with {code}: {said}."


def _shortened(message: str) -> str:
    """Without the encoded blob that UnauthorizedOperation carries, on one line, no full stop."""
    text = " ".join(message.partition("Encoded authorization failure message")[0].split())
    return text[:400].rstrip(" .") or "no message"
