# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Sign with AWS's clock where this host's is wrong.

AWS refuses a signature more than five minutes off, and says its own time in the Date header of that
refusal. The offset learnt there shifts every later signature, and the call is sent once more.
A right clock costs nothing: until a refusal, no request is touched. It hangs on two documented
events of a client and on the signer's public methods; botocore itself is left as it is.
"""

from __future__ import annotations

import datetime
import email.utils
import time
from collections.abc import Callable, Mapping
from typing import Any, Optional

NEGLIGIBLE = 60.0  # seconds: AWS tolerates five times that
_SIGNER = "netops.floating_ip.signer"  # where a request's context keeps its signer


class ClockOffset:
    """How far AWS's clock is ahead of this host's, in seconds. Zero until a refusal tells."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self.seconds = 0.0

    def now(self) -> datetime.datetime:
        """AWS's time, as far as we know it."""
        return datetime.datetime.fromtimestamp(self._wall() + self.seconds, datetime.timezone.utc)

    def learn(self, exc: BaseException, used: float) -> bool:
        """Learn from a refusal. True where `used`, what it was signed with, was the trouble."""
        date = _date_of(exc)
        if date is None:
            return False
        offset = date.timestamp() - self._wall()
        if abs(offset - used) <= NEGLIGIBLE:
            return False
        self.seconds = offset if abs(offset) > NEGLIGIBLE else 0.0
        return True

    def attach(self, client: Any) -> None:
        """Let this offset sign every later request of a botocore or boto3 client."""
        events = client.meta.events
        service = client.meta.service_model.service_id.hyphenize()
        events.register(f"before-sign.{service}", _remember_signer)
        # Registered last: botocore has signed with the host's clock by then.
        events.register_last(f"request-created.{service}", self._sign_again)

    def _sign_again(self, request: Any, **_ignored: Any) -> None:
        signer = request.context.get(_SIGNER)
        if signer is not None and self.seconds and "Authorization" in request.headers:
            sign(request, signer, self.now())


def sign(request: Any, signer: Any, at: datetime.datetime) -> None:
    """Replace a request's version 4 signature by one made at another time."""
    scope = _text(request.headers["Authorization"]).partition("Credential=")[2].split(",")[0]
    _key, _day, region, service, _end = scope.rsplit("/", 4)
    auth = signer.get_auth_instance(service, region, "v4")
    request.context["timestamp"] = at.strftime("%Y%m%dT%H%M%SZ")
    _replace(request, "X-Amz-Date", request.context["timestamp"])
    if auth.credentials.token:
        _replace(request, "X-Amz-Security-Token", auth.credentials.token)
    del request.headers["Authorization"]
    to_sign = auth.string_to_sign(request, auth.canonical_request(request))
    signature = auth.signature(to_sign, request)
    signed_headers = auth.signed_headers(auth.headers_to_sign(request))
    request.headers["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={auth.scope(request)}, SignedHeaders={signed_headers},"
        f" Signature={signature}"
    )


def _remember_signer(
    request: Any, request_signer: Any, signature_version: Any, **_ignored: Any
) -> None:
    if signature_version == "v4":
        request.context[_SIGNER] = request_signer


def _replace(request: Any, name: str, value: str) -> None:
    if name in request.headers:
        del request.headers[name]
    request.headers[name] = value


def _text(value: Any) -> str:
    return value.decode("ascii") if isinstance(value, bytes) else str(value)


def _date_of(exc: BaseException) -> Optional[datetime.datetime]:
    """The Date header of a refusal, or None where there is none that can be read."""
    reply = getattr(exc, "response", None)
    metadata = reply.get("ResponseMetadata") if isinstance(reply, Mapping) else None
    headers = (metadata or {}).get("HTTPHeaders") or {}
    try:
        return email.utils.parsedate_to_datetime(headers["date"])
    except (KeyError, TypeError, ValueError):
        return None
