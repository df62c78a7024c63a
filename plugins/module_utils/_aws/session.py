# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Connect to EC2: the only file that loads botocore, and only when it is asked to connect.

So an agent probes before it has the library, and everything else here works without it.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlsplit

from .._definition.model import Aws
from .._engine.change import Failure
from .calls import PARALLELISM, CallRecord, Ec2
from .errors import AwsError, classify
from .identity import own_region
from .pacing import Pacer
from .role import role_credentials
from .short_model import kept_short_model, short_model
from .signing import ClockOffset

WARM_DEADLINE = 5.0  # seconds for `warm` to succeed
NOBODY = "eni-00000000000000000"  # well formed, and no interface has it


@dataclass(frozen=True)
class SessionOptions:
    """How to connect, apart from where. Durations are seconds."""

    profile: Optional[str] = None
    connect_timeout: float = 1.0
    read_timeout: float = 2.0
    parallelism: int = PARALLELISM
    ca_bundle: Optional[str] = None  # a file of certificates to trust instead of botocore's
    model_directory: Optional[str] = None  # of our own, to keep a short model of EC2 in
    kept_models: Optional[str] = None  # another directory, which may have one already


@dataclass(frozen=True)
class Hooks:
    """What a test or a caller replaces."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], float] = time.time
    on_call: Optional[Callable[[CallRecord], None]] = None


def connect(
    aws: Aws, session_options: Optional[SessionOptions] = None, hooks: Optional[Hooks] = None
) -> Ec2:
    """An `Ec2` with a client of its own. Sends nothing to EC2 yet: `warm` does.

    Raises `AwsError`: no library, no region, no credentials (yet), a profile that is not there.
    """
    options, hooks = session_options or SessionOptions(), hooks or Hooks()
    try:
        return _connect(aws, options, hooks)
    except ImportError as exc:
        raise AwsError(
            Failure.INVALID,
            "NoBotocore",
            "Connect",
            "Install botocore for this Python: the distribution's package python3-botocore, or"
            f" boto3 in the environment that runs this. Import said: {exc}.",
        ) from exc
    except AwsError:
        raise
    except Exception as exc:
        if not _is_library_error(exc):
            raise
        raise classify(exc, "connect", is_write=False) from exc


def from_client(client: Any, hooks: Optional[Hooks] = None) -> Ec2:
    """An `Ec2` on someone else's client; make that with `client_config`."""
    hooks = hooks or Hooks()
    offset = ClockOffset(hooks.wall)
    offset.attach(client)
    return _ec2(client, hooks, offset)


def client_config(options: Optional[SessionOptions] = None) -> Any:
    """The botocore Config that deadlines count on: one attempt, short time-outs, a wide pool."""
    from botocore.config import Config  # noqa: PLC0415 - loaded late on purpose, as all of botocore

    options = options or SessionOptions()
    settings: dict[str, Any] = {
        "connect_timeout": options.connect_timeout,
        "read_timeout": options.read_timeout,
        "retries": {"total_max_attempts": 1},
        "max_pool_connections": options.parallelism,
        "user_agent_extra": "netops.floating_ip",
    }
    try:
        return Config(tcp_keepalive=True, **settings)
    except TypeError:  # botocore before 1.27.84 does not know it
        return Config(**settings)


def warm(ec2: Ec2, connections: int = 1) -> None:
    """Load credentials, open connections and learn the clock, by a read that finds nothing.

    Raises `AwsError`. A move that follows then pays for none of these.
    """
    deadline = ec2.clock() + WARM_DEADLINE
    nobody = [{"Name": "network-interface-id", "Values": [NOBODY]}]

    def ask() -> None:
        ec2.call("describe_network_interfaces", deadline, Filters=nobody, MaxResults=5)

    for answer in ec2.parallel([ask] * connections):
        if isinstance(answer, AwsError):
            raise answer


class Connections:
    """One `Ec2` for each place, however many definitions name it; so they share one pacer too."""

    def __init__(self, factory: Callable[[Aws], Ec2]) -> None:
        self._factory = factory
        self._lock = threading.Lock()
        self._by_aws: dict[Aws, Ec2] = {}
        self._by_place: dict[tuple[str, Optional[str], Optional[str]], Ec2] = {}

    def ec2(self, aws: Aws) -> Ec2:
        """The connection to a place; raises `AwsError`, and then tries anew the next time."""
        with self._lock:
            if aws not in self._by_aws:
                made = self._factory(aws)
                place = (made.region, aws.role_arn, aws.endpoint_url)
                self._by_aws[aws] = self._by_place.setdefault(place, made)
            return self._by_aws[aws]


def _connect(aws: Aws, options: SessionOptions, hooks: Hooks) -> Ec2:
    session = _session(options)
    region = _region(aws, session)
    offset = ClockOffset(hooks.wall)
    credentials = session.get_credentials()
    if credentials is None:
        raise _no_credentials()
    if aws.role_arn:
        sts = session.create_client("sts", region_name=region, **sts_options(aws, options))
        offset.attach(sts)
        session = _session(options)
        _give(session, role_credentials(sts, aws.role_arn, session_name(), offset))
    client = session.create_client(
        "ec2", region_name=region, endpoint_url=aws.endpoint_url, config=client_config(options)
    )
    offset.attach(client)
    return _ec2(client, hooks, offset)


def _session(options: SessionOptions) -> Any:
    import botocore.session  # noqa: PLC0415 - loaded late on purpose: see the top

    session = botocore.session.Session(profile=options.profile)
    session.set_config_variable("sts_regional_endpoints", "regional")
    session.set_config_variable("ec2_metadata_v1_disabled", True)  # where botocore can tell
    if options.ca_bundle:
        session.set_config_variable("ca_bundle", options.ca_bundle)
    short = _short_model(options)
    if short:
        theirs = session.get_config_variable("data_path")
        session.set_config_variable("data_path", os.pathsep.join(filter(None, (short, theirs))))
    return session


def _short_model(options: SessionOptions) -> Optional[str]:
    """The search path of a short model; None: the whole one it is."""
    kept = kept_short_model(options.kept_models) if options.kept_models else None
    return kept or (short_model(options.model_directory) if options.model_directory else None)


def _ec2(client: Any, hooks: Hooks, offset: ClockOffset) -> Ec2:
    pacer = Pacer(hooks.clock, hooks.sleep)
    return Ec2(client, hooks.clock, hooks.sleep, pacer, hooks.on_call, offset)


def _region(aws: Aws, session: Any) -> str:
    named = aws.region or os.environ.get("AWS_REGION") or session.get_config_variable("region")
    region = named or own_region()
    if not region:
        raise AwsError(
            Failure.INVALID,
            "NoRegion",
            "Connect",
            "Name the region: aws.region in the definition, or AWS_REGION in the environment.",
        )
    return str(region)


def sts_options(aws: Aws, options: SessionOptions) -> dict[str, Any]:
    """An endpoint that is not AWS's stands for all of AWS; an endpoint of EC2 for EC2 alone."""
    host = urlsplit(aws.endpoint_url or "").hostname or ""
    of_aws = not host or host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws"))
    elsewhere = of_aws or "AWS_ENDPOINT_URL_STS" in os.environ
    endpoint = None if elsewhere else aws.endpoint_url
    return {"config": client_config(options), "endpoint_url": endpoint}


def _give(session: Any, credentials: Any) -> None:
    """Make these the credentials of every client of a session."""
    from botocore.credentials import CredentialResolver  # noqa: PLC0415 - as above

    class _Given:
        METHOD = CANONICAL_NAME = "netops.floating_ip"

        def load(self) -> Any:
            return credentials

    given: Any = _Given()  # all that a resolver asks of a provider
    session.register_component("credential_provider", CredentialResolver([given]))


def session_name() -> str:
    """Who assumed the role, for CloudTrail."""
    return re.sub(r"[^\w+=,.@-]", "-", f"floating-ip-{socket.gethostname()}", flags=re.ASCII)[:64]


def _no_credentials() -> AwsError:
    return AwsError(
        Failure.UNSENT,
        "NoCredentialsError",
        "Connect",
        "Give this host an instance profile, or set AWS credentials in the environment: none were"
        " found.",
    )


def _is_library_error(exc: BaseException) -> bool:
    return any(cls.__module__.startswith("botocore") for cls in type(exc).__mro__)
