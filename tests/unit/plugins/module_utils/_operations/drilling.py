# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A world for drills: one cell, two targets with an instance each, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Cell,
    Look,
    Place,
    Reading,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill import (
    Drill,
    Times,
    run,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_acts import (
    Means,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    Moved,
    Order,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.order import (
    Prepared,
    Wish,
)

DEFINITION = FloatingIp("db", ("100.64.10.10",), (Target("db-a"), Target("db-b")))
PLACES = (Place("db-a", "eni-a", "i-a"), Place("db-b", "eni-b", "i-b"))
CELL = Cell("route", "rtb-1", "100.64.10.10")


@dataclass
class World:
    """One cell, and whatever may go wrong. Every act of the drill is a step; `at` hits one."""

    holder: str | None = "db-a"
    down: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    off: set[str] = field(default_factory=set)
    is_watched: bool = True  # by a monitor that moves it away from what is off
    stopping: int = 0  # how often an instance cannot be started yet
    fault: str = "move"
    at: int = 0  # the number of the step that Ctrl-C hits; 0: none
    after: bool = False  # whether what it interrupts has happened all the same
    is_impatient: bool = False  # Ctrl-C again and again from then on
    steps: int = 0
    time: float = 1000.0
    running: Any = None
    told: list[str] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    is_shielded: bool = False

    @contextmanager
    def step(self) -> Iterator[None]:
        self.steps += 0 if self.is_shielded else 1
        self.time += 0.1
        hit = self.steps == self.at or (self.is_impatient and self.steps > self.at)
        strikes = hit and not self.is_shielded
        if strikes and not self.after:
            raise KeyboardInterrupt
        yield
        if strikes:
            raise KeyboardInterrupt

    @contextmanager
    def shielded(self) -> Iterator[None]:
        self.is_shielded = True
        yield
        self.is_shielded = False

    def begin(self) -> None:
        self.told.append("begin")

    def tell(self, word: str) -> None:
        with self.step():
            self.told.append(word)

    def finish(self) -> list[dict[str, Any]]:
        self.told.append("end")
        return []

    def look(self) -> Look:
        at = {"db-a": "eni-a", "db-b": "eni-b"}.get(self.holder or "")
        return Look(self.time, PLACES, (Reading(CELL, at),))

    def prepare(self, wish: Wish) -> Prepared:
        with self.step():
            to = wish.to or ("db-b" if self.holder == "db-a" else "db-a")
            if to in self.down or to in self.off:
                return Prepared((), (f"Target {to} of db is not proven up.",))
            return Prepared((Order(DEFINITION, to, self.look()),), ())

    def move(self, prepared: Prepared) -> Moved:
        (order,) = prepared.orders
        origin = self.holder
        with self.step():
            if order.to in self.denied:
                outcome = Outcome(CELL, Action.FAILED, "eni-a", "eni-b", "not allowed.")
                return Moved("db", order.to, origin, (outcome,), self.look(), 0.1)
            self.moves.append(order.to)
            self.holder = order.to
        outcome = Outcome(CELL, Action.MOVED, "eni-a", "eni-b")
        return Moved("db", order.to, origin, (outcome,), self.look(), 0.2)

    def stop(self, instance: str) -> str | None:
        with self.step():
            if instance in self.denied:
                return "StopInstances is not allowed."
            self.off.add(f"db-{instance[-1]}")
        return None

    def start(self, instance: str) -> str | None:
        with self.step():
            self.stopping -= 1
            if self.stopping >= 0:
                return f"{instance} is stopping."
            self.off.discard(f"db-{instance[-1]}")
        return None

    def forbidden(self, instance: str) -> str | None:
        return "StartInstances is not allowed." if f"start {instance}" in self.denied else None

    def remember(self, running: Any) -> None:
        with self.step():
            self.running = running

    def say(self, sentence: str, **_data: Any) -> None:
        self.told.append(sentence)

    def sleep(self, seconds: float) -> None:
        with self.step():
            self.time += seconds
            if self.is_watched and self.holder in self.off:
                self.holder = "db-b" if self.holder == "db-a" else "db-a"

    def means(self) -> Means:
        return Means(
            look=self.look,
            prepare=self.prepare,
            move=self.move,
            meter=self,
            say=self.say,
            remember=self.remember,
            start=self.start,
            stop=self.stop,
            forbidden=self.forbidden,
            wall=lambda: self.time,
            sleep=self.sleep,
            shielded=self.shielded,
        )

    def drill(self, to: str | None = None) -> dict[str, Any]:
        return run(Drill(DEFINITION, self.means(), Times(), self.fault), to)
