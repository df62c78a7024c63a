# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A host: its clock, its disk, its service, and the monitor on it if it is an observer."""

from __future__ import annotations

import collections
from dataclasses import dataclass, field

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import (
    ProbeRequest,
)
from ansible_collections.netops.floating_ip.tests.simulation.disk import SimulatedOs
from ansible_collections.netops.floating_ip.tests.simulation.kernel import Kernel
from ansible_collections.netops.floating_ip.tests.simulation.prober import Shown
from ansible_collections.netops.floating_ip.tests.simulation.wires import WITNESS, Wires

OFF, FROZEN, STOPPED, HUNG, BROKEN = "off", "frozen", "stopped", "hung", "broken"
OFTEN = 50_000  # questions what time it is
NEVER = 1e9  # seconds: longer than any simulation
UPTIMES = {"a": 10_000.0, "b": 70.0, "c": 3_000_000.0}  # seconds, at the start
NO_ROUTE = Shown(Evidence.UNKNOWN, 0.0002)
SILENCE = Shown(Evidence.TIMEOUT, NEVER)


class Stuck(Exception):
    """Time does not pass for what is being done."""


@dataclass
class Host:
    """`troubles` are counted, as they overlap. `wall` is how far its wall clock is off, in s."""

    name: str
    kernel: Kernel
    wires: Wires
    disks: SimulatedOs
    troubles: collections.Counter[str] = field(default_factory=collections.Counter)
    slowness: list[float] = field(default_factory=list)  # of the service, in seconds
    thaws_at: float = 0.0
    frozen_at: float = 0.0
    wall: float = 0.0
    boots: int = 0
    booted_at: float = 0.0
    _asked: int = 0
    _asked_at: float = 0.0

    def __post_init__(self) -> None:
        self.directory = self.disks.directory(self.name)
        self.disk = self.disks.disks[self.name]
        self.booted_at = -UPTIMES.get(self.name, 500.0)

    @property
    def boot_id(self) -> str:
        return f"boot {self.boots} of {self.name}"

    def clock(self) -> float:
        """CLOCK_BOOTTIME. Whoever asks for ever while no time passes is stuck, and told so."""
        now = self.kernel.now
        self._asked = self._asked + 1 if now == self._asked_at else 0
        self._asked_at = now
        if self._asked > OFTEN:
            raise Stuck(f"on {self.name} something goes on and on, and no time passes")
        return now - self.booted_at

    def wall_clock(self) -> float:
        return self.kernel.now + self.wall

    def wall_time(self) -> str:
        seconds = self.wall_clock() % 86400
        return (
            f"2026-01-31T{seconds // 3600:02.0f}:{seconds // 60 % 60:02.0f}:{seconds % 60:06.3f}Z"
        )

    @property
    def is_on(self) -> bool:
        return self.troubles[OFF] == 0

    @property
    def is_frozen(self) -> bool:
        return self.troubles[FROZEN] > 0

    @property
    def is_serving(self) -> bool:
        """Whether whoever comes by the address gets what they want."""
        return self.is_on and not (+self.troubles or self.slowness)

    def boot(self) -> None:
        self.boots += 1
        self.booted_at = self.kernel.now - 4.0

    def answer(self, round_trip: float | None) -> Shown:
        """What a probe shows that gets here, if it does."""
        if round_trip is None or not self.is_on or self.is_frozen or self.troubles[HUNG]:
            return SILENCE
        if self.troubles[STOPPED]:
            return Shown(Evidence.REFUSED, round_trip)
        seconds = round_trip + sum(self.slowness)
        return Shown(Evidence.WRONG if self.troubles[BROKEN] else Evidence.PASSED, seconds)


class Hosts(dict[str, Host]):
    """By name."""

    def shows(self, here: Host, request: ProbeRequest) -> Shown:
        """What a probe from here shows that starts now."""
        name = request.address.removeprefix("host-")
        if here.wires.no_route[here.name] and name != here.name:
            return NO_ROUTE
        trip = here.wires.round_trip(here.name, name)
        if name == WITNESS:
            return SILENCE if trip is None else Shown(Evidence.PASSED, trip)
        return self[name].answer(trip)
