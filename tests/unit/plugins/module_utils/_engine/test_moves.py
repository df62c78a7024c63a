# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    OPERATOR,
    Context,
    Intent,
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Health, Run
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.history import recorded
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.moves import (
    finished,
    started,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    cell,
    definition,
)

HELD = Context(holder="a", holder_since=1.0, holding="held", holder_seen_up=True)
MOVED, LEFT = Action.MOVED, Action.LEFT
FAILED, CONFLICT, UNVERIFIED = Action.FAILED, Action.CONFLICT, Action.UNVERIFIED


def begun(context: Context = HELD, source: str = MONITOR, now: float = 10.0) -> Context:
    return started(context, definition(), "b", source, "why", now, "noon", now + 30)


def outcomes(*actions: Action) -> list[Outcome]:
    return [Outcome(cell(n), "eni-a", "eni-b", action) for n, action in enumerate(actions)]


def test_the_intent_and_its_marker_are_written_before_the_move() -> None:
    intent = begun().intent
    assert intent == Intent(
        "b", 1, True, MONITOR, "noon", "why", 40.0, "failover", origin="a", started_at=10.0
    )
    second = begun(begun()).intent
    assert second is not None and second.epoch == 2


@pytest.mark.parametrize(
    ("changes", "source", "cause"),
    [
        ({}, MONITOR, "failover"),
        ({}, OPERATOR, "request"),
        ({"drained": ("a",)}, OPERATOR, "drain"),
        ({"holding": "absent"}, MONITOR, "assign"),
        ({"holding": "split"}, MONITOR, "repair"),
        ({"intent": Intent("b", 1, True, MONITOR, "noon")}, MONITOR, "resume"),
        ({"runs": {"a": Run(3, Health.UP, 1.0, 10.0)}}, MONITOR, "failback"),
    ],
)
def test_the_cause_follows_from_what_is_known(
    changes: dict[str, Any], source: str, cause: str
) -> None:
    intent = begun(replace(HELD, **changes), source).intent
    assert intent is not None and intent.cause == cause


@pytest.mark.parametrize(
    ("actions", "result", "holder", "to", "moving"),
    [
        ((MOVED, LEFT), "done", "b", "b", False),
        ((LEFT, LEFT), "done", "b", "b", False),
        ((MOVED, FAILED), "partial", "a", "b", True),
        ((LEFT, FAILED), "partial", "a", "b", True),
        ((MOVED, CONFLICT), "partial", "a", "b", False),
        ((MOVED, FAILED, CONFLICT), "partial", "a", "b", False),
        ((MOVED, UNVERIFIED), "unverified", "a", "b", True),
        ((FAILED, UNVERIFIED), "partial", "a", "b", True),
        ((FAILED, FAILED), "failed", "a", "a", False),
        ((CONFLICT,), "failed", "a", "a", False),
        ((), "failed", "a", "a", False),
    ],
)
def test_what_the_outcomes_come_to(
    actions: tuple[Action, ...], result: str, holder: str, to: str, moving: bool
) -> None:
    context = finished(begun(), outcomes(*actions), 12.5, "noon")
    (move,) = context.moves
    assert (move.result, move.seconds, move.origin, move.to) == (result, 2.5, "a", "b")
    assert context.intent is not None
    assert (context.holder, context.intent.to, context.intent.moving) == (holder, to, moving)


def test_a_new_holder_must_prove_itself_and_an_open_end_binds_nobody() -> None:
    done = finished(begun(), outcomes(MOVED), 12.5, "noon")
    assert (done.holder_since, done.holder_seen_up) == (12.5, False)
    cut = finished(begun(), outcomes(MOVED, FAILED), 12.5, "noon")
    assert cut.intent is not None and cut.intent.marker_until == 12.5


def test_outcomes_of_an_overruled_move_do_not_touch_the_newer_intent() -> None:
    ours = begun()
    newer = begun(ours, OPERATOR)
    late = finished(newer, outcomes(MOVED), 12.5, "noon", ours.intent)
    own = finished(newer, outcomes(MOVED), 12.5, "noon", newer.intent)
    assert late.intent == newer.intent and own.intent != newer.intent


def test_a_move_that_was_overruled_as_it_was_made_is_recorded_all_the_same() -> None:
    """Its cooldown counts; and if it was complete, whoever moves it next changes the holder."""
    ours = begun()
    newer = begun(ours, OPERATOR)
    context = finished(newer, outcomes(MOVED), 12.5, "noon", ours.intent)
    assert context.intent == newer.intent
    assert [(m.to, m.source, m.result) for m in context.moves] == [("b", MONITOR, "done")]
    assert (context.holder, context.holder_since) == ("b", 12.5)
    partly = finished(newer, outcomes(MOVED, CONFLICT), 12.5, "noon", ours.intent)
    assert partly.holder == "a" and partly.moves[-1].result == "partial"


def test_without_an_intent_nothing_is_recorded() -> None:
    assert finished(HELD, outcomes(MOVED), 12.5, "noon") == HELD


def test_failures_in_a_row_do_not_oust_the_history() -> None:
    def move(at: float, result: str) -> MoveRecord:
        return MoveRecord(at, "noon", "a", "b", MONITOR, "", result)

    context = recorded(Context(), move(1, "done"))
    for at in range(2, 500):
        context = recorded(context, move(at, "failed"))
    assert [(m.at, m.result) for m in context.moves] == [(1, "done"), (499, "failed")]
    for at in range(500, 800):
        context = recorded(context, move(at, "done"))
    assert len(context.moves) == 100
