# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Who this host is, as the instance metadata service says: IMDSv2 only, by the standard library.

Nothing of botocore is loaded for it, so a monitor may ask before it has that.
"""

from __future__ import annotations

import http.client
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Optional
from urllib.parse import urlsplit

from .._engine.change import Failure
from .errors import AwsError

IPV4 = "http://169.254.169.254"
IPV6 = "http://[fd00:ec2::254]"
TOKEN_SECONDS = "60"
LONGEST = 65536  # bytes of an answer
_DATA = "/latest/meta-data/"
_MACS = "network/interfaces/macs/"
_WORD = re.compile(r"[A-Za-z0-9:_-]{1,64}")  # an id, a MAC address, a region, a partition


@dataclass(frozen=True)
class Identity:
    """This instance. `interfaces`: the ids of the network interfaces attached to it now."""

    instance_id: str
    region: str
    partition: str
    interfaces: tuple[str, ...]


@dataclass(frozen=True)
class _Service:
    """Where the service answers, and until when it may (of `time.monotonic`)."""

    host: str
    port: int
    path: str
    deadline: float


def identity(timeout: float = 1.0) -> Identity:
    """Ask the metadata service; `timeout` is for all of its answers together, in seconds.

    Raises `AwsError`: it is disabled here, or it gave no usable answer in time.
    """
    if os.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true":
        raise AwsError(
            Failure.INVALID,
            "MetadataDisabled",
            "Metadata",
            "Name the target (--target), or unset AWS_EC2_METADATA_DISABLED: it keeps this host"
            " from asking the metadata service who it is.",
        )
    try:
        return _identity(_service(time.monotonic() + timeout))
    except (OSError, ValueError, http.client.HTTPException) as exc:
        raise AwsError(
            Failure.UNSENT,
            "NoMetadata",
            "Metadata",
            f"The metadata service at {_endpoint()} did not say who this host"
            f" is ({_said(exc)}): enable IMDSv2 for this instance, or name the target (--target).",
        ) from exc


def own_region() -> Optional[str]:
    """The region of this instance; None where no metadata service says it."""
    try:
        return identity().region
    except AwsError:
        return None


def _service(deadline: float) -> _Service:
    url = urlsplit(_endpoint())
    try:
        port = url.port or 80
    except ValueError:
        port = 0  # no connection can be made: reported as any other
    return _Service(url.hostname or "", port, url.path.rstrip("/"), deadline)


def _endpoint() -> str:
    by_mode = IPV6 if os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE") == "IPv6" else IPV4
    return os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT") or by_mode


def _identity(service: _Service) -> Identity:
    ttl = {"X-aws-ec2-metadata-token-ttl-seconds": TOKEN_SECONDS}
    token = {"X-aws-ec2-metadata-token": _ask(service, "PUT", "/latest/api/token", ttl)}

    def read(path: str) -> str:
        return _ask(service, "GET", f"{_DATA}{path}", token)

    macs = [_word(line.rstrip("/")) for line in read(_MACS).split()]
    return Identity(
        instance_id=_word(read("instance-id")),
        region=_word(read("placement/region")),
        partition=_word(read("services/partition")),
        interfaces=_interfaces(macs, read),
    )


def _interfaces(macs: list[str], read: Callable[[str], str]) -> tuple[str, ...]:
    """Their ids; one that is being attached has none yet."""
    found = []
    for mac in macs:
        try:
            found.append(_word(read(f"{_MACS}{mac}/interface-id")))
        except FileNotFoundError:
            continue
    return tuple(found)


def _ask(service: _Service, method: str, path: str, headers: Mapping[str, str]) -> str:
    """One answer; a connection each, for the service may close an idle one at any time."""
    left = service.deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it was too slow")
    connection = http.client.HTTPConnection(service.host, service.port, timeout=left)
    try:
        connection.request(method, service.path + path, headers=dict(headers))
        reply = connection.getresponse()
        text = reply.read(LONGEST)
    finally:
        connection.close()
    if reply.status == http.client.NOT_FOUND:
        raise FileNotFoundError(f"it knows no {path}")
    if reply.status != http.client.OK:
        raise ConnectionError(f"it answered {path} with {reply.status} {reply.reason}")
    return text.decode("utf-8").strip()


def _word(text: str) -> str:
    if _WORD.fullmatch(text) is None:
        raise ValueError(f"it said {text[:80]!r}")
    return text


def _said(exc: BaseException) -> Optional[str]:
    strerror = getattr(exc, "strerror", None)
    return strerror or str(exc) or type(exc).__name__
