# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual time: a clock, AWS's token buckets, and an `Ec2` whose parallel calls begin together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError

Result = TypeVar("Result")


class Clock:
    """Time that passes only by sleeping and by calling."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds


@dataclass
class Bucket:
    """A bucket of AWS. Calls of one batch come one after the other here, so it sorts them."""

    burst: int
    refill: float
    taken: list[float] = field(default_factory=list)

    def take(self, now: float) -> bool:
        times = sorted((*self.taken, now))
        tokens, at = float(self.burst), times[0]
        for time in times:
            tokens = min(float(self.burst), tokens + (time - at) * self.refill) - 1.0
            at = time
            if tokens < -1e-6:
                return False
        self.taken = times
        return True


class VirtualEc2(Ec2):
    """Calls of one batch begin at the same instant; the batch ends with the longest of them."""

    def parallel(self, thunks: Sequence[Callable[[], Result]]) -> list[Result | AwsError]:
        clock: Any = self.clock
        start = end = clock.now
        results: list[Result | AwsError] = []
        for thunk in thunks:
            clock.now = start
            try:
                results.append(thunk())
            except AwsError as error:
                results.append(error)
            end = max(end, clock.now)
        clock.now = end
        return results
