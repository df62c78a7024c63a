# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The monitor on a host: the real loop, engine, operations and store, called when time has come.

The loop's turn starts probes, waits, folds in what ended, and decides. Here nothing can wait in the
middle of a turn, so a turn is taken at each moment at which there is something to start or to fold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import Observer
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import assemble
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.events import Reporter
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.handover import (
    hand_over,
    taken_over,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.watch import Watch
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.window import Window
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.announce import (
    NewestCheck,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.simulation.client import Client, SimulatedEc2
from ansible_collections.netops.floating_ip.tests.simulation.host import Host
from ansible_collections.netops.floating_ip.tests.simulation.prober import SimulatedProber
from ansible_collections.netops.floating_ip.tests.simulation.process import (
    Jobs,
    Process,
    Store,
)

ROUNDING = 1e-6  # seconds: what is due by the host's clock is due by the world's, too
START = 0.3  # seconds that a process takes to begin
TICK = 0.125  # seconds: so often a prober with probes under way looks at its clock


@dataclass
class Agent:
    """`told` gets every event; `turned` is called after each turn, `started` at a start."""

    host: Host
    target: str | None
    client: Client
    shows: Callable[..., Any]
    definition: Any
    told: Callable[[Agent, Event], None]
    turned: Callable[[Agent], None]
    started: Callable[[Agent], None]
    process: Process | None = None
    environment: dict[str, str] = field(default_factory=dict)  # what a window leaves the next one
    stalled_until: float = 0.0
    absent_since: float | None = None  # the loop did not even look at its clock from then on
    wakes: int = field(default=0)
    due: float = 0.0
    goes_on: bool = False  # the process that starts now is the next window of the last one
    unknown: int = 0  # reasons why nobody can tell which target this host is
    mistakes: list[str] = field(default_factory=list)

    @property
    def _running(self) -> Process:
        assert self.process is not None
        return self.process

    def start(self) -> None:
        host, kernel = self.host, self.host.kernel
        self.process = process = Process(host, kernel.now)
        self.stalled_until = 0.0
        self.window = Window(0.0, host.clock())
        self.prober = SimulatedProber(
            host.clock, lambda: kernel.now, lambda request: self.shows(host, request)
        )
        self.jobs = Jobs(kernel, process, lambda: self.wake_at(kernel.now))

        report = self._reporter(process)
        seed = f"{host.name} {kernel.now}"
        ec2 = SimulatedEc2(self.client, host.clock, seed, report.call)
        try:
            self.loop = self._assembled(report, Edge(lambda aws: ec2, host.clock))
        except Exception as error:  # noqa: BLE001 - the process ends, and its timer starts another
            self._fails(error)
            return
        self.watch: Watch = next(iter(self.loop.watches.values()))
        self.started(self)
        self.identify()
        assemble.begin(self.loop)
        self.wake_at(kernel.now)

    def _reporter(self, process: Process) -> Reporter:
        def sink(event: Event) -> None:
            if process.is_alive:
                self.told(self, event)

        return Reporter(sink, self.host.clock, self.host.wall_time)

    def _fails(self, error: Exception) -> None:
        now = self.host.kernel.now
        self.mistakes.append(f"at {now:.2f} the monitor on {self.host.name} ended by {error!r}")
        self.kill()

    def _assembled(self, report: Reporter, edge: Edge) -> Any:
        host = self.host
        parts = assemble.Parts(
            self.prober,
            self.jobs,
            edge,
            Store(host, self._running, self._stall),
            report,
            host.boot_id,
            lambda name, epoch: NewestCheck(FileStore(host.directory), name, epoch),
            lambda name, status: None,
            taken_over(self.environment),
        )
        return assemble.assemble([self.definition], self.target, parts)

    def identify(self) -> None:
        """Tell the monitor which target this host is, or that nobody can tell."""
        if self.process is not None and self.target is not None:
            known = Observer(self.target) if not self.unknown else Observer(None, is_known=False)
            self.watch.observer = known

    def kill(self) -> None:
        self.wakes += 1
        if self.process is not None:
            self.process.is_alive = False
        self.process = None

    def end_window(self) -> None:
        """Save everything and start anew, as soon as that does no harm."""
        if self.process is not None:
            self.window.ask(self.host.clock())
            self.wake_at(self.host.kernel.now)

    def wake_at(self, moment: float) -> None:
        """Take a turn then, in the world's time; whatever was planned before is off."""
        self.wakes += 1
        self.due = moment
        self.host.kernel.at(moment, partial(self._wake, self.wakes))

    def _wake(self, number: int) -> None:
        process, now = self.process, self.host.kernel.now
        if process is None or number != self.wakes:
            return
        resumes = max(process.resumes_at(), self.stalled_until)
        if resumes > now:
            self.host.kernel.at(resumes, partial(self._wake, number))
            return
        self._turn(now)

    def _turn(self, now: float) -> None:
        offset = now - self.host.clock()
        due = self.due if self.absent_since is None else min(self.due, self.absent_since)
        self.absent_since = None
        self.prober.goes_on(due - offset)
        if self.window.is_over(self.loop.watches.values(), self.loop.under_way, self.host.clock()):
            self.turned(self)
            self._renew()
            return
        try:
            self.loop.turn()
        except Exception as error:  # noqa: BLE001 - the process ends, and its timer starts another
            self._fails(error)
            return
        self.turned(self)
        local = min(self.prober.until, self.watch.next_round, self.prober.next_due)
        self.wake_at(max(now, local + offset) + ROUNDING)

    def _renew(self) -> None:
        """The process executes itself again."""
        self.environment = {}
        assemble.end(self.loop, is_renewal=True)
        hand_over(self.loop.watches.values(), self.environment)
        self.kill()
        kernel, number = self.host.kernel, self.wakes
        kernel.at(kernel.now + START, lambda: self._begin_window(number))

    def _begin_window(self, number: int) -> None:
        if self.process is None and number == self.wakes and self.host.is_on:
            self.goes_on = True
            self.start()
            self.goes_on = False

    def _stall(self, seconds: float) -> None:
        now = self.host.kernel.now
        self.stalled_until, self.absent_since = max(self.stalled_until, now + seconds), now
