# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts around a virtual monitor: scripted targets, jobs, an outage of EC2."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
    FloatingIp,
    Policy,
    Probe,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import (
    Done,
    ProbeRequest,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    Fault,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_time import (  # noqa: E501 - the path of a module
    Clock,
)

MARKS = {
    "+": Evidence.PASSED,
    "x": Evidence.REFUSED,
    "-": Evidence.TIMEOUT,
    "?": Evidence.UNKNOWN,
}
UNREACHABLE = Fault("unreachable", "EndpointConnectionError")
TABLES = ("rtb-1", "rtb-2")
START = 1000.0
PROMPT = 0.002  # seconds until a peer that answers has answered
Script = Callable[[float], str]  # seconds since the start -> a mark


def always(mark: str) -> Script:
    return lambda seconds: mark


def until(moment: float, before: str, after: str) -> Script:
    return lambda seconds: before if seconds < moment else after


def floating_ip(name: str = "db", number: int = 10, **more: Any) -> FloatingIp:
    return FloatingIp(
        name,
        (f"100.64.10.{number}",),
        (
            Target("a", network_interface_id="eni-a", probe_address="192.0.2.1"),
            Target("b", network_interface_id="eni-b", probe_address="192.0.2.2"),
        ),
        aws=more.pop("aws", Aws("eu-west-1")),
        route_tables=RouteTables(ids=TABLES),
        probe=more.pop("probe", Probe()),
        policy=more.pop("policy", Policy()),
        **more,
    )


class Killed(BaseException):
    """The process dies here."""


class Scripted:
    """A prober whose targets do what their scripts say. Moves the clock to what comes next."""

    def __init__(self, clock: Clock, scripts: Mapping[str, Script]) -> None:
        self.scripts = dict(scripts)
        self.started: list[tuple[float, ProbeRequest]] = []
        self._clock = clock
        self._order = itertools.count()
        self._due: list[tuple[float, int, Done | None]] = []

    def start(self, request: ProbeRequest) -> None:
        now = self._clock.now
        self.started.append((now - START, request))
        name = request.target.split(" ")[0]
        mark = self.scripts[name](now - START)
        seconds = request.limit if mark == "-" else float(mark) if mark[0].isdigit() else PROMPT
        evidence = MARKS.get(mark, Evidence.PASSED)
        result = ProbeResult(request.target, evidence, evidence.value, now, now + seconds)
        self._push(now + seconds, Done(request, result))

    def wake_at(self, moment: float) -> None:
        self._push(moment, None)

    def wait_done(self, until: float) -> Sequence[Done]:
        end = min(until, self._due[0][0]) if self._due else until
        self._clock.now = max(self._clock.now, end)
        done = []
        while self._due and self._due[0][0] <= self._clock.now:
            one = heapq.heappop(self._due)[2]
            if one is not None:
                done.append(one)
        return done

    def _push(self, moment: float, done: Done | None) -> None:
        heapq.heappush(self._due, (moment, next(self._order), done))


@dataclass
class VirtualJobs:
    """Jobs that are worked out at once and whose results arrive when their calls have ended."""

    clock: Clock
    cloud_clock: Clock
    prober: Scripted
    ended: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    submitted: list[float] = field(default_factory=list)  # seconds since the start

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.submitted.append(self.clock.now - START)
        self.cloud_clock.now = self.clock.now
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - what a thread pool does too
            self._end(failed, error)
        else:
            self._end(done, result)

    def _end(self, call: Callable[[Any], None], value: Any) -> None:
        self.ended.append((self.cloud_clock.now, lambda: call(value)))
        self.prober.wake_at(self.cloud_clock.now)

    def finished(self) -> Iterator[Callable[[], None]]:
        ready = [one for one in self.ended if one[0] <= self.clock.now]
        self.ended = [one for one in self.ended if one[0] > self.clock.now]
        for _moment, call in ready:
            yield call

    def wait(self, seconds: float) -> None:
        soonest = min((moment for moment, _call in self.ended), default=float("inf"))
        self.clock.now = max(self.clock.now, min(soonest, self.clock.now + seconds))

    @property
    def under_way(self) -> int:
        return len(self.ended)


class Outage(dict[int, Fault]):
    """No call gets through while it is `on`."""

    on = False

    def get(self, key: int, default: Any = None) -> Any:
        return UNREACHABLE if self.on else default


def in_other_region(definition: FloatingIp) -> FloatingIp:
    return replace(definition, aws=Aws("eu-west-2"))
