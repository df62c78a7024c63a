# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Answer,
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.observe import (
    observe,
    pace,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    definition,
)

PROBE = Probe()


def result(target: str, evidence: Evidence, at: float) -> ProbeResult:
    late = PROBE.timeout if evidence is Evidence.TIMEOUT else 0.0
    return ProbeResult(target, evidence, evidence.value, at, at + late)


def after(*results: ProbeResult, answers: tuple[Answer, ...] = ()) -> Context:
    context = Context()
    for one in results:
        context = observe(context, [one], answers, definition(), one.ended)
    return context


def test_a_target_that_the_definition_no_longer_has_is_forgotten() -> None:
    context = after(result("a", Evidence.PASSED, 1))
    assert set(context.runs) == {"a", "b"}
    assert set(observe(context, [], [], definition("b"), 1).runs) == {"b"}


def test_results_of_one_batch_are_folded_in_the_order_in_which_they_ended() -> None:
    batch = [result("a", Evidence.PASSED, 3), result("a", Evidence.REFUSED, 1)]
    assert observe(Context(), batch, [], definition(), 3).run_of("a").length == 1


def test_a_refusal_of_another_target_is_an_answer() -> None:
    rounds = [
        result(name, evidence, second)
        for second in (1, 2, 3, 4)
        for name, evidence in (("b", Evidence.REFUSED), ("a", Evidence.TIMEOUT))
    ]
    assert after(*rounds).run_of("a").length == -4


def test_answers_are_not_kept_for_ever() -> None:
    context = Context()
    for second in range(100):
        context = observe(context, [result("b", Evidence.PASSED, second)], [], definition(), second)
    assert len(context.answers) <= 3


def test_an_answer_that_comes_late_judges_what_waited_for_it() -> None:
    silent = after(result("a", Evidence.TIMEOUT, 1))
    assert len(silent.run_of("a").pending) == 1
    heard = observe(silent, [], [Answer("EC2", 1.6)], definition(), 1.6)
    assert heard.run_of("a").length == -1 and heard.run_of("a").pending == ()


def test_the_pace_is_fast_while_a_target_fails_and_is_not_yet_down() -> None:
    calm = after(result("a", Evidence.PASSED, 1))
    assert pace(calm, definition(), 1) == PROBE.interval
    failing = after(result("a", Evidence.REFUSED, 1))
    assert pace(failing, definition(), 1) == PROBE.fast_interval
    silent = after(result("a", Evidence.PASSED, 0), result("a", Evidence.TIMEOUT, 1))
    assert pace(silent, definition(), 1.5) == PROBE.fast_interval
    down = after(*(result("a", Evidence.REFUSED, second) for second in (1, 2, 3)))
    assert pace(down, definition(), 3) == PROBE.interval


def test_the_pace_of_an_isolated_observer_is_not_fast_for_ever() -> None:
    silence = [result("a", Evidence.TIMEOUT, 0.2 + number / 10) for number in range(60)]
    isolated = after(result("a", Evidence.PASSED, 0), *silence)
    assert pace(isolated, definition(), 3.5) == PROBE.interval
    early = after(result("a", Evidence.PASSED, 0), *silence[:20])
    assert pace(early, definition(), 3.4) == PROBE.fast_interval
