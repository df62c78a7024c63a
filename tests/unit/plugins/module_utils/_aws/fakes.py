# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fakes of the AWS edge: clocks, a client of a few methods, a botocore client without a network."""

from __future__ import annotations

import calendar
import email.utils
import functools
import hashlib
import heapq
import threading
import time
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, Optional

import botocore.awsrequest
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.short_model import short_model
from ansible_collections.netops.floating_ip.tests.dev import workspace

REGION = "eu-west-1"


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds


class Client:
    """Has the methods it is given: a list of answers, the last one for ever, or a function."""

    def __init__(self, **answers: Any) -> None:
        self.meta = SimpleNamespace(region_name=REGION)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._answers = answers

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        answers = self._answers[operation]

        def method(**params: Any) -> Any:
            self.calls.append((operation, params))
            if callable(answers):
                return answers(**params)
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if isinstance(answer, BaseException):
                raise answer
            return answer

        return method


def ec2_of(client: Any, clock: Optional[Clock] = None, **more: Any) -> Ec2:
    clock = clock or Clock()
    return Ec2(client, clock, clock.sleep, jitter=lambda: 1.0, **more)


def refusal(
    code: str, message: str = "", status: int = 400, operation: str = "ReplaceRoute", date: str = ""
) -> ClientError:
    """What botocore raises for an error reply."""
    metadata = {"HTTPStatusCode": status, "HTTPHeaders": {"date": date} if date else {}}
    error = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}
    return ClientError(error, operation)  # type: ignore[arg-type]  # only what is read of it


class Wire:
    """The far end of a botocore client: judges each signature's date as AWS does, then answers."""

    def __init__(self, wall: Callable[[], float], body: str = "") -> None:
        self.wall = wall
        self.requests: list[Any] = []
        self._body = body or "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>"

    def answer(self, request: Any, **_ignored: Any) -> botocore.awsrequest.AWSResponse:
        self.requests.append(request)
        if abs(self.signed_at(request) - self.wall()) > 300:
            return self._reply(400, error_body("RequestExpired", "Request has expired."))
        return self._reply(200, self._body)

    def signed_at(self, request: Any) -> float:
        stamp = request.headers["X-Amz-Date"].decode()
        return float(calendar.timegm(time.strptime(stamp, "%Y%m%dT%H%M%SZ")))

    def _reply(self, status: int, body: str) -> botocore.awsrequest.AWSResponse:
        headers: Any = {"date": email.utils.formatdate(self.wall(), usegmt=True)}
        return botocore.awsrequest.AWSResponse("http://aws", status, headers, Raw(body))


def error_body(code: str, message: str) -> str:
    return (
        f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
        "<RequestID>1</RequestID></Response>"
    )


class Raw:
    """The body of an HTTP reply as urllib3 hands it over."""

    def __init__(self, body: str) -> None:
        self._body = body.encode()

    def stream(self) -> Sequence[bytes]:
        return [self._body]


@functools.cache
def _session() -> botocore.session.Session:
    """One for all, and of the short model: that of EC2 takes a fifth of a second to load."""
    session = botocore.session.Session()
    session.set_config_variable("data_path", short_model(str(workspace.CACHE / "models")))
    session.set_credentials("AKIDEXAMPLE", "secret", "token")
    return session


def wired_client(wire: Wire, service: str = "ec2") -> Any:
    """A real botocore client, without a network."""
    config = Config(retries={"total_max_attempts": 1})
    client: Any = _session().create_client(service, region_name=REGION, config=config)
    client.meta.events.register(f"before-send.{service}", wire.answer)
    return client


class VirtualTime:
    """Time for many threads: when all of them sleep, it is time to wake for the earliest."""

    def __init__(self) -> None:
        self._now = 0.0
        self._lock = threading.Lock()
        self._running = 0
        self._sleepers: list[tuple[float, int, threading.Event]] = []

    def clock(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        woken = threading.Event()
        with self._lock:
            heapq.heappush(self._sleepers, (self._now + seconds, id(woken), woken))
            self._stop_one()
        woken.wait()

    def run(self, jobs: Sequence[Callable[[], None]]) -> float:
        """Run each job in a thread; the time at which the last one ended."""
        self._running = len(jobs)
        threads = [threading.Thread(target=self._run, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self._now

    def _run(self, job: Callable[[], None]) -> None:
        try:
            job()
        finally:
            with self._lock:
                self._stop_one()

    def _stop_one(self) -> None:
        self._running -= 1
        if self._running or not self._sleepers:
            return
        self._now = self._sleepers[0][0]
        while self._sleepers and self._sleepers[0][0] <= self._now:
            self._running += 1
            heapq.heappop(self._sleepers)[2].set()


class AwsBucket:
    """The bucket of one API at AWS's end. `whole`: filled once a second instead of steadily."""

    def __init__(
        self, clock: Callable[[], float], burst: int, refill: float, whole: bool = False
    ) -> None:
        self._clock = clock
        self._burst = burst
        self._refill = refill
        self._whole = whole
        self._tokens = float(burst)
        self._at = clock()
        self._lock = threading.Lock()

    def take(self) -> bool:
        with self._lock:
            passed = self._clock() - self._at
            passed = float(int(passed)) if self._whole else passed
            self._at += passed
            self._tokens = min(float(self._burst), self._tokens + passed * self._refill)
            if self._tokens < 1.0 - 1e-9:
                return False
            self._tokens -= 1.0
            return True


def digest_of(text: str) -> float:
    """A number in [0, 1) that looks like chance and is the same every time."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32
