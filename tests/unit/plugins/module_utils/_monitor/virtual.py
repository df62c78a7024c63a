# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A monitor in virtual time: the real loop, engine, operations and file store; all else is fake.

Targets are probed by scripts, EC2 is the fake one of the operations' tests, jobs take as long as
their calls. Nothing sleeps; a minute takes milliseconds.
"""

from __future__ import annotations

import heapq
import itertools
import pathlib
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
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import assemble
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.events import Reporter
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.loop import Loop
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.announce import (
    NewestCheck,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import (
    Done,
    ProbeRequest,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._store.bounded import BoundedStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    Fault,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_network import (  # noqa: E501 - the path of a module
    Eni,
    Network,
    Table,
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

    def close(self) -> None:
        self.clock.now = max([self.clock.now, *(moment for moment, _call in self.ended)])


class Outage(dict[int, Fault]):
    """No call gets through while it is `on`."""

    on = False

    def get(self, key: int, default: Any = None) -> Any:
        return UNREACHABLE if self.on else default


class Stage:
    """Everything around one monitor; it may be killed and started again."""

    def __init__(
        self, directory: pathlib.Path, *definitions: FloatingIp, **scripts: Script
    ) -> None:
        self.directory = directory
        self.definitions = definitions or (floating_ip(),)
        self.scripts = {"a": always("+"), "b": always("+"), **scripts}
        self.clock = Clock(START)
        self.wall = "2026-01-31T12:00:00.000Z"
        self.boot = "boot"
        self.target: str | None = None
        self.events: list[Event] = []
        self.told: dict[str, dict[str, Any]] = {}
        self.timeline: list[tuple[float, Callable[[], None]]] = []
        enis = [Eni("eni-a"), Eni("eni-b", address="10.0.1.11"), Eni("eni-x")]
        state = {
            (t, destination(d.addresses[0])): "eni-a" for t in TABLES for d in self.definitions
        }
        self.cloud = FakeEc2(Network([Table(one) for one in TABLES], enis, state), Clock(START))
        self.outage = self.cloud.faults = Outage()
        self.loop = self.start()

    def start(self) -> Loop:
        """A new process on the same host."""
        self.prober = Scripted(self.clock, self.scripts)
        self.jobs = VirtualJobs(self.clock, self.cloud.clock, self.prober)
        ec2 = self.cloud.edge_ec2()
        report = Reporter(self.events.append, self.clock, lambda: self.wall)
        parts = assemble.Parts(
            self.prober,
            self.jobs,
            Edge(lambda aws: ec2, self.cloud.clock, self.cloud.clock.sleep),
            BoundedStore(self.store()),
            report,
            self.boot,
            lambda name, epoch: NewestCheck(self.store(), name, epoch),
            self.told.__setitem__,
            lambda: False,
        )
        loop = assemble.assemble(self.definitions, self.target, parts)
        assemble.begin(loop)
        return loop

    def store(self) -> FileStore:
        """What a command beside the monitor opens."""
        return FileStore(str(self.directory))

    def at(self, seconds: float, act: Callable[[], None]) -> None:
        self.timeline.append((START + seconds, act))
        self.timeline.sort(key=lambda one: one[0])

    def run(self, until: float) -> Stage:
        """Play until so many seconds after the start."""
        while self.clock.now < START + until:
            while self.timeline and self.timeline[0][0] <= self.clock.now:
                self.timeline.pop(0)[1]()
            self.loop.turn()
        return self

    def restart(self, after: float) -> None:
        """A new process, so many seconds after the old one died."""
        self.clock.now += after
        self.cloud.seen_calls.clear()
        self.loop = self.start()

    def kill_at(self, condition: Callable[[str, Sequence[str]], bool]) -> None:
        """Die before the call of which this is true: its operation, and those before it."""

        def look(number: int) -> None:
            if condition(self.cloud.calls[number], self.cloud.calls[:number]):
                raise Killed

        self.cloud.seen_calls.append(look)

    @property
    def seconds(self) -> float:
        return self.clock.now - START

    def holders(self, number: int = 0) -> set[str]:
        route = destination(self.definitions[number].addresses[0])
        return {self.cloud.state.get((table, route), "-")[-1:] for table in TABLES}

    def context(self, name: str = "db") -> Context:
        return self.store().load(name).context

    def change(self, change: Callable[[Context], Context], name: str = "db") -> None:
        """What a command writes: into the file, beside the monitor."""
        assert self.store().update(name, change).problem is None

    def point(self, eni: str, table: str | None = None) -> None:
        """Someone moves it without a word to us."""
        route = destination(self.definitions[0].addresses[0])
        tables = TABLES if table is None else (table,)
        self.cloud._commit({(one, route): eni for one in tables}, len(self.cloud.calls), "rival")

    def said(self, kind: Kind) -> list[str]:
        return [event.sentence for event in self.events if event.kind is kind]

    def decided(self, verdict: str) -> list[Event]:
        events = [event for event in self.events if event.kind is Kind.DECISION]
        return [event for event in events if event.data["verdict"] == verdict]

    def moves(self) -> list[tuple[float, str | None]]:
        """The monitor's own moves: when their intent was told, and where to."""
        return [
            (round(event.at - START, 2), event.target)
            for event in self.events
            if event.kind is Kind.INTENT
        ]

    def sentence(self, name: str = "db") -> str:
        return str(self.told[name]["sentence"])


def in_other_region(definition: FloatingIp) -> FloatingIp:
    return replace(definition, aws=Aws("eu-west-2"))
