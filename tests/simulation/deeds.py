# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a step of a schedule does to the world, and what undoes it."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import TYPE_CHECKING

from ansible_collections.netops.floating_ip.tests.simulation import cloud as ec2
from ansible_collections.netops.floating_ip.tests.simulation import host as hosts
from ansible_collections.netops.floating_ip.tests.simulation.client import Tried
from ansible_collections.netops.floating_ip.tests.simulation.human_deeds import HumanDeeds
from ansible_collections.netops.floating_ip.tests.simulation.schedule import NAME, Step
from ansible_collections.netops.floating_ip.tests.simulation.undo import Undo, counted, listed

if TYPE_CHECKING:
    from ansible_collections.netops.floating_ip.tests.simulation.world import World

SERVICE = {
    "stop service": hosts.STOPPED,
    "hang service": hosts.HUNG,
    "break service": hosts.BROKEN,
}
EC2 = {
    "EC2 down": ec2.DOWN,
    "EC2 throttles": ec2.THROTTLED,
    "EC2 fails after the change": ec2.FAILS_AFTER,
    "EC2 denies writes": ec2.DENIED,
}
DISK = {"disk full": "full", "disk unreadable": "unreadable", "disk hangs": "hanging"}


class Deeds(HumanDeeds):
    """One method for each kind of step; it returns how to undo what lasts."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kept_down: collections.Counter[str] = collections.Counter()  # agents, by host

    def do(self, step: Step) -> None:
        """Begin it now, and end it when it is over."""
        undo = self._begun(step)
        if undo is not None:
            self.world.kernel.at(step.until, undo)

    def _begun(self, step: Step) -> Undo:
        if step.do in SERVICE:
            return counted(self.world.hosts[step.who].troubles, SERVICE[step.do])
        if step.do in EC2:
            return counted(self.world.cloud.faults.kinds, EC2[step.do])
        if step.do in DISK:
            return self._disk_fault(step)
        return KINDS[step.do](self, step)

    def _disk_fault(self, step: Step) -> Undo:
        disk, fault = self.world.hosts[step.who].disk, DISK[step.do]
        disk.faults[fault] = disk.faults.get(fault, 0) + 1

        def mend() -> None:
            disk.faults[fault] -= 1
            disk.answer()

        return mend

    def slow_service(self, step: Step) -> Undo:
        return listed(self.world.hosts[step.who].slowness, step.value)

    def flap(self, step: Step) -> Undo:
        """The service stops and starts, `value` seconds each."""
        troubles, at = self.world.hosts[step.who].troubles, step.at
        while at < step.until:
            self.world.kernel.at(at, lambda: troubles.update([hosts.STOPPED]))
            back = min(at + step.value, step.until)
            self.world.kernel.at(back, lambda: troubles.subtract([hosts.STOPPED]))
            at += 2 * step.value
        return None

    def power_off(self, step: Step) -> Undo:
        """`value`: so many seconds later AWS calls its routes blackholes; zero: it never does."""
        world, host = self.world, self.world.hosts[step.who]
        undo = counted(host.troubles, hosts.OFF)
        self._agent_dies(step.who)
        is_noticed = 0.0 < step.value < step.lasts
        if is_noticed:
            world.kernel.at(step.at + step.value, lambda: world.cloud.bury(f"eni-{step.who}"))

        def on() -> None:
            undo()
            world.cloud.bury(f"eni-{step.who}", -int(is_noticed))
            if host.is_on:
                host.boot()
                world.kernel.at(world.kernel.now + 1.0, lambda: self._agent_starts(step.who))

        return on

    def freeze(self, step: Step) -> Undo:
        world, host = self.world, self.world.hosts[step.who]
        if not host.is_frozen:
            host.frozen_at = step.at
            world.is_absent(step.who)
        host.thaws_at = max(host.thaws_at, step.until)
        return counted(host.troubles, hosts.FROZEN)

    def suspend_agent(self, step: Step) -> Undo:
        agent = self.world.agents.get(step.who)
        if agent is not None and agent.process is not None:
            agent.process.stopped_until = max(agent.process.stopped_until, step.until)
            self.world.is_absent(step.who)
        return None

    def kill_agent(self, step: Step) -> Undo:
        return self._down(step.who)

    def kill_at_write(self, step: Step) -> Undo:
        """The agent dies as it has just sent its write number `value` from now on."""
        client = self.world.clients[step.who]
        left = [int(step.value)]

        def count(_tried: Tried) -> None:
            left[0] -= 1
            if left[0] == 0:
                client.on_write = lambda tried: None
                self.world.kernel.at(self.world.kernel.now + step.lasts, self._down(step.who))

        client.on_write = count

        def over() -> None:
            client.on_write = lambda tried: None

        self.world.kernel.at(step.until, over)
        return None

    def identity_unknown(self, step: Step) -> Undo:
        """The metadata service does not answer."""
        agent = self.world.agents[step.who]

        def count(by: int) -> None:
            agent.unknown += by
            agent.identify()

        count(1)
        return lambda: count(-1)

    def end_window(self, step: Step) -> Undo:
        agent = self.world.agents.get(step.who)
        if agent is not None:
            agent.end_window()
        return None

    def cut(self, step: Step) -> Undo:
        wire = self.world.wires.wire(step.who, step.to)
        wire.cuts += 1

        def mend() -> None:
            wire.cuts -= 1

        return mend

    def isolate(self, step: Step) -> Undo:
        return counted(self.world.wires.isolated, step.who)

    def no_route(self, step: Step) -> Undo:
        return counted(self.world.wires.no_route, step.who)

    def slow_wire(self, step: Step) -> Undo:
        return listed(self.world.wires.wire(step.who, step.to).delays, step.value)

    def lossy_wire(self, step: Step) -> Undo:
        return listed(self.world.wires.wire(step.who, step.to).losses, step.value)

    def ec2_slow(self, step: Step) -> Undo:
        return listed(self.world.cloud.faults.delays, step.value)

    def ec2_lags(self, step: Step) -> Undo:
        return listed(self.world.cloud.faults.lags, step.value)

    def table_closed(self, step: Step) -> Undo:
        """A policy denies every write to one table."""
        return counted(self.world.cloud.faults.closed, step.who)

    def blackhole(self, step: Step) -> Undo:
        """AWS calls it dead though the host is well: a detached interface, or AWS's mistake."""
        self.world.cloud.bury(f"eni-{step.who}")
        return lambda: self.world.cloud.bury(f"eni-{step.who}", -1)

    def tear_context(self, step: Step) -> Undo:
        for name in (f"{NAME}.json", f"{NAME}.pause.json"):
            self.world.hosts[step.who].disk.tear(name)
        return None

    def step_clock(self, step: Step) -> Undo:
        self.world.hosts[step.who].wall += step.value
        return None

    def _down(self, who: str) -> Callable[[], None]:
        self.kept_down[who] += 1
        self._agent_dies(who)

        def up() -> None:
            self.kept_down[who] -= 1
            self._agent_starts(who)

        return up

    def _agent_dies(self, who: str) -> None:
        if who in self.world.agents:
            self.world.agents[who].kill()

    def _agent_starts(self, who: str) -> None:
        agent = self.world.agents.get(who)
        if agent is None or agent.process is not None or self.kept_down[who]:
            return
        if self.world.hosts[who].is_on:
            agent.start()


KINDS: dict[str, Callable[[Deeds, Step], Undo]] = {
    "slow service": Deeds.slow_service,
    "flap": Deeds.flap,
    "power off": Deeds.power_off,
    "freeze": Deeds.freeze,
    "suspend agent": Deeds.suspend_agent,
    "kill agent": Deeds.kill_agent,
    "kill agent at write": Deeds.kill_at_write,
    "end window": Deeds.end_window,
    "identity unknown": Deeds.identity_unknown,
    "cut": Deeds.cut,
    "isolate": Deeds.isolate,
    "no route": Deeds.no_route,
    "slow wire": Deeds.slow_wire,
    "lossy wire": Deeds.lossy_wire,
    "EC2 slow": Deeds.ec2_slow,
    "EC2 lags": Deeds.ec2_lags,
    "table closed": Deeds.table_closed,
    "blackhole": Deeds.blackhole,
    "tear context": Deeds.tear_context,
    "step clock": Deeds.step_clock,
    "runbook": Deeds.runbook,
    "move by hand": Deeds.by_hand,
    "drain": Deeds.drain,
    "pause": Deeds.pause,
    "reset": Deeds.reset,
    "rival": Deeds.rival,
    "reverter": Deeds.reverter,
}
