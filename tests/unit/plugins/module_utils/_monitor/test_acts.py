# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks and moves of a whole monitor, in virtual time: its own, other people's, and broken ones."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    EXTERNAL,
    MONITOR,
    OPERATOR,
    Context,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    finished,
    started,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.watch import Watch
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    START,
    Killed,
    always,
    floating_ip,
    in_other_region,
    until,
)

WRITES = ("replace_route", "create_route")


def operators_move(stage: Stage, to: str, seconds: float) -> None:
    """Announced now, carried out and recorded so many seconds later."""
    definition = stage.definitions[0]

    def announce(context: Context) -> Context:
        now = stage.clock.now
        return started(context, definition, to, OPERATOR, "asked", now, "noon", now + 30)

    def conclude() -> None:
        stage.point(f"eni-{to}")
        seen = stage.loop.watches["db"].look
        assert seen is not None
        cells = [reading.cell for reading in seen.readings]
        outcomes = [Outcome(cell, "eni-a", f"eni-{to}", Action.MOVED) for cell in cells]
        stage.change(lambda context: finished(context, outcomes, stage.clock.now, "noon"))

    stage.change(announce)
    stage.at(stage.seconds + seconds, conclude)


def test_an_operators_move_is_kept_away_from_and_then_believed(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(20.5, "+", "x"))
    stage.at(20, lambda: operators_move(stage, "b", 10))
    stage.run(29)
    assert stage.moves() == [] and "by the operator is under way" in stage.sentence()
    stage.run(32)
    watch = stage.loop.watches["db"]
    assert watch.context.holder == "b" and watch.look is not None and watch.look.at >= START + 30
    assert watch.context.holder_since is not None and watch.context.holder_since >= START + 30
    stage.run(120)
    assert stage.moves() == []
    assert [one.source for one in stage.context().moves] == [OPERATOR]
    assert not stage.decided("move")


def test_after_an_operators_move_the_new_holder_gets_its_time(tmp_path: pathlib.Path) -> None:
    """Its failures count only once it has been seen up, or after `settle`."""
    stage = Stage(tmp_path, b=until(20, "+", "x"))
    stage.at(20, lambda: operators_move(stage, "b", 1))
    stage.run(70)
    assert stage.moves() == []
    assert "its failures count in" in stage.sentence()
    stage.run(100)
    assert [to for _at, to in stage.moves()] == ["a"]


def test_an_intent_of_the_last_moment_goes_first(tmp_path: pathlib.Path) -> None:
    """An operator announces between our decision and our own intent."""
    stage = Stage(tmp_path, a=until(10, "+", "x"))
    contexts = stage.loop.contexts
    real = contexts.update

    def update(watch: Watch, change: Callable[[Context], Context]) -> None:
        if stage.decided("move") and not stage.timeline and stage.seconds < 12:
            operators_move(stage, "b", 5)
        real(watch, change)

    vars(contexts)["update"] = update
    stage.run(60)
    assert stage.moves() == []
    assert [one.source for one in stage.context().moves] == [OPERATOR]


def test_a_look_that_began_before_an_announced_move_teaches_nothing(
    tmp_path: pathlib.Path,
) -> None:
    stage = Stage(tmp_path).run(29.5)
    watch = stage.loop.watches["db"]
    while not watch.busy:
        stage.loop.turn()
    operators_move(stage, "b", 0)
    stage.timeline.pop(0)[1]()
    stage.run(40)
    assert watch.context.holder == "b"
    assert [one.source for one in stage.context().moves] == [OPERATOR]
    assert watch.context.intent is not None and watch.context.intent.to == "b"
    assert not [text for text in stage.said(Kind.NOTICE) if "another party" in text]


def test_killed_between_the_intent_and_the_write_it_finishes_later(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.kill_at(lambda operation, before: operation in WRITES)
    with pytest.raises(Killed):
        stage.run(20)
    assert stage.holders() == {"a"}
    intent = stage.context().intent
    assert intent is not None and intent.moving and intent.to == "b"
    stage.restart(after=1)
    stage.run(stage.seconds + 10)
    intent = stage.context().intent
    assert stage.holders() == {"b"} and intent is not None and not intent.moving


def test_killed_between_the_write_and_its_end_it_learns_what_came_of_it(
    tmp_path: pathlib.Path,
) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.kill_at(lambda operation, before: operation not in WRITES and before[-1] in WRITES)
    with pytest.raises(Killed):
        stage.run(20)
    writes = len([one for one in stage.cloud.calls if one in WRITES])
    stage.restart(after=1)
    stage.run(stage.seconds + 30)
    assert stage.holders() == {"b"}
    assert len([one for one in stage.cloud.calls if one in WRITES]) == writes
    context = stage.context()
    assert context.intent is not None and not context.intent.moving
    assert [one.source for one in context.moves] == [MONITOR]


def test_killed_half_way_with_a_destination_that_is_down_now_it_chooses_afresh(
    tmp_path: pathlib.Path,
) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.kill_at(lambda operation, before: operation in WRITES and before[-1] in WRITES)
    with pytest.raises(Killed):
        stage.run(20)
    assert stage.holders() == {"a", "b"}
    stage.scripts.update(a=always("+"), b=always("x"))
    stage.restart(after=5)
    stage.run(stage.seconds + 60)
    assert stage.holders() == {"a"}


def test_with_nobody_up_a_half_done_move_is_left_as_it_is(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.kill_at(lambda operation, before: operation in WRITES and before[-1] in WRITES)
    with pytest.raises(Killed):
        stage.run(20)
    stage.scripts.update(b=always("x"))
    stage.restart(after=5)
    stage.run(stage.seconds + 60)
    assert stage.holders() == {"a", "b"}
    assert "no target is proven up" in stage.sentence()


def test_two_that_fail_together_are_looked_at_and_moved_together(tmp_path: pathlib.Path) -> None:
    both = floating_ip(), floating_ip("web", 11)
    stage = Stage(tmp_path, *both, a=until(5.0, "+", "x"))
    for watch in stage.loop.watches.values():
        watch.next_round = START
    stage.run(8)
    assert stage.holders(0) == stage.holders(1) == {"b"}
    assert {moment for moment, _to in stage.moves()} == {stage.moves()[0][0]}
    looked_warmed_and_moved = [at for at in stage.jobs.submitted if at >= 5]
    assert len(looked_warmed_and_moved) == 3


def test_accounts_and_regions_do_not_wait_for_each_other(tmp_path: pathlib.Path) -> None:
    both = floating_ip(), in_other_region(floating_ip("web", 11))
    stage = Stage(tmp_path, *both).run(0.2)
    assert len(stage.jobs.submitted) == 2


def test_what_someone_else_moved_is_adopted(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path)
    stage.at(40, lambda: stage.point("eni-b"))
    stage.run(120)
    assert stage.holders() == {"b"} and stage.moves() == []
    assert [one.source for one in stage.context().moves] == [EXTERNAL]
    assert stage.said(Kind.NOTICE) == ["another party moved it to b."]


def test_a_look_that_raises_is_told_and_tried_again(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    real = stage.loop.acts.edge

    def ec2_for(_aws: Aws) -> Ec2:
        raise ZeroDivisionError

    stage.loop.acts.edge = replace(real, ec2_for=ec2_for)
    stage.run(60)
    assert not stage.loop.watches["db"].busy
    (problem,) = stage.said(Kind.PROBLEM)
    assert "ZeroDivisionError" in problem
    stage.loop.acts.edge = real
    stage.run(70)
    assert stage.told["db"]["holder"] == "a" and "db" in stage.told


def test_a_move_that_raises_is_told_and_tried_again_later(
    tmp_path: pathlib.Path,
) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    real = stage.loop.acts.edge

    def ec2_for(aws: Aws) -> Ec2:
        if stage.decided("move") and stage.seconds < 100:
            intent = stage.context().intent
            if intent is not None and intent.moving and intent.marker_until > stage.clock.now:
                raise ZeroDivisionError
        return real.ec2_for(aws)

    stage.loop.acts.edge = replace(real, ec2_for=ec2_for)
    stage.run(99)
    assert stage.holders() == {"a"} and 2 <= len(stage.moves()) <= 10
    assert any("report it" in problem for problem in stage.said(Kind.PROBLEM))
    assert not stage.loop.watches["db"].busy
