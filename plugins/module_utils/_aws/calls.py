# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Call EC2: every attempt is ours, paced, inside a deadline, and reported.

Deadlines are absolute times of the `Ec2`'s own clock, in seconds.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Optional, TypeVar, Union

from .._engine.change import Failure
from .codes import FRUITLESS, SKEW_CODES
from .errors import AwsError, api_name, classify, is_aws_failure
from .pacing import Pacer
from .signing import ClockOffset

PARALLELISM = 50  # threads of one batch, and connections kept
FIRST_BACKOFF = 0.05  # seconds; doubles
LONGEST_BACKOFF = 1.0

# Done twice is done once: a lost reply of these is simply sent again.
_REPEATABLE = frozenset(
    (
        *("modify_network_interface_attribute", "create_tags", "delete_tags"),
        *("start_instances", "stop_instances"),
    )
)
_NOT_DONE = frozenset((Failure.THROTTLED, Failure.UNSENT))
_PASSING = _NOT_DONE | {Failure.LOST}

Result = TypeVar("Result")


@dataclass(frozen=True)
class CallRecord:
    """One attempt. `started` is a time of the `Ec2`'s clock; `error` the code, or None."""

    operation: str  # AWS's own name: ReplaceRoute
    started: float
    seconds: float
    error: Optional[str]
    resource: str  # what it was about, in brief: "rtb-1 100.64.10.10/32"


class Ec2:
    """One account and Region of EC2, seen through one client. Any thread may call.

    `on_call` is told of every attempt, in the thread that made it: it must be quick.
    """

    def __init__(
        self,
        client: Any,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        pacer: Optional[Pacer] = None,
        on_call: Optional[Callable[[CallRecord], None]] = None,
        offset: Optional[ClockOffset] = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.client = client
        self.clock = clock
        self.sleep = sleep
        self.pacer = pacer or Pacer(clock, sleep)
        self.on_call = on_call
        self.offset = offset or ClockOffset()
        self.lost_at: Optional[float] = None  # when a change last got no answer; it may yet arrive
        self._jitter = jitter

    @property
    def region(self) -> str:
        return str(self.client.meta.region_name)

    def call(self, operation: str, deadline: float, **params: Any) -> dict[str, Any]:
        """The reply of one client method, by its name: "replace_route". Raises `AwsError`.

        Reads are sent again on anything that passes; changes only when certainly not made. The
        last attempt begins before the deadline, and may end a client's time-out after it.
        """
        lost: list[AwsError] = []
        try:
            return self._called(operation, deadline, params, lost)
        except AwsError as error:
            if not lost or error is lost[-1]:
                raise
            raise _in_doubt(error) from error

    def _called(
        self, operation: str, deadline: float, params: Mapping[str, Any], lost: list[AwsError]
    ) -> dict[str, Any]:
        """The reply, in as many attempts as it takes. `lost` gets the changes without an answer."""
        ticket = self.pacer.ticket()
        attempt = 0
        while True:
            if not self.pacer.acquire(operation, deadline, ticket):
                raise _too_slow(operation)
            if attempt and self.clock() >= deadline:
                raise _too_late(operation)
            try:
                return self._send(operation, params)
            except AwsError as error:
                if error.failure is Failure.LOST and is_write(operation, params):
                    self.lost_at = self.clock()
                    lost.append(error)
                wait = self._backoff(error, attempt)
                if not _is_sent_again(error, operation, params) or self.clock() + wait >= deadline:
                    raise
                if error.failure is Failure.THROTTLED:
                    self.pacer.throttled(operation)
            self.sleep(wait)
            attempt += 1

    def parallel(self, thunks: Sequence[Callable[[], Result]]) -> list[Union[Result, AwsError]]:
        """Run all at once, at most `PARALLELISM`; results, or the `AwsError` of each, in order.

        Each batch has threads of its own, so a batch inside a batch never waits for its parent.
        """
        if len(thunks) <= 1:
            return [_caught(thunk) for thunk in thunks]
        with ThreadPoolExecutor(max_workers=min(PARALLELISM, len(thunks))) as pool:
            return list(pool.map(_caught, thunks))

    def _backoff(self, error: AwsError, attempt: int) -> float:
        """Seconds to wait: half fixed, half by chance. The pacer adds its own after a throttle."""
        longest: float = min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(attempt, 10))
        return longest * (0.5 + 0.5 * self._jitter())

    def _send(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """One attempt; one more where it was refused for this host's clock."""
        used = self.offset.seconds
        try:
            return self._attempt(operation, params)
        except AwsError as error:
            cause = error.__cause__
            if error.code not in SKEW_CODES or cause is None or not self.offset.learn(cause, used):
                raise
        return self._attempt(operation, params)

    def _attempt(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        method = getattr(self.client, operation)
        started = self.clock()
        code: Optional[str] = None
        try:
            return dict(method(**params))
        except Exception as exc:
            if not is_aws_failure(exc):
                raise
            error = classify(exc, operation, is_write(operation, params))
            code = error.code
            raise error from exc
        finally:
            self._report(operation, params, started, code)

    def _report(
        self, operation: str, params: Mapping[str, Any], started: float, code: Optional[str]
    ) -> None:
        if self.on_call is not None:
            seconds = self.clock() - started
            self.on_call(
                CallRecord(api_name(operation), started, seconds, code, resource_of(params))
            )


def is_write(operation: str, params: Mapping[str, Any]) -> bool:
    """Whether a call may change anything. A dry run never does."""
    return not (operation.startswith("describe_") or params.get("DryRun"))


def resource_of(params: Mapping[str, Any]) -> str:
    """What a call is about, in a few words for a log line."""
    filters = [value for item in params.get("Filters", ()) for value in item["Values"]]
    values = [value for name, value in params.items() if name not in ("Filters", "Tags")]
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    named = [item for item in (*flat, *filters) if isinstance(item, str)]
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return " ".join(named[:3]) + more


def _is_sent_again(error: AwsError, operation: str, params: Mapping[str, Any]) -> bool:
    if error.code in FRUITLESS:
        return False
    repeatable = operation in _REPEATABLE or not is_write(operation, params)
    return error.failure in (_PASSING if repeatable else _NOT_DONE)


def _caught(thunk: Callable[[], Result]) -> Union[Result, AwsError]:
    try:
        return thunk()
    except AwsError as error:
        return error


def _too_slow(operation: str) -> AwsError:
    name = api_name(operation)
    return AwsError(
        Failure.THROTTLED,
        "Paced",
        name,
        f"{name} was not sent: AWS's limit on its rate leaves no room for it before the deadline."
        " Allow more time, or run it again.",
    )


def _too_late(operation: str) -> AwsError:
    name = api_name(operation)
    return AwsError(
        Failure.UNSENT, "Deadline", name, f"{name} was not sent again: its deadline has passed."
    )


def _in_doubt(error: AwsError) -> AwsError:
    """The last error of a change that was sent before, without an answer."""
    sentence = (
        f"{error} An attempt before that got no answer: it may have been done; read before "
        "trying again."
    )
    return AwsError(error.failure, error.code, error.operation, sentence)
