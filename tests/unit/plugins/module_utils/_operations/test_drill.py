# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

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
    Means,
    Refused,
    Times,
    put_back,
    run,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_judge import (
    judged,
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
PLACES = (Place("db-a", "eni-a"), Place("db-b", "eni-b"))
CELL = Cell("route", "rtb-1", "100.64.10.10")


@dataclass
class World:
    """One cell, and whatever may go wrong. Every act of the drill is a step; `at` hits one."""

    holder: str | None = "db-a"
    down: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
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
            if to in self.down:
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

    def remember(self, running: Any) -> None:
        with self.step():
            self.running = running

    def say(self, sentence: str, **_data: Any) -> None:
        self.told.append(sentence)

    def sleep(self, seconds: float) -> None:
        with self.step():
            self.time += seconds

    def means(self) -> Means:
        return Means(
            look=self.look,
            prepare=self.prepare,
            move=self.move,
            meter=self,
            say=self.say,
            remember=self.remember,
            wall=lambda: self.time,
            sleep=self.sleep,
            shielded=self.shielded,
        )

    def drill(self, to: str | None = None) -> dict[str, Any]:
        return run(Drill(DEFINITION, self.means(), Times()), to)


def test_it_goes_there_and_back_and_tells_the_meter_when() -> None:
    world = World()
    found = world.drill()
    assert world.moves == ["db-b", "db-a"] and world.running is None
    words = [word for word in world.told if word in ("begin", "failover", "failback", "end")]
    assert words == ["begin", "failover", "failback", "end"]
    assert (found["plan"]["was"], found["plan"]["to"], found["holder"]) == ("db-a", "db-b", "db-a")
    assert [(leg["from"], leg["to"], leg["seconds"]) for leg in found["legs"]] == [
        ("db-a", "db-b", 0.2),
        ("db-b", "db-a", 0.2),
    ]
    assert all(one["passed"] for one in judged(found)["result"]["checks"][1:])
    assert found["ended"] - found["began"] > 10


@pytest.mark.parametrize(
    ("world", "to", "said"),
    [
        (World(down={"db-b"}), None, "db-b of db is not proven up"),
        (World(down={"db-a"}), None, "db-a of db is not proven up"),
        (World(holder=None), None, "has no holder to come back to: it is absent"),
        (World(), "db-a", "db-a holds db already"),
    ],
)
def test_it_refuses_before_anything_is_moved(world: World, to: str | None, said: str) -> None:
    with pytest.raises(Refused, match=said):
        world.drill(to)
    assert world.moves == [] and world.told == [] and world.running is None


def test_a_move_that_fails_is_told_and_the_address_comes_back() -> None:
    world = World(denied={"db-b"})
    found = world.drill()
    assert found["legs"][0]["problem"] == "rtb-1: not allowed."
    assert (world.holder, world.running, found["problems"]) == ("db-a", None, [])


def test_it_does_not_come_back_to_a_target_that_is_down_and_remembers_it() -> None:
    world = World()
    prepare = world.prepare

    def dies_meanwhile(wish: Wish) -> Prepared:
        world.down |= {"db-a"} if world.holder == "db-b" else set()
        return prepare(wish)

    world.prepare = dies_meanwhile  # type: ignore[method-assign]  # from now on
    found = world.drill()
    assert (world.holder, found["holder"]) == ("db-b", "db-b")
    assert world.running["was"] == "db-a"
    assert "It was not put back to db-a." in found["problems"][0]
    world.down.clear()
    world.prepare = prepare  # type: ignore[method-assign]  # it is repaired
    assert put_back(world.means(), world.running["was"]) is None
    assert (world.holder, world.running) == ("db-a", None)


WHOLE = World()
WHOLE.drill()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, WHOLE.steps + 1))
def test_interrupted_anywhere_it_ends_where_it_was(at: int, after: bool) -> None:
    world = World(at=at, after=after)
    try:
        found = world.drill()
    except KeyboardInterrupt:  # before anything was moved, or after it was back
        assert world.moves in ([], ["db-b", "db-a"])
    else:
        assert found["interrupted"] and found["problems"] == ["The drill was interrupted."]
        assert found["holder"] == "db-a" and world.running is None
    assert world.holder == "db-a"


def test_who_is_impatient_does_not_keep_it_from_coming_back() -> None:
    world = World(at=7, is_impatient=True, after=True)
    with contextlib.suppress(KeyboardInterrupt):
        world.drill()
    assert "db-b" in world.moves and (world.holder, world.running) == ("db-a", None)


def test_an_error_of_ours_puts_it_back_too() -> None:
    world = World()
    slept: list[float] = []

    def breaks(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise ZeroDivisionError

    world.sleep = breaks  # type: ignore[method-assign]  # the hold at the other target breaks
    with pytest.raises(ZeroDivisionError):
        world.drill()
    assert (world.holder, world.running, world.moves) == ("db-a", None, ["db-b", "db-a"])
