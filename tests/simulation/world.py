# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole system, built for one schedule and run to its end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import Verdict
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.tests.simulation.agent import Agent
from ansible_collections.netops.floating_ip.tests.simulation.client import Client
from ansible_collections.netops.floating_ip.tests.simulation.clocks import Here, simulated
from ansible_collections.netops.floating_ip.tests.simulation.cloud import Cloud
from ansible_collections.netops.floating_ip.tests.simulation.deeds import Deeds
from ansible_collections.netops.floating_ip.tests.simulation.disk import SimulatedOs
from ansible_collections.netops.floating_ip.tests.simulation.host import Host, Hosts
from ansible_collections.netops.floating_ip.tests.simulation.kernel import Kernel
from ansible_collections.netops.floating_ip.tests.simulation.people import People
from ansible_collections.netops.floating_ip.tests.simulation.record import Record
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    STRANGER,
    Schedule,
    definition,
)
from ansible_collections.netops.floating_ip.tests.simulation.scribe import Scribe
from ansible_collections.netops.floating_ip.tests.simulation.wires import OPERATOR, Wires

QUIET = 6.0  # seconds without a fault in which nothing wrong may come of what was
LONGEST_QUIET = 100.0  # until then everything must be well again
APART = 0.13  # seconds between the starts of two observers


class World:
    """Every part of it. `run` gives the evidence."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        setup = schedule.setup
        self.definition = definition(setup)
        self.kernel = Kernel()
        self.wires = Wires(schedule.seed)
        self.cloud = Cloud(setup, schedule.seed, lambda: self.kernel.now)
        self.disks = SimulatedOs()
        names = dict.fromkeys((*setup.target_names, *setup.observer_names))
        self.hosts = Hosts({one: self._host(one) for one in names})
        self.clients = {one: self._client(one) for one in (*names, OPERATOR)}
        self.here = Here()
        observers = setup.observer_names
        self.scribe = Scribe(schedule, self.cloud, setup, self.hosts, self.clients)
        self.record: Record = self.scribe.record
        self.people = People(
            self.definition, self.hosts, observers, self.wires, self.clients, self.record, self.here
        )
        self.agents = {name: self._agent(name) for name in observers}
        self.deeds = Deeds(self)

    def _host(self, name: str) -> Host:
        return Host(name, self.kernel, self.wires, self.disks)

    def _client(self, name: str) -> Client:
        return Client(name, name, self.cloud, self.wires, self.kernel)

    def _agent(self, name: str) -> Agent:
        target = name if name in self.schedule.setup.target_names else None
        return Agent(
            self.hosts[name],
            target,
            self.clients[name],
            self.hosts.shows,
            self.definition,
            self._told,
            self.scribe.turned,
            self.scribe.started,
        )

    def run(self) -> Record:
        with simulated(self.disks, self.here):
            try:
                self._play()
                self._calm_down()
            finally:
                self.kernel.close()
        return self.record

    def _play(self) -> None:
        for number, agent in enumerate(self.agents.values()):
            self.kernel.at(APART * number, agent.start)
        for step in self.schedule.steps:
            self.kernel.at(step.at, partial(self.deeds.do, step))
        self.kernel.run(self.schedule.end)

    def _calm_down(self) -> None:
        """The last fault has ended: now everything must get well."""
        kernel, start = self.kernel, self.schedule.end
        kernel.run(start + 0.5)
        self.people.tidy()
        kernel.run(start + QUIET)
        while not self._is_settled() and kernel.now < start + LONGEST_QUIET:
            kernel.run(kernel.now + 1.0)
        self.record.settled = self._is_settled()
        self.record.discontent = tuple(self._discontent())
        self.scribe.close(self.agents)

    def _is_settled(self) -> bool:
        """Whether every cell that no stranger has leads to one target, and everyone knows it."""
        points = {one for one in self.cloud.points() if one != STRANGER}
        holder = self.cloud.interfaces.get(points.pop() or "") if len(points) == 1 else None
        if len(points) > 1 and self.schedule.setup.on_drift == "report":
            return all(agent.process is not None for agent in self.agents.values())
        if not points and holder is None and STRANGER in self.cloud.points():
            return True
        return holder is not None and all(
            self._is_content(agent, holder) for agent in self.agents.values()
        )

    def _discontent(self) -> Iterator[str]:
        holder = self.cloud.holder()
        for name, agent in self.agents.items():
            if holder is None or not self._is_content(agent, holder):
                yield name

    @staticmethod
    def _is_content(agent: Agent, holder: str) -> bool:
        if agent.process is None or agent.watch.busy:
            return False
        decision = agent.watch.decision
        if decision is None or decision.verdict is not Verdict.HOLD:
            return False
        return agent.watch.context.holder == holder

    def is_absent(self, name: str) -> None:
        """From now on the process there does not run, and so does not look at its clock."""
        agent = self.agents.get(name)
        if agent is not None and agent.absent_since is None:
            agent.absent_since = self.kernel.now

    def _told(self, agent: Agent, event: Event) -> None:
        self.scribe.told(agent, event)
        if event.kind is Kind.PROBLEM and "mistake" in event.sentence:
            self.record.mistakes.append(event.sentence)


def play(schedule: Schedule) -> Record:
    return World(schedule).run()
