# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of health, one property each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    decision,
    health,
    learn,
    memory,
    observe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Answer,
    Evidence,
    Health,
    ProbeResult,
    Run,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    answered_as_it_began,
    as_if_something_answered,
    forgetting_everything,
    keeping_the_runs,
    of_any_source,
    of_any_time,
    of_oneself_too,
    one_more_pass,
    passing_through,
    unknown_as_refused,
    without_confirmation,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    law,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    MARKS,
    definition,
    look,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
)

PROBE = Probe(interval=1, timeout=0.5, rise=2, fall=3, min_down=0.5)


def result(mark: str, at: float, target: str = "a") -> ProbeResult:
    evidence = MARKS[mark]
    late = PROBE.timeout if evidence is Evidence.TIMEOUT else 0.0
    return ProbeResult(target, evidence, evidence.value, at, at + late)


def run_of(row: str, answers: Sequence[Answer] = (), probe: Probe = PROBE, pace: float = 1) -> Run:
    """The run of target a after a row of probes, one each `pace` seconds from 0."""
    run = Run()
    for number, mark in enumerate(row):
        one = result(mark, number * pace)
        heard = [answer for answer in answers if answer.at <= one.ended]
        run = health.advance(run, one, heard, probe, one.ended)
    return run


def answers_until(end: float, source: str = "witness", step: float = 0.25) -> list[Answer]:
    return [Answer(source, number * step) for number in range(int(end / step) + 1)]


@law(Bug(health, "settle", as_if_something_answered))
def silence_is_the_targets_fault_only_if_something_else_answered() -> None:
    silent = run_of("++---")
    assert silent.health is Health.UP and len(silent.pending) == 3
    assert run_of("++---", answers_until(9)).health is Health.DOWN


@law(Bug(health, "judges", of_any_time))
def an_answer_from_before_the_probe_proves_nothing() -> None:
    assert run_of("++---", answers_until(1.9)).health is Health.UP


@law(Bug(health, "judges", of_any_source))
def the_target_itself_is_no_reference_for_its_own_silence() -> None:
    assert run_of("++---", answers_until(9, source="a")).health is Health.UP


@law(Bug(observe, "answers_of", of_oneself_too))
def a_probe_of_oneself_is_no_reference() -> None:
    context = Context()
    for second in range(8):
        for one in (result("+", second, "b"), result("-" if second > 2 else "+", second)):
            context = observe.observe(context, [one], [], definition(), one.ended, own="b")
    run = context.run_of("a")
    assert run.health is not Health.DOWN and run.length >= 0 and len(run.pending) > 3


@law(Bug(health, "advance", unknown_as_refused))
def a_probe_that_could_not_be_made_neither_advances_nor_resets_a_run() -> None:
    assert run_of("+?+").length == run_of("++").length == 2
    assert run_of("xx?x").health is Health.DOWN
    assert run_of("???????").health is Health.UNKNOWN


@law(Bug(health, "life", always(1e9)))
def a_run_dies_three_intervals_and_a_timeout_after_its_newest_probe() -> None:
    run = run_of("++")
    assert health.health_of(run, PROBE, 1 + 3.5) is Health.UP
    assert health.health_of(run, PROBE, 1 + 3.6) is Health.UNKNOWN
    assert health.advance(run, result("+", 5), [], PROBE, 5).length == 1


@law(Bug(health, "is_proven_up", one_more_pass))
def proven_up_asks_for_a_pass_within_two_intervals() -> None:
    run = run_of("++")
    assert not health.is_proven_up(run_of("+"), PROBE, 0)
    assert health.is_proven_up(run, PROBE, 1 + 2)
    assert not health.is_proven_up(run, PROBE, 1 + 2.1)


@law(Bug(health, "is_proven_up", one_more_pass))
def a_target_whose_newest_probe_failed_is_not_proven_up() -> None:
    assert not health.is_proven_up(run_of("++++x"), PROBE, 4)


@law(Bug(health, "min_down", always(0.0)), Bug(health, "min_down", always(0.5)))
def failures_must_last_min_down_unless_all_are_refusals() -> None:
    assert health.lasted(Run(first_at=10.0, last_at=12.5)) == 2.5
    assert health.lasted(Run()) == 0.0
    assert run_of("!!!!!", pace=0.1).health is Health.UNKNOWN
    assert run_of("!!!!!!", pace=0.1).health is Health.DOWN
    assert run_of("xx!", pace=0.1).health is Health.UNKNOWN
    assert run_of("xxx", pace=0.1).health is Health.DOWN


@law(Bug(health, "is_down_run", without_confirmation))
def the_end_of_an_isolation_condemns_nobody() -> None:
    """One answer judges every timeout, but one of them must have begun after an answer."""
    isolated = run_of("++---", [])
    back = health.settle(isolated, [Answer("b", 4.5)], PROBE, 4.5)
    assert back.length == -3 and back.health is Health.UP
    assert not health.is_proven_down(back, PROBE, 4.5)
    still = health.advance(back, result("-", 4.7), [Answer("b", 4.8)], PROBE, 5.2)
    assert still.health is Health.DOWN


@law(Bug(learn, "Answer", answered_as_it_began))
def a_look_that_was_tried_for_long_answers_only_at_its_end() -> None:
    """It began in an isolation of this host and ended after it: nobody was silent meanwhile."""
    context = Context()
    for number in range(20):
        silent = ProbeResult("a", Evidence.TIMEOUT, "timeout", number / 10, number / 10 + 0.5)
        context = observe.observe(context, [silent], [], definition(), silent.ended)
    seen = look(1.5, ["a"])
    context, _notices = learn.learn(context, definition(), seen, 2.6)
    assert context.run_of("a").length < -3
    assert health.health_of(context.run_of("a"), PROBE, 2.6) is not Health.DOWN


@law(Bug(health, "is_old_news", always(False)))
def a_failed_probe_that_began_before_a_newer_pass_is_old_news() -> None:
    run = run_of("++")
    late = ProbeResult("a", Evidence.TIMEOUT, "timeout", 0.9, 1.4)
    assert health.advance(run, late, [Answer("b", 1.4)], PROBE, 1.4) == run


@law(Bug(decision, "restore", keeping_the_runs))
def restored_runs_count_only_after_a_short_gap_in_the_same_boot() -> None:
    for after, boot, kept in ((2.9, "boot", True), (3.1, "boot", False), (1, "other", False)):
        world = World(definition(), {"a": marks("+"), "b": marks("+")}).run(5)
        world.restart(after, boot)
        assert (world.context.run_of("a").length > 0) is kept, (after, boot)


@law(Bug(decision, "restore", forgetting_everything))
def what_operators_and_moves_left_survives_any_restart() -> None:
    world = World(definition(), {"a": marks("+++++x"), "b": marks("+")}).run(9)
    world.context = replace(world.context, drained=("c",))
    before = world.context
    world.restart(100, "other")
    after = world.context
    assert (after.drained, after.intent and after.intent.to) == (("c",), "b")
    assert [move.to for move in after.moves] == [move.to for move in before.moves] == ["b"]


@law(Bug(memory, "shifted", passing_through))
def the_moments_of_another_boot_are_taken_to_be_as_recent_as_they_can_be() -> None:
    world = World(definition(), {"a": marks("+++++x"), "b": marks("+")}).run(9)
    ago = world.now - world.context.moves[-1].at
    saved = replace(world.context, saved_at=world.now)
    restored = decision.restore(saved, "other", 20.0, world.definition)
    assert abs(20.0 - restored.moves[-1].at - ago) < 1e-6
