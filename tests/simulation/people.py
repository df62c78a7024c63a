# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whoever else has a hand in it: operators with their runbooks, and others who do not tell us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import contexts
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.announce import (
    Announced,
    announce,
    conclude,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import look
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    Moved,
    Order,
    move,
    order_problem,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.simulation.client import Client, SimulatedEc2
from ansible_collections.netops.floating_ip.tests.simulation.clocks import Here
from ansible_collections.netops.floating_ip.tests.simulation.host import Host, Hosts
from ansible_collections.netops.floating_ip.tests.simulation.record import Ordered, Record
from ansible_collections.netops.floating_ip.tests.simulation.schedule import NAME, Step
from ansible_collections.netops.floating_ip.tests.simulation.wires import OPERATOR, Wires

ERRAND = 0.05  # seconds that it takes to do something on a host


@dataclass
class Runbook:
    """A process on the operator's machine; it may be interrupted."""

    is_alive: bool = True

    def resumes_at(self) -> float:
        return 0.0


class People:
    """Operators. `observers` are the hosts that a monitor runs on."""

    def __init__(
        self,
        definition: FloatingIp,
        hosts: Hosts,
        observers: Sequence[str],
        wires: Wires,
        clients: Mapping[str, Client],
        record: Record,
        here: Here,
    ) -> None:
        self.definition, self.hosts, self.observers = definition, hosts, observers
        self.wires, self.clients, self.record, self.here = wires, clients, record, here
        self.kernel = clients[OPERATOR].kernel
        self.ec2 = SimulatedEc2(clients[OPERATOR], lambda: self.kernel.now, OPERATOR)

    def begin(self, work: Callable[[], None], dies_after: float = 0.0) -> None:
        """Start a runbook. `dies_after` so many seconds it is interrupted; zero: it is not."""
        process = Runbook()

        def die() -> None:
            process.is_alive = False

        self.kernel.spawn(work, process)
        if dies_after:
            self.kernel.at(self.kernel.now + dies_after, die)

    def runbook(self, step: Step) -> None:
        """The runbook `failover`: tell every observer, move, tell them that it is over."""
        is_forced = step.who == "force"
        host = self.hosts[step.to]
        if not is_forced and not (host.is_serving and self._reaches(host)):
            return
        if not is_forced and any(self._is_drained(name, step.to) for name in self.observers):
            return
        told = self._announced(step.to, is_forced)
        if told is None:
            return
        names = tuple(one.name for one in told)
        ordered = Ordered(self.kernel.now, step.to, names, is_forced)
        self.record.ordered.append(ordered)
        edge = Edge(lambda aws: self.ec2, lambda: self.kernel.now)
        seen = look(edge, [self.definition])[NAME]
        order = Order(self.definition, step.to, seen, overwrite=is_forced)
        problem = order_problem(order)
        state = contexts.WITHDRAWN if problem else contexts.CONCLUDED
        if problem is None:
            (moved,) = move(edge, [order])
            self._done(ordered, moved)
        for one in told:
            self._write(one, contexts.Directive(state))

    def _is_drained(self, name: str, target: str) -> bool:
        return target in contexts.see(self.hosts[name].directory, NAME).context.drained

    def _announced(self, to: str, is_forced: bool) -> list[Host] | None:
        """The observers that know of the move now; None where one could not be told."""
        told = []
        directive = contexts.Directive(
            contexts.ANNOUNCED, "operator", "asked for", destinations={NAME: to}, seconds=60.0
        )
        for name in self.observers:
            if self._write(self.hosts[name], directive):
                told.append(self.hosts[name])
            elif not is_forced:
                for one in told:
                    self._write(one, contexts.Directive(contexts.WITHDRAWN))
                return None
        return told

    def order(self, state: str, target: str | None = None) -> None:
        """Drain, undrain, pause, resume or reset, on every observer that can be reached."""
        directive = contexts.Directive(state, "operator", "maintenance", target)
        for name in self.observers:
            if self._write(self.hosts[name], directive) and state == contexts.RESET:
                self.record.observers[name].resets.append(self.kernel.now)

    def tidy(self) -> None:
        """At the end nothing is paused or drained any more, wherever that had not arrived."""
        steps = self.record.schedule.steps
        drained = dict.fromkeys(step.to for step in steps if step.do == "drain")
        for name in self.observers:
            host = self.hosts[name]
            with self.here.on(host):
                if any(step.do == "pause" for step in steps):
                    self._carry_out(host, contexts.Directive(contexts.RESUMED))
                for target in drained:
                    self._carry_out(host, contexts.Directive(contexts.UNDRAINED, target=target))

    def by_hand(self, step: Step) -> None:
        """`floating-ip move` on a host: only the monitor there is told."""
        host, client = self.hosts[step.who], self.clients[step.who]
        if not host.is_on or not self.hosts[step.to].is_serving:
            return
        ec2 = SimulatedEc2(client_as(client, OPERATOR), host.clock, f"by hand {self.kernel.now}")
        edge = Edge(lambda aws: ec2, host.clock)
        order = Order(self.definition, step.to, look(edge, [self.definition])[NAME])
        if order_problem(order) is not None:
            return
        store = FileStore(host.directory)
        with self.here.on(host):
            announced = announce(store, order, "asked for on the command line")
        ordered = Ordered(self.kernel.now, step.to, (host.name,))
        self.record.ordered.append(ordered)
        results = move(edge, [announced.order])
        self._done(ordered, results[0])
        self._conclude(host, store, announced, results)

    def _done(self, ordered: Ordered, moved: Moved) -> None:
        ordered.done_at = self.kernel.now
        ordered.is_whole, ordered.is_change = not moved.is_partial, moved.is_changed

    def _conclude(
        self, host: Host, store: FileStore, announced: Announced, results: Sequence[Moved]
    ) -> None:
        with self.here.on(host):
            conclude(store, [announced], results)

    def _reaches(self, host: Host) -> bool:
        return host.is_on and not host.is_frozen and not self.wires.isolated[host.name]

    def _write(self, host: Host, directive: contexts.Directive) -> bool:
        self.kernel.sleep(ERRAND)
        if not self._reaches(host):
            return False
        with self.here.on(host):
            return self._carry_out(host, directive)

    @staticmethod
    def _carry_out(host: Host, directive: contexts.Directive) -> bool:
        seen = contexts.see(host.directory, NAME)
        return contexts.carry_out(host.directory, seen, directive).problem is None


def client_as(client: Client, who: str) -> Client:
    """The same host's way to AWS in another program."""
    return Client(client.host, who, client.cloud, client.wires, client.kernel)
