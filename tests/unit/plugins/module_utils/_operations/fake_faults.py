# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every way in which one call to EC2 goes wrong, as botocore tells it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from botocore import exceptions

URL = "https://ec2.eu-west-1.amazonaws.com"
READ_TIMEOUT = 2.0  # seconds, as session.py sets it
CONNECT_TIMEOUT = 1.0
LATE_BY = 1.0  # seconds after the client gave up at which a late call arrives


class Killed(BaseException):
    """The program ends here, as by `kill -9`: nothing in it goes on."""


class Effect(enum.Enum):
    """What becomes of the change that the call asks for."""

    NONE = "none"
    DONE = "done"
    LATE = "late"  # done, but only `LATE_BY` after the client gave up
    STALE = "stale"  # of a read: it shows the oldest version there is


@dataclass(frozen=True)
class Fault:
    """`code`: an error code of AWS with its HTTP status, or the name of a botocore exception."""

    name: str
    code: str
    status: int = 0  # 0: no answer at all
    effect: Effect = Effect.NONE
    seconds: float = 0.0  # until the client gives up

    def error(self, operation: str) -> BaseException:
        if self.code == KILLED:
            return Killed()
        if not self.status:
            kind = getattr(exceptions, self.code)
            made: Exception = kind(endpoint_url=URL, error="reset by peer")
            return made
        return refusal(self.code, "An injected error occurred.", operation, self.status)


def refusal(code: str, message: str, operation: str, status: int = 400) -> Exception:
    """What botocore raises for an error reply. `operation`: a client's method."""
    name = "".join(word.capitalize() for word in operation.split("_"))
    reply = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": {}},
    }
    return exceptions.ClientError(reply, name)  # type: ignore[arg-type]  # what is read of it


KILLED = "killed"
KILLED_BEFORE = Fault("killed before", KILLED)
KILLED_AFTER = Fault("killed after", KILLED, effect=Effect.DONE)
THROTTLED = Fault("throttled", "RequestLimitExceeded", 503)
DENIED = Fault("denied", "UnauthorizedOperation", 403)
STALE = Fault("stale", "", effect=Effect.STALE)
LOST_REPLY = Fault("reply lost", "ConnectionClosedError", effect=Effect.DONE)
TIMEOUT_DONE = Fault("timeout, done", "ReadTimeoutError", effect=Effect.DONE, seconds=READ_TIMEOUT)
LATE = Fault("late", "ReadTimeoutError", effect=Effect.LATE, seconds=READ_TIMEOUT)

_EITHER = (
    THROTTLED,
    DENIED,
    Fault("500", "InternalError", 500),
    Fault("503", "Unavailable", 503),
    Fault("unreachable", "EndpointConnectionError"),
    Fault("no connection", "ConnectTimeoutError", seconds=CONNECT_TIMEOUT),
    Fault("timeout", "ReadTimeoutError", seconds=READ_TIMEOUT),
    Fault("closed", "ConnectionClosedError"),
)
READ_FAULTS = (*_EITHER, STALE)
WRITE_FAULTS = (
    *_EITHER,
    LOST_REPLY,
    TIMEOUT_DONE,
    LATE,
    Fault("500 after", "InternalError", 500, Effect.DONE),
    Fault("503 after", "Unavailable", 503, Effect.DONE),
    Fault("invalid", "InvalidParameterValue", 400),
    Fault("gone", "InvalidNetworkInterfaceID.NotFound", 400),
)
MAY_HAVE_BEEN_DONE = frozenset(
    one.name for one in WRITE_FAULTS if one.status in (0, 500, 503) and one is not THROTTLED
) - {"unreachable", "no connection"}


def faults_of(operation: str) -> tuple[Fault, ...]:
    """The ways in which one call of this client's method can fail."""
    return READ_FAULTS if operation.startswith("describe_") else WRITE_FAULTS
