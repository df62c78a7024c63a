# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stage of the demo: what runs on it, and how a step sees whether its part has come true."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind

from ..emulator.client import Emulator
from . import plan, ports
from .commands import Commands, Process, StepFailed, wait_until
from .lab import Lab, State, holders
from .telling import read_events


@dataclass
class Stage:
    """What the steps share. They fill it in as they go."""

    commands: Commands
    emulator: Emulator
    probe_port: int
    router_port: int
    before: State = field(default_factory=dict)
    lab: Lab | None = None
    servers: dict[str, Process] = field(default_factory=dict)
    monitor: Process | None = None
    steps: list[Event] = field(default_factory=list)

    @property
    def router(self) -> str:
        return f"127.0.0.1:{self.router_port}"

    def state(self) -> State:
        return self.emulator.state(plan.REGION)

    def the_lab(self) -> Lab:
        if self.lab is None:
            raise StepFailed("there is no lab yet: its step did not run")
        return self.lab

    def serve(self, names: Iterable[str]) -> None:
        """Start these web servers, and wait until they listen."""
        for name in names:
            argv = plan.web_server(name, self.probe_port)
            self.servers[name] = self.commands.start(name, argv)
        for name in names:
            self.await_port(name, plan.TARGETS[name], self.probe_port)

    def crash(self, name: str) -> None:
        """End a web server as its crash would."""
        server = self.servers.pop(name)
        self.commands.say(f"$ kill -9 {server.popen.pid}")
        self.commands.kill(server)

    def await_port(self, what: str, address: str, port: int) -> None:
        wait_until(f"{what} listens", lambda: ports.listens(address, port), plan.PATIENCE)

    def await_answers(self, target: str | None, timeout: float = plan.PATIENCE) -> float:
        """Wait until the client is answered by this server (None: by nobody)."""
        what = f"{target or 'nobody'} answers the client"
        return wait_until(what, lambda: self._answering() == (True, target), timeout)

    def _answering(self) -> tuple[bool, str | None]:
        self.commands.check()
        told = read_events(plan.CLIENT_EVENTS)
        return (True, told[-1].target) if told else (False, None)

    def await_held_by(self, target: str | None) -> None:
        """Wait until the emulator has every table lead to this target; None: to nothing."""
        what = f"every route table leads to {target or 'nothing'}"
        wait_until(what, lambda: set(self.holders().values()) == {target}, plan.PATIENCE)

    def holders(self) -> dict[str, str | None]:
        return holders(self.state(), self.the_lab())

    def told_by_monitor(self, kind: Kind, since: float = 0.0) -> list[Event]:
        self.commands.check()
        found = read_events(plan.MONITOR_EVENTS)
        return [event for event in found if event.kind is kind and event.at >= since]

    def outages(self, since: float) -> list[Event]:
        """The stretches after `since` in which nobody answered the client."""
        found = read_events(plan.CLIENT_EVENTS)
        return [e for e in found if e.kind is Kind.LOST and e.data["from"] >= since]

    def all_events(self) -> list[Event]:
        """Everyone's events so far: the steps', the client's and the monitor's."""
        theirs: list[Event] = []
        for path in (plan.CLIENT_EVENTS, plan.MONITOR_EVENTS):
            with contextlib.suppress(ValueError):  # a step has failed by this already
                theirs += read_events(path)
        return [*self.steps, *theirs]
