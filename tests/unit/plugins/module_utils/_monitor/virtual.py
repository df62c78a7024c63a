# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A monitor in virtual time: the real loop, engine, operations and file store; all else is fake.

Targets are probed by scripts, EC2 is the fake one of the operations' tests, jobs take as long as
their calls. Nothing sleeps; a minute takes milliseconds.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Sequence
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import assemble
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.events import Reporter
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.handover import (
    Handover,
    hand_over,
    taken_over,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.host import Host
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.loop import Loop
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.window import Window
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.announce import (
    NewestCheck,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._store.bounded import BoundedStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    START,
    TABLES,
    Killed,
    Outage,
    Script,
    Scripted,
    VirtualJobs,
    always,
    floating_ip,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_network import (  # noqa: E501 - the path of a module
    Eni,
    Network,
    Table,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_time import (  # noqa: E501 - the path of a module
    Clock,
)

START_TAKES = 0.4  # seconds from the end of a window to the first turn of the next


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
        self.window: Window | None = None  # of no monitor as yet: see `in_windows`
        self.renewed: list[float] = []  # seconds since the start
        self.runtime = directory / "runtime"
        enis = [Eni("eni-a"), Eni("eni-b", address="10.0.1.11"), Eni("eni-x")]
        state = {
            (t, destination(d.addresses[0])): "eni-a" for t in TABLES for d in self.definitions
        }
        self.cloud = FakeEc2(Network([Table(one) for one in TABLES], enis, state), Clock(START))
        self.outage = self.cloud.faults = Outage()
        self.loop = self.start()

    def start(self, handover: Handover | None = None) -> Loop:
        """A new process on the same host; or the next window of one, if it was handed over to."""
        self.prober = Scripted(self.clock, self.scripts)
        self.jobs = VirtualJobs(self.clock, self.cloud.clock, self.prober)
        ec2 = self.cloud.edge_ec2()
        report = Reporter(self.events.append, self.clock, lambda: self.wall)
        parts = assemble.Parts(
            self.prober,
            self.jobs,
            Edge(lambda aws: ec2, self.cloud.clock),
            BoundedStore(self.store()),
            report,
            self.boot,
            lambda name, epoch: NewestCheck(self.store(), name, epoch),
            self.told.__setitem__,
            handover,
            Host(report, str(self.runtime)),
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
            if self.window is not None and self.window.is_over(
                self.loop.watches.values(), self.loop.under_way, self.clock.now
            ):
                self.renew(START_TAKES)
        return self

    def in_windows(self, seconds: float) -> Stage:
        """From now on the monitor begins anew so often."""
        self.window = Window(seconds, self.clock.now)
        return self

    def restart(self, after: float) -> None:
        """A new process, so many seconds after the old one died."""
        self.clock.now += after
        self.cloud.seen_calls.clear()
        self.loop = self.start()

    def renew(self, after: float) -> None:
        """The next window: the same process, so many seconds later at its first turn."""
        self.renewed.append(self.seconds)
        assemble.end(self.loop, is_renewal=True)
        environment: dict[str, str] = {}
        hand_over(self.loop.watches.values(), environment)
        self.clock.now += after
        started = self.prober.started
        self.loop = self.start(taken_over(environment))
        self.prober.started[:0] = started
        if self.window is not None:
            self.in_windows(self.window.seconds)

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
