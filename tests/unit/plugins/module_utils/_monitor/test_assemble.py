# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a monitor begins."""

from __future__ import annotations

import pathlib
from collections import Counter
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    START,
    always,
    floating_ip,
    until,
)


def test_a_start_in_another_boot_keeps_the_history_once(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x")).run(40)
    stage.boot = "another boot"
    stage.scripts.update(a=always("+"))
    stage.restart(after=-START + 20.0 - 40)  # the clock starts again
    stage.run(stage.seconds + 40)
    moves = stage.context().moves
    assert len(moves) == 1 and moves[0].at <= stage.clock.now


def test_an_observer_on_a_target_takes_for_itself_only(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.target = "c"
    stage.loop = stage.start()
    assert stage.loop.watches["db"].observer.target is None
    stage.target = "b"
    stage.loop = stage.start()
    stage.run(30)
    assert stage.holders() == {"b"}


@pytest.mark.parametrize("count", [3, 100])
def test_rounds_are_spread_over_the_interval(count: int, tmp_path: pathlib.Path) -> None:
    """Of any twentieth of it, none has more than its share of them."""
    named = [replace(floating_ip(), name=f"ip-{number}") for number in range(count)]
    stage = Stage(tmp_path, *named)
    begun = sorted(watch.next_round - START for watch in stage.loop.watches.values())
    assert begun[0] == 0.0 and begun[-1] < 1.0
    assert max(Counter(int(at * 20 + 1e-6) for at in begun).values()) <= max(1, count // 20)


@pytest.mark.parametrize("count", [3, 100])
def test_a_next_window_spreads_them_again_and_delays_none(
    count: int, tmp_path: pathlib.Path
) -> None:
    named = [replace(floating_ip(), name=f"ip-{number}") for number in range(count)]
    stage = Stage(tmp_path, *named)
    due = stage.clock.now + 0.9
    for watch in stage.loop.watches.values():
        watch.next_round = due
    stage.renew(after=0.1)
    begun = [watch.next_round for watch in stage.loop.watches.values()]
    assert stage.clock.now <= min(begun) and max(begun) <= due
    assert max(Counter(round(at, 6) for at in begun).values()) <= max(1, count // 20)


def test_a_next_window_lets_go_of_what_it_has_no_definition_of(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, floating_ip(), floating_ip("web", 11)).run(5)
    stage.definitions = stage.definitions[1:]
    stage.renew(after=0.1)
    assert stage.told["db"]["stopped"] and "no more" in stage.sentence()
    assert [event.floating_ip for event in stage.events if event.kind is Kind.STOPPED] == ["db"]
    stage.run(10)
    assert stage.told["db"]["stopped"] and not stage.told["web"]["stopped"]


def test_a_next_window_without_any_turns_and_touches_nothing(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    stage.definitions = ()
    stage.renew(after=0.1)
    before = len(stage.cloud.calls)
    stage.run(10)
    assert (len(stage.cloud.calls), stage.told["db"]["stopped"]) == (before, True)
