# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes down what happens, while it happens."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Look
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import Verdict
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._store.document import Unusable
from ansible_collections.netops.floating_ip.plugins.module_utils._store.format import context_of
from ansible_collections.netops.floating_ip.tests.simulation.agent import Agent
from ansible_collections.netops.floating_ip.tests.simulation.client import Client, Tried
from ansible_collections.netops.floating_ip.tests.simulation.cloud import Cloud
from ansible_collections.netops.floating_ip.tests.simulation.host import Host, Hosts
from ansible_collections.netops.floating_ip.tests.simulation.record import (
    Announced,
    Life,
    Observed,
    Record,
    Seen,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    NAME,
    STRANGER,
    Schedule,
    Setup,
)


def _is_paused(host: Host) -> bool:
    return f"{NAME}.pause.json" in host.disk.files


def stored_context(host: Host) -> Context | None:
    """What a context's file says; None where it says nothing."""
    file = host.disk.files.get(f"{NAME}.json")
    if file is None or any(host.disk.has(fault) for fault in host.disk.faults):
        return None
    return _told_by(file.data)


@functools.lru_cache(maxsize=64)  # every write asks, and the file is mostly the same
def _told_by(data: bytes) -> Context | None:
    try:
        return context_of(data)
    except Unusable:
        return None


class Scribe:
    """Fills a `Record`."""

    def __init__(
        self,
        schedule: Schedule,
        cloud: Cloud,
        setup: Setup,
        hosts: Hosts,
        clients: Mapping[str, Client],
    ) -> None:
        self.hosts, self.clients, self.cloud = hosts, clients, cloud
        self.observed = {
            name: Observed(name, name if name in setup.target_names else None)
            for name in setup.observer_names
        }
        self.record = Record(schedule, cloud, self.observed)
        self._looks: dict[str, Look | None] = {}
        self._last_seen: dict[str, float] = {}
        for name, one in self.observed.items():
            one.tried, one.answered = clients[name].tried, clients[name].answered
            clients[name].on_tried = self._tried(hosts[name])

    @staticmethod
    def _tried(host: Host) -> Callable[[Tried], None]:
        def note(tried: Tried) -> None:
            context = stored_context(host)
            tried.stored = None if context is None else context.intent
            tried.is_paused = _is_paused(host)

        return note

    def started(self, agent: Agent) -> None:
        """A process of an observer has begun."""
        name, now = agent.host.name, agent.host.kernel.now
        gap = now - self._last_seen.get(name, -math.inf)
        one, stored = self.observed[name], stored_context(agent.host)
        life = Life(now, agent.host.boot_id, gap, agent.goes_on, one.context, stored)
        one.lives.append(replace(life, context=agent.watch.context))
        self._looks[name] = None
        self._last_seen[name] = now

    def turned(self, agent: Agent) -> None:
        """An observer has taken a turn."""
        one, now = self.observed[agent.host.name], agent.host.kernel.now
        self._last_seen[one.host] = now
        if agent.prober.probed:
            one.probed += agent.prober.probed
            agent.prober.probed.clear()
        one.context = agent.watch.context
        decision = agent.watch.decision
        if decision is not None and decision.verdict is Verdict.HOLD:
            one.last_reason, one.is_alarmed = decision.reason, decision.alarm
        look = agent.watch.look
        if look is not None and look is not self._looks.get(one.host):
            self._looks[one.host] = look
            one.seen.append(self._seen(agent, look))

    def _seen(self, agent: Agent, look: Look) -> Seen:
        now = agent.host.kernel.now
        points = tuple(reading.points_at for reading in look.readings)
        ours = [r for r in look.readings if r.points_at != STRANGER or r.blackhole]
        owners = {self.cloud.interfaces.get(reading.points_at or "") for reading in ours}
        holder = owners.pop() if len(owners) == 1 else None
        dead = any(reading.blackhole for reading in look.readings)
        began = look.at + now - agent.host.clock()
        return Seen(now, began, points, dead, holder, look.error is not None)

    def told(self, agent: Agent, event: Event) -> None:
        name, now = agent.host.name, agent.host.kernel.now
        shown = replace(event, at=now, sentence=f"[{name}] {event.sentence}")
        self.record.events.append((now, name, shown))
        one = self.observed[name]
        if event.kind is Kind.INTENT:
            before = one.context.intent
            self.turned(agent)
            one.moves.append(self._announced(agent, event, before))

    def _announced(self, agent: Agent, event: Event, before: Intent | None) -> Announced:
        host, watch = agent.host, agent.watch
        context, decision, look = watch.context, watch.decision, watch.look
        assert context.intent is not None and decision is not None and look is not None
        stored = stored_context(host)
        cells = decision.cells if decision.verdict is Verdict.REPAIR else ()
        return Announced(
            host.kernel.now,
            host.name,
            str(event.target),
            context.intent,
            before,
            event.sentence,
            self._seen(agent, look),
            look,
            None if stored is None else stored.drained,
            context.drained,
            _is_paused(host),
            not agent.unknown or agent.target is None,
            tuple(cell.id for cell in cells),
            agent.jobs.number + 1,
            decision.alarm,
        )

    def close(self, agents: Mapping[str, Agent]) -> None:
        """The end: what each observer believes."""
        self.record.ended = next(iter(self.hosts.values())).kernel.now
        for agent in agents.values():
            self.record.mistakes += agent.mistakes
            if agent.process is not None:
                self.turned(agent)
