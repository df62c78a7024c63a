# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Timelines of a whole monitor, in virtual time."""

from __future__ import annotations

import collections
import functools
import itertools
import pathlib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.orders import drain
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import loop
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import Done
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    always,
    floating_ip,
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


@pytest.mark.parametrize(("many", "folded"), [(1, 2), (2, 1)])
def test_with_many_floating_ips_a_turn_takes_what_ends_at_nearly_one_time(
    many: int, folded: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "MANY", many)
    stage = Stage(tmp_path, a=always("0.001"), b=always("0.003"))
    stage.loop.turn()
    assert stage.loop.under_way == 2 - folded


def test_with_many_floating_ips_nothing_waits_for_what_takes_long(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "MANY", 1)
    stage = Stage(tmp_path, b=always("0.4"))
    stage.loop.turn()
    assert stage.loop.under_way == 1 and stage.seconds < 2 * loop.COMPANY


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


def pause(stage: Stage) -> None:
    assert stage.store().pause("db", Pause("ann", "tests", "noon")) is None


def test_a_pause_is_heeded_and_its_end_too(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(10, "+", "x"))
    stage.at(5, lambda: pause(stage))
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

    def wait(moment: float) -> Sequence[Done]:
        done = real(moment)
        if any(one.result.evidence.value == "refused" for one in done):
            pause(stage)
            watch.refreshed_at = stage.clock.now
        return done

    vars(stage.prober)["wait_done"] = wait
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


def test_the_time_of_day_decides_nothing(tmp_path: pathlib.Path) -> None:
    def play(directory: pathlib.Path, walls: dict[float, str]) -> list[tuple[float, str | None]]:
        directory.mkdir()
        stage = Stage(directory, a=until(30, "+", "x"))
        for moment, wall in walls.items():
            stage.at(moment, functools.partial(setattr, stage, "wall", wall))
        return stage.run(90).moves()

    jumps = {10.0: "1970-01-01T00:00:00.000Z", 30.2: "2099-01-01T00:00:00.000Z"}
    assert play(tmp_path / "one", {}) == play(tmp_path / "other", jumps)


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
