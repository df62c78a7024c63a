# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The network: what gets from one host to another, and in which time. AWS is a host too."""

from __future__ import annotations

import collections
import random
from dataclasses import dataclass, field

AWS, WITNESS, OPERATOR = "aws", "witness", "operator"
NEAR, FAR = 0.0005, 0.025  # seconds from one host to another, and to AWS


@dataclass
class Wire:
    """One direction between two hosts. `loss`: the part of the packets that is lost."""

    base: float
    chance: random.Random
    cuts: int = 0
    delays: list[float] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)

    def carry(self) -> float | None:
        """Seconds until a packet is there; None: it never will be."""
        if self.cuts:
            return None
        if self.losses and self.chance.random() < max(self.losses):
            return None
        return self.base + sum(self.delays)


class Wires:
    """All of them. A host that is isolated reaches nobody but itself."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._wires: dict[tuple[str, str], Wire] = {}
        self.isolated: collections.Counter[str] = collections.Counter()
        self.no_route: collections.Counter[str] = collections.Counter()

    def wire(self, start: str, end: str) -> Wire:
        found = self._wires.get((start, end))
        if found is None:
            chance = random.Random(f"{self._seed} {start} {end}")
            found = Wire(FAR if AWS in (start, end) else NEAR, chance)
            self._wires[start, end] = found
        return found

    def carry(self, start: str, end: str) -> float | None:
        if start == end:
            return NEAR / 10
        if self.isolated[start] or self.isolated[end]:
            return None
        return self.wire(start, end).carry()

    def round_trip(self, start: str, end: str) -> float | None:
        there, back = self.carry(start, end), self.carry(start=end, end=start)
        return None if there is None or back is None else there + back

    def is_sound(self) -> bool:
        """Whether nothing is wrong anywhere."""
        troubled = any(one.cuts or one.delays or one.losses for one in self._wires.values())
        return not (troubled or +self.isolated or +self.no_route)
