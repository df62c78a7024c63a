# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Send no faster than AWS accepts: one token bucket for each API, first come, first served.

The buckets are AWS's own, per account and Region. Others draw on them too, which shows only as
RequestLimitExceeded: then ours is emptied and its burst halved for a while.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

SLACK = 2  # tokens that come back late: requests overtake each other on the way, and arrive early
RECOVERY = 60.0  # seconds without a refusal until a halved burst is whole again
SHORTEST = 0.005  # seconds of the shortest wait, so that nobody spins


@dataclass(frozen=True)
class Limit:
    """A bucket of AWS: how many at once, and how many a second after that."""

    burst: int
    refill: float


MUTATING = Limit(50, 5.0)
READING = Limit(100, 20.0)
LIMITS = {
    "assign_private_ip_addresses": Limit(100, 5.0),
    "unassign_private_ip_addresses": Limit(100, 5.0),
    "modify_network_interface_attribute": Limit(100, 5.0),
    "create_tags": Limit(100, 10.0),
    "delete_tags": Limit(100, 10.0),
}


def limit_of(operation: str) -> Limit:
    """The bucket of one API, by its method's name: replace_route."""
    default = READING if operation.startswith("describe_") else MUTATING
    return LIMITS.get(operation, default)


class Pacer:
    """The buckets of one account and Region in this process. Any thread may call."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._tickets = itertools.count()
        self._buckets: dict[str, _Bucket] = {}

    def ticket(self) -> int:
        """A place in the queue. A refused call comes back with its old one, and is first."""
        return next(self._tickets)

    def acquire(self, operation: str, deadline: float, ticket: Optional[int] = None) -> bool:
        """Wait for a token, in ticket order. False: none will be free by the deadline."""
        place = self.ticket() if ticket is None else ticket
        with self._lock:
            bucket = self._bucket(operation)
            bucket.queue.add(place)
        try:
            return self._wait(bucket, place, deadline)
        finally:
            with self._lock:
                bucket.queue.discard(place)

    def ready_within(self, operation: str, seconds: float) -> int:
        """How many calls of this API could be sent within so many seconds from now."""
        with self._lock:
            bucket = self._bucket(operation)
            return bucket.ready_within(self._clock(), seconds)

    def throttled(self, operation: str) -> None:
        """AWS refused a call of this API for its rate."""
        with self._lock:
            self._bucket(operation).refused(self._clock())

    def _wait(self, bucket: _Bucket, place: int, deadline: float) -> bool:
        while True:
            with self._lock:
                now = self._clock()
                wait = bucket.take(place, now)
            if wait == 0.0:
                return True
            if now + wait > deadline:
                return False
            self._sleep(max(wait, SHORTEST))

    def _bucket(self, operation: str) -> _Bucket:
        if operation not in self._buckets:
            self._buckets[operation] = _Bucket(limit_of(operation), self._clock())
        return self._buckets[operation]


class _Bucket:
    """One bucket and its queue. The pacer's lock guards it."""

    def __init__(self, limit: Limit, now: float) -> None:
        self.limit = limit
        self.burst = float(limit.burst)
        self.tokens = self.burst
        self.filled_at = now  # until when its refill is counted; ahead of now after it was full
        self.refused_at = float("-inf")
        self.queue: set[int] = set()

    def take(self, place: int, now: float) -> float:
        """Take a token and return zero, else the seconds until one may be free for this place."""
        self._fill(now)
        ahead = sum(1 for other in self.queue if other < place)
        missing = ahead + 1 - self.tokens
        if missing > 1e-9:  # a float's rounding is no reason to wait
            return self.filled_at - now + missing / self.limit.refill
        self.filled_at = self._refill_from(now)
        self.queue.discard(place)
        self.tokens -= 1
        return 0.0

    def ready_within(self, now: float, seconds: float) -> int:
        self._fill(now)
        gained = max(0.0, now + seconds - self._refill_from(now)) * self.limit.refill
        return max(0, int(self.tokens - len(self.queue) + gained))

    def refused(self, now: float) -> None:
        """Empty the bucket. A volley that is refused as one counts once."""
        self._fill(now)
        if now - self.refused_at < 1 / self.limit.refill:
            return
        self.refused_at = now
        self.burst = max(2.0, self.burst / 2)
        self.tokens = min(self.tokens - 0.5, 0.0)

    def _fill(self, now: float) -> None:
        if now - self.refused_at > RECOVERY:
            self.burst = float(self.limit.burst)
        gained = max(0.0, now - self.filled_at) * self.limit.refill
        self.tokens = min(self.burst, self.tokens + gained)
        self.filled_at = max(self.filled_at, now)

    def _refill_from(self, now: float) -> float:
        """When refill begins: a full bucket may be emptied at once, and is filled late after it."""
        is_full = self.tokens >= self.burst
        return now + SLACK / self.limit.refill if is_full else self.filled_at
