# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The course of one window: what the service manager hears meanwhile, and how it ends."""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import course
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.course import (
    Course,
    Ending,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.notify import Notifier
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.orders import Orders
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.window import Window
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    START,
)


class Told(Notifier):
    """A service manager's ear: what was said, and when."""

    def __init__(self, stage: Stage, watchdog: float | None = None) -> None:
        super().__init__({})
        self.stage, self.watchdog = stage, watchdog
        self.lines: list[tuple[float, str]] = []

    def _send(self, text: str) -> None:
        self.lines.append((self.stage.seconds, text.partition("\n")[0]))

    def times(self, line: str) -> list[float]:
        return [at for at, text in self.lines if text == line]


@dataclass
class Played:
    """A course over a monitor in virtual time."""

    stage: Stage
    orders: Orders
    obstacle: str | None = None
    told: Told = field(init=False)
    course: Course = field(init=False)

    def __post_init__(self) -> None:
        self.told = Told(self.stage, watchdog=10.0)
        clock = self.stage.clock
        self.course = Course(
            self.orders, Window(0.0, START), self.told, clock, lambda: self.obstacle
        )

    def run(self, until: float) -> Ending | None:
        while self.stage.seconds < until:
            if self.course.is_over(self.stage.loop):
                return self.course.ending
            self.stage.loop.turn()
        return None

    def reload(self) -> None:
        self.orders._reload = True


@pytest.fixture
def played(tmp_path: pathlib.Path) -> Iterator[Played]:
    orders = Orders()
    yield Played(Stage(tmp_path), orders)
    orders.close()


def test_it_is_ready_once_the_first_round_has_begun(played: Played) -> None:
    played.course.is_over(played.stage.loop)
    assert played.told.times("READY=1") == []
    played.run(3)
    assert len(played.told.times("READY=1")) == 1 and played.stage.prober.started
    assert played.stage.jobs.submitted[0] >= played.stage.prober.started[0][0]


def test_a_next_window_is_ready_at_once(played: Played) -> None:
    played.course.is_renewal = True
    played.course.is_over(played.stage.loop)
    assert len(played.told.times("READY=1")) == 1


def test_it_is_heard_at_half_the_watchdog_s_time_at_the_latest(played: Played) -> None:
    played.run(60)
    beats = [*played.told.times("WATCHDOG=1"), played.stage.seconds]
    assert max(later - at for at, later in itertools.pairwise(beats)) <= 5.0
    assert len(beats) < 20


def test_a_status_is_told_when_it_changes(played: Played) -> None:
    played.run(60)
    said = [text for _at, text in played.told.lines if text.startswith("STATUS=")]
    assert said[-1] == "STATUS=db: a holds it and is up; b is ready" and len(said) <= 3


def test_the_status_is_not_put_together_at_every_turn(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []

    def line(_watches: object, now: float) -> str:
        made.append(now)
        return "as before"

    monkeypatch.setattr(course, "status_line", line)
    played.run(10)
    for _turn in range(100):
        played.course.is_over(played.stage.loop)
    assert min(later - at for at, later in itertools.pairwise(made)) >= course.STATUS_LOOK


def test_a_reload_ends_the_window_and_says_so(played: Played) -> None:
    played.run(5)
    played.reload()
    assert played.run(9) is Ending.RENEWED
    assert played.told.times("RELOADING=1") and played.stage.seconds < 5.6
    assert len(played.told.times("READY=1")) == 1  # the next program says it again


def test_where_no_next_window_could_begin_this_one_goes_on(played: Played) -> None:
    played.run(5)
    played.obstacle = "There is nothing to watch."
    played.reload()
    assert played.run(20) is None
    assert played.stage.said(Kind.PROBLEM) == ["There is nothing to watch."]
    assert len(played.told.times("READY=1")) == 2
    played.course.window.seconds = 10
    played.run(60)
    assert 3 <= len(played.stage.said(Kind.PROBLEM)) <= 5  # at the end of each window
    played.obstacle = None
    assert played.run(90) is Ending.RENEWED


def test_what_had_to_end_may_go_on(played: Played) -> None:
    played.run(5)
    played.reload()
    assert played.run(9) is Ending.RENEWED
    played.course.go_on()
    assert played.run(30) is None and len(played.told.times("READY=1")) == 2


def test_an_order_to_stop_goes_before_all_else(played: Played) -> None:
    played.run(5)
    played.reload()
    played.orders.stop = True
    assert played.run(9) is Ending.STOPPED and played.stage.seconds < 5.6


def test_chores_are_done_at_each_turn(played: Played) -> None:
    seen: list[float] = []
    played.course.chores = (lambda _loop: seen.append(played.stage.seconds),)
    played.run(5)
    assert max(later - at for at, later in itertools.pairwise(seen)) <= 0.5
