# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Intent
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_guard import (
    Guard,
    is_lost,
    keep,
)

BOOT = "boot-1"
LEASE = 100.0


def order(to: str, epoch: int, source: str = "operator") -> Intent:
    return Intent(to, epoch, moving=False, source=source, cause="", time="", marker_until=0.0)


@dataclass
class Place:
    """A host with a drill under way; `happens` are acts by the second at which they happen."""

    running: dict[str, Any] | None = field(
        default_factory=lambda: {"was": "db-a", "lease": LEASE, "boot_id": BOOT}
    )
    newest: Intent | None = None
    problems: list[str | None] = field(default_factory=list)  # of the next tries to restore
    happens: dict[float, Callable[[Place], None]] = field(default_factory=dict)
    now: float = 0.0
    restored: list[float] = field(default_factory=list)
    unrepaired: list[str | None] = field(default_factory=list)  # of the next tries to repair
    repaired: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def restore(self, was: str) -> str | None:
        assert was == "db-a"
        self.restored.append(self.now)
        problem = self.problems.pop(0) if self.problems else None
        if problem is None:
            self.running = None
        return problem

    def repair(self, _running: Any) -> str | None:
        self.repaired.append(self.now)
        return self.unrepaired.pop(0) if self.unrepaired else None

    def sleep(self, seconds: float) -> None:
        due = [at for at in self.happens if self.now <= at < self.now + seconds]
        self.now += seconds
        for at in due:
            self.happens.pop(at)(self)

    def forget(self) -> None:
        self.running = None

    def keep(self) -> str | None:
        return keep(
            Guard(
                running=lambda: self.running,
                intent=lambda: self.newest,
                repair=self.repair,
                restore=self.restore,
                forget=self.forget,
                say=self.told.append,
                clock=lambda: self.now,
                boot_id=BOOT,
                sleep=self.sleep,
            )
        )


def renewed(place: Place) -> None:
    place.running = {"was": "db-a", "lease": place.now + LEASE, "boot_id": BOOT}


def test_a_drill_that_ends_in_time_is_left_alone() -> None:
    place = Place(happens={50.0: Place.forget})
    assert (place.keep(), place.restored, place.told) == (None, [], [])


def test_a_drill_of_which_nothing_is_heard_any_more_is_undone() -> None:
    place = Place()
    assert place.keep() is None
    assert len(place.restored) == 1 and LEASE < place.restored[0] <= LEASE + 2
    assert place.told == ["The drill is lost: the address goes back to db-a."]


def test_who_is_told_again_waits_on() -> None:
    place = Place(happens={50.0: renewed, 120.0: renewed, 200.0: Place.forget})
    assert (place.keep(), place.restored) == (None, [])


def test_it_tries_again_until_the_target_is_up() -> None:
    place = Place(problems=["Target db-a of db is not proven up."] * 3)
    assert (place.keep(), len(place.restored)) == (None, 4)


def test_what_was_broken_is_repaired_first_and_once() -> None:
    place = Place(unrepaired=["i-1 is stopping."] * 2, problems=["db-a is not up."] * 5)
    assert place.keep() is None
    assert (len(place.repaired), len(place.restored)) == (3, 6)
    assert place.repaired[0] <= place.restored[0]


def test_what_could_not_be_repaired_is_not_forgotten_for_an_operators_order() -> None:
    def ordered(place: Place) -> None:
        place.newest = order("db-c", 8)

    place = Place(unrepaired=["no."] * 4, problems=["no."] * 9, happens={101.0: ordered})
    assert place.keep() is None and place.running is None
    assert len(place.repaired) == 5 and "db-c" in place.told[-1]


def test_it_does_not_try_for_ever() -> None:
    never = "Target db-a of db is not proven up."
    place = Place(problems=[never] * 10_000)
    assert place.keep() == never
    assert 100 < len(place.restored) < 300 and place.running is not None


def test_what_an_operator_orders_after_that_stands() -> None:
    def ordered(place: Place) -> None:
        place.newest = order("db-c", 8)

    place = Place(newest=order("db-b", 7), problems=["no."] * 9, happens={110.0: ordered})
    assert place.keep() is None
    assert place.running is None and "An operator has sent the address to db-c" in place.told[-1]


def test_a_runbook_that_was_only_slow_is_not_taken_for_an_operator_when_it_is_lost() -> None:
    def moved_on(place: Place) -> None:
        renewed(place)
        place.newest = order("db-b", 8)

    place = Place(newest=order("db-a", 7), problems=["no."] * 2, happens={105.0: moved_on})
    assert place.keep() is None and place.restored[-1] > 200
    assert place.told == ["The drill is lost: the address goes back to db-a."] * 2


@pytest.mark.parametrize("newer", [order("db-a", 8), order("db-b", 8, "monitor")])
def test_its_own_orders_and_a_monitors_moves_overrule_nothing(newer: Intent) -> None:
    def ordered(place: Place) -> None:
        place.newest = newer

    place = Place(newest=order("db-b", 7), problems=["no."] * 5, happens={110.0: ordered})
    assert place.keep() is None and len(place.restored) == 6


def test_what_was_remembered_before_a_reboot_is_lost() -> None:
    running = {"was": "db-a", "lease": LEASE, "boot_id": BOOT}
    assert not is_lost(running, 99.0, BOOT)
    assert is_lost(running, 101.0, BOOT)
    assert is_lost(running, 99.0, "boot-2")


def test_a_drill_without_a_lease_is_never_lost() -> None:
    assert not is_lost({"was": "db-a"}, 99.0, BOOT)
    place = Place(running={"was": "db-a"}, happens={5000.0: Place.forget})
    assert (place.keep(), place.restored, place.repaired) == (None, [], [])
