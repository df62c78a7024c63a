# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Windows: when one ends, and that a monitor in windows does what one without does."""

from __future__ import annotations

import itertools
import pathlib
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.window import (
    PATIENCE,
    PATIENCE_ASKED,
    Window,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    START,
    Script,
    always,
    floating_ip,
    until,
)

LATER = 0.55  # seconds that a window's change may add to a failover: a start, a look


def failover(directory: pathlib.Path, died: float, mark: str, window: float | None) -> float:
    """Seconds from a holder's death to the announcement of the move away from it."""
    directory.mkdir()
    stage = Stage(directory, a=until(died, "+", mark))
    if window is not None:
        stage.in_windows(window)
    (move,) = stage.run(died + 4).moves()
    assert move[1] == "b"
    return move[0] - died


@pytest.mark.parametrize("mark", ["x", "-"])
def test_a_holder_that_dies_around_a_change_is_left_as_fast_as_ever(
    tmp_path: pathlib.Path, mark: str
) -> None:
    (tmp_path / "well").mkdir()
    changed = Stage(tmp_path / "well").in_windows(6).run(9).renewed[0]
    moments = [changed + late for late in (-0.9, -0.01, 0.01, 0.39, 0.6)]
    usual = max(failover(tmp_path / f"{at} none", at, mark, None) for at in moments[1:4])
    slowest = max(failover(tmp_path / f"{at}", at, mark, 6.0) for at in moments)
    assert slowest <= usual + LATER


def test_no_interval_between_two_rounds_gets_longer(tmp_path: pathlib.Path) -> None:
    many = [floating_ip(f"db{number}", 10 + number) for number in range(5)]
    stage = Stage(tmp_path, *many, b=always("-")).run(5)
    stage.in_windows(3).run(18)
    assert len(stage.renewed) == 3
    for name in (one.name for one in many):
        asked = [at for at, r in stage.prober.started if (r.floating_ip, r.target) == (name, "a")]
        assert max(later - at for at, later in itertools.pairwise(asked)) <= 1.0001


def test_a_quiet_hour_in_windows_is_quiet(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(10)
    told = len(stage.events)
    runs = stage.in_windows(60).run(300).loop.watches["db"].context.runs
    assert len(stage.renewed) == 4
    assert {event.kind for event in stage.events[told:]} <= {Kind.STARTED, Kind.DECISION}
    assert len(stage.said(Kind.DECISION)) == 4 + len(stage.renewed)  # a look each is told
    assert runs["a"].length >= 295 and runs["b"].length >= 295
    assert stage.moves() == [] and stage.sentence() == "a holds it and is up; b is ready"


def test_cooldown_settle_and_trust_go_on_over_a_change(tmp_path: pathlib.Path) -> None:
    """b has it from 5 on and is never seen up: it is left 60 s later, however many windows."""
    both: dict[str, Script] = {"a": until(5, "+", "x"), "b": until(5.3, "+", "x")}
    stage = Stage(tmp_path, floating_ip(policy=Policy(settle=30, cooldown=10)), **both)
    stage.in_windows(4).run(20)
    since = stage.context().holder_since
    stage.prober.scripts["a"] = stage.scripts["a"] = always("+")
    stage.run(60)
    (first, _to), (second, back) = stage.moves()
    assert back == "a" and 30 <= second - first < 33
    assert len(stage.renewed) > 5
    assert since is not None and stage.context().holder_since != since


def test_a_start_that_takes_long_keeps_what_was_known(tmp_path: pathlib.Path) -> None:
    """More than three intervals, and yet less than the two seconds that a start may take."""
    quick = floating_ip(probe=Probe(interval=0.1, timeout=0.1, fast_interval=0.05))
    stage = Stage(tmp_path, quick, a=until(8.0, "+", "x"), b=always("+")).run(8.0)
    since = stage.context().holder_since
    length = stage.loop.watches["db"].context.run_of("a").length
    stage.renew(after=0.5)
    assert stage.loop.watches["db"].context.run_of("a").length == length
    assert stage.context().holder_since == since
    stage.run(10)
    assert len(stage.moves()) == 1 and stage.moves()[0][0] < 9.5


def test_neither_a_move_nor_a_detection_is_cut_in_two(tmp_path: pathlib.Path) -> None:
    slow = floating_ip(probe=Probe(fall=5, fast_interval=0.5))  # two seconds at that pace
    stage = Stage(tmp_path, slow, a=until(10.0, "+", "x")).in_windows(10.5)
    stage.run(30)
    assert stage.renewed and stage.renewed[0] > stage.moves()[0][0] > 11.5
    assert stage.holders() == {"b"}


def test_while_aws_hangs_a_window_ends_all_the_same(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    watch = stage.loop.watches["db"]
    window = Window(600.0, stage.clock.now)
    window.ask(stage.clock.now)
    watch.busy = True
    assert not window.is_over([watch], 0, stage.clock.now + PATIENCE_ASKED)
    assert window.is_over([watch], 3, stage.clock.now + 2 * PATIENCE_ASKED)
    watch.moving = True
    assert not window.is_over([watch], 0, stage.clock.now + 1000)


def test_while_a_thread_waits_for_a_disk_no_window_ends(tmp_path: pathlib.Path) -> None:
    """The process could neither execute itself nor go on."""
    watch = Stage(tmp_path).run(5).loop.watches["db"]
    window = Window(10.0, START, is_stuck=lambda: True)
    assert not window.is_over([watch], 0, START + 1000)


def test_a_window_of_no_seconds_never_ends_by_itself(tmp_path: pathlib.Path) -> None:
    watch = Stage(tmp_path).run(5).loop.watches["db"]
    assert not Window(0.0, START).is_over([watch], 0, START + 1e6)
    assert Window(10.0, START).is_over([watch], 9, START + 10 + 2 * PATIENCE)


def test_what_happens_beside_the_loop_is_waited_for(tmp_path: pathlib.Path) -> None:
    watch = Stage(tmp_path).run(5.2).loop.watches["db"]
    busy = Window(1.0, START, is_quiet=lambda: False)
    assert not busy.is_over([watch], 0, START + 5.2) and not busy.is_gathered
    quiet = replace(busy, is_quiet=lambda: True)
    assert not quiet.is_over([watch], 0, START + 5.2) and quiet.is_gathered
    watch.next_round = START + 6.2
    assert not quiet.is_over([watch], 1, START + 5.3)
    assert quiet.is_over([watch], 0, START + 5.3)


def test_a_context_that_no_disk_took_goes_with_the_window(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    (tmp_path / "db.json.new" / "in the way").mkdir(parents=True)
    stage.run(40)
    assert stage.said(Kind.PROBLEM)
    length = stage.loop.watches["db"].context.run_of("a").length
    stage.renew(after=0.4)
    assert stage.loop.watches["db"].context.run_of("a").length == length > 30
