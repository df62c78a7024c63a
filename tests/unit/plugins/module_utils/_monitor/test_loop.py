# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Timelines of a whole monitor, in virtual time."""

from __future__ import annotations

import collections
import itertools
import pathlib
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
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
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    finished,
    started,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.orders import drain
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    START,
    Killed,
    Stage,
    always,
    floating_ip,
    in_other_region,
    until,
)

WRITES = ("replace_route", "create_route")


def test_a_holder_that_dies_is_left_once(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5.5, "+", "x")).run(60)
    assert stage.holders() == {"b"}
    (move,) = stage.moves()
    assert 5.5 < move[0] < 7.5 and move[1] == "b"
    assert [one.result for one in stage.context().moves] == ["done"]


def test_a_healthy_minute_is_quiet(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(10)
    told = len(stage.events)
    stage.run(120)
    assert stage.events[told:] == [] or {e.kind for e in stage.events[told:]} == {Kind.DECISION}
    assert len(stage.events) - told <= 1  # the first reconcile look
    assert not set(stage.cloud.calls) & set(WRITES)


def test_while_both_are_down_nothing_moves(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"), b=until(5, "+", "x")).run(185)
    assert stage.holders() == {"a"} and stage.moves() == []
    assert "no other target is proven up" in stage.sentence()


def test_the_standby_that_comes_up_gets_it_once(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"), b=until(90, "x", "+")).run(180)
    assert stage.holders() == {"b"}
    assert len(stage.moves()) == 1 and stage.moves()[0][0] >= 90


def test_while_ec2_is_unreachable_nothing_moves_and_it_says_what_it_waits_for(
    tmp_path: pathlib.Path,
) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.at(4, lambda: setattr(stage.outage, "on", True))
    stage.run(300)
    assert stage.holders() == {"a"} and stage.moves() == []
    assert "check the path from here to the AWS API" in stage.sentence()
    assert len(stage.said(Kind.PROBLEM)) <= 2  # a quick look failed, then full ones
    assert len([e for e in stage.events if e.kind is Kind.CALL]) <= 4
    assert len([e for e in stage.events if e.kind is Kind.DECISION]) <= 8


def test_once_ec2_is_back_it_moves(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.at(4, lambda: setattr(stage.outage, "on", True))
    stage.at(65, lambda: setattr(stage.outage, "on", False))
    stage.run(90)
    assert stage.holders() == {"b"} and len(stage.moves()) == 1
    assert "AWS can be read again." in stage.said(Kind.LOOK)


def test_a_pause_is_heeded_and_its_end_too(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(10, "+", "x"))
    stage.at(5, lambda: stage.store().pause("db", Pause("ann", "tests", "noon")))
    stage.run(60)
    assert stage.moves() == [] and stage.told["db"]["paused"]
    assert "paused by ann" in stage.sentence()
    stage.store().resume("db")
    stage.run(62)
    assert stage.holders() == {"b"}
    assert stage.said(Kind.PAUSE) == ["ann paused it: tests."]
    assert len(stage.said(Kind.RESUME)) == 1


def test_a_pause_of_the_last_moment_is_heeded(tmp_path: pathlib.Path) -> None:
    """The file appears after the files were last looked at, right before the write."""
    stage = Stage(tmp_path, a=until(10, "+", "x"))
    watch = stage.loop.watches["db"]
    real = stage.prober.wait_done

    def wait(moment: float) -> object:
        done = real(moment)
        if any(one.result.evidence.value == "refused" for one in done):
            stage.store().pause("db", Pause("ann", "now", "noon"))
            watch.refreshed_at = stage.clock.now
        return done

    stage.prober.wait_done = wait  # type: ignore[method-assign,assignment]
    stage.run(30)
    assert stage.moves() == []


def test_a_drained_holder_is_left_and_the_drained_target_gets_nothing(
    tmp_path: pathlib.Path,
) -> None:
    stage = Stage(tmp_path)
    stage.at(5, lambda: stage.change(lambda context: drain(context, "a")))
    stage.run(8)
    assert stage.holders() == {"b"}
    assert stage.said(Kind.DRAIN) == ["a was drained."]
    stage.prober.scripts["b"] = always("x")
    stage.run(120)
    assert stage.holders() == {"b"} and len(stage.moves()) == 1


def operators_move(stage: Stage, to: str, seconds: float) -> None:
    """Announced now, carried out and recorded so many seconds later."""
    definition = stage.definitions[0]

    def announce(context: Context) -> Context:
        now = stage.clock.now
        return started(context, definition, to, OPERATOR, "asked", now, "noon", now + 30)

    def conclude() -> None:
        stage.point(f"eni-{to}")
        cells = [reading.cell for reading in stage.loop.watches["db"].look.readings]  # type: ignore[union-attr]
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

    def update(watch: object, change: object) -> None:
        if stage.decided("move") and not stage.timeline and stage.seconds < 12:
            operators_move(stage, "b", 5)
        real(watch, change)  # type: ignore[arg-type]

    contexts.update = update  # type: ignore[method-assign,assignment]
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
    assert stage.holders() == {"b"} and not stage.context().intent.moving  # type: ignore[union-attr]


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


def test_a_start_in_another_boot_keeps_the_history_once(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x")).run(40)
    stage.boot = "another boot"
    stage.scripts.update(a=always("+"))
    stage.restart(after=-START + 20.0 - 40)  # the clock starts again
    stage.run(stage.seconds + 40)
    moves = stage.context().moves
    assert len(moves) == 1 and moves[0].at <= stage.clock.now


def test_the_time_of_day_decides_nothing(tmp_path: pathlib.Path) -> None:
    def play(directory: pathlib.Path, walls: dict[float, str]) -> list[tuple[float, str | None]]:
        directory.mkdir()
        stage = Stage(directory, a=until(30, "+", "x"))
        for moment, wall in walls.items():
            stage.at(moment, lambda wall=wall: setattr(stage, "wall", wall))  # type: ignore[misc]
        return stage.run(90).moves()

    jumps = {10.0: "1970-01-01T00:00:00.000Z", 30.2: "2099-01-01T00:00:00.000Z"}
    assert play(tmp_path / "one", {}) == play(tmp_path / "other", jumps)


def test_two_that_fail_together_are_looked_at_and_moved_together(tmp_path: pathlib.Path) -> None:
    both = floating_ip(), floating_ip("web", 11)
    stage = Stage(tmp_path, *both, a=until(5.0, "+", "x"))
    for watch in stage.loop.watches.values():
        watch.next_round = START
    stage.run(8)
    assert stage.holders(0) == stage.holders(1) == {"b"}
    assert {moment for moment, _to in stage.moves()} == {stage.moves()[0][0]}
    looked_and_moved = [at for at in stage.jobs.submitted if at >= 5]
    assert len(looked_and_moved) == 2


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


def test_an_observer_on_a_target_takes_for_itself_only(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.target = "c"
    stage.loop = stage.start()
    assert stage.loop.watches["db"].observer.target is None
    stage.target = "b"
    stage.loop = stage.start()
    stage.run(30)
    assert stage.holders() == {"b"}


def test_a_hung_holder_is_judged_by_a_reference(tmp_path: pathlib.Path) -> None:
    policy = Policy(references=(("192.0.2.9", 53),))
    scripts = {"a": until(5, "+", "-"), "b": until(4, "+", "-"), "reference": always("x")}
    stage = Stage(tmp_path, floating_ip(policy=policy), **scripts).run(20)
    assert stage.told["db"]["health"] == {"a": "down", "b": "down"}
    asked = [at for at, request in stage.prober.started if request.target.startswith("ref")]
    assert asked and all(later - at >= 0.0999 for at, later in itertools.pairwise(asked))


def test_many_that_fail_ask_a_reference_no_more_often_than_one(tmp_path: pathlib.Path) -> None:
    policy = Policy(references=(("192.0.2.9", 53),))
    several = [floating_ip(f"db{n}", 10 + n, policy=policy) for n in range(5)]
    scripts = {"a": until(5, "+", "-"), "reference": always("x")}
    stage = Stage(tmp_path, *several, **scripts).run(8)
    asked = [at for at, request in stage.prober.started if request.target.startswith("ref")]
    assert asked and all(later - at >= 0.0999 for at, later in itertools.pairwise(asked))


def test_slow_probes_do_not_pile_up(tmp_path: pathlib.Path) -> None:
    probe = Probe(interval=0.5, timeout=1.4, fast_interval=0.1)
    stage = Stage(tmp_path, floating_ip(probe=probe), a=always("1.3")).run(20)
    started = [at for at, request in stage.prober.started if request.target == "a"]
    assert all(later - at >= 1.3 for at, later in itertools.pairwise(started))


def test_at_the_fast_pace_probes_overlap(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "-")).run(7.5)
    pace = collections.Counter(
        round(later - at, 2)
        for (at, one), (later, other) in zip(
            stage.prober.started[::2], stage.prober.started[2::2], strict=False
        )
        if one.target == other.target == "a"
    )
    assert pace[0.1] >= 3
    assert stage.holders() == {"b"}


def test_a_look_that_raises_is_told_and_tried_again(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    real = stage.loop.acts.edge
    broken = replace(real, ec2_for=lambda aws: 1 / 0)
    stage.loop.acts.edge = broken  # type: ignore[assignment]
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

    def ec2_for(aws: object) -> object:
        if stage.decided("move") and stage.seconds < 100:
            intent = stage.context().intent
            if intent is not None and intent.moving and intent.marker_until > stage.clock.now:
                raise ZeroDivisionError
        return real.ec2_for(aws)  # type: ignore[arg-type]

    stage.loop.acts.edge = replace(real, ec2_for=ec2_for)  # type: ignore[arg-type]
    stage.run(99)
    assert stage.holders() == {"a"} and 2 <= len(stage.moves()) <= 10
    assert any("report it" in problem for problem in stage.said(Kind.PROBLEM))
    assert not stage.loop.watches["db"].busy


def test_time_alone_brings_a_decision(tmp_path: pathlib.Path) -> None:
    """Nothing is probed for an hour, and AWS is looked at all the same."""
    probe = Probe(interval=3600, timeout=1)
    stage = Stage(tmp_path, floating_ip(probe=probe)).run(100)
    assert len(stage.jobs.submitted) >= 3


def test_addresses_that_only_aws_knows_survive_an_outage_of_it(tmp_path: pathlib.Path) -> None:
    definition = floating_ip()
    definition = replace(
        definition, targets=tuple(replace(one, probe_address=None) for one in definition.targets)
    )
    stage = Stage(tmp_path, definition).run(10)
    stage.outage.on = True
    stage.run(60)
    assert stage.told["db"]["health"] == {"a": "up", "b": "up"}
