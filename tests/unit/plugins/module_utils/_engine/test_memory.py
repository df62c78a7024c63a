# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine import orders
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    OPERATOR,
    Attempt,
    Context,
    Intent,
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Run
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.memory import (
    LONGEST_MARKER,
    merge,
    restore,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    cell,
    definition,
)

OURS = Context(runs={"a": Run(length=5)}, holder="a", holder_since=3.0)


def intent(to: str, epoch: int, source: str = MONITOR, moving: bool = False) -> Intent:
    return Intent(to, epoch, moving, source, "noon")


def record(at: float, to: str) -> MoveRecord:
    return MoveRecord(at, "noon", None, to, MONITOR, "")


def test_a_drain_by_an_operator_arrives_beside_our_own_runs() -> None:
    merged = merge(OURS, orders.drain(Context(), "b"))
    assert merged.drained == ("b",)
    assert (merged.runs, merged.holder, merged.holder_since) == (OURS.runs, "a", 3.0)


def test_an_undrain_arrives_too() -> None:
    drained = orders.drain(OURS, "b")
    assert merge(drained, orders.undrain(drained, "b")).drained == ()


def test_a_store_that_was_lost_takes_no_order_back() -> None:
    ours = orders.reset(orders.drain(OURS, "b"), 7.0)
    merged = merge(ours, Context())
    assert (merged.drained, merged.reset_at, merged.orders) == (("b",), 7.0, 2)


def test_the_intent_of_the_higher_epoch_wins() -> None:
    low, high = intent("a", 1), intent("b", 2)
    for ours, theirs in ((low, high), (high, low), (None, high), (high, None)):
        assert merge(replace(OURS, intent=ours), Context(intent=theirs)).intent == high


def test_of_equal_epochs_an_operators_intent_wins_then_the_one_that_ended() -> None:
    ours, theirs = intent("a", 2), intent("b", 2, OPERATOR, moving=True)
    assert merge(Context(intent=ours), Context(intent=theirs)).intent == theirs
    ended = replace(theirs, moving=False)
    assert merge(Context(intent=theirs), Context(intent=ended)).intent == ended
    assert merge(Context(intent=ended), Context(intent=theirs)).intent == ended


def test_moves_of_both_are_kept_once_in_order() -> None:
    ours = Context(moves=(record(1, "a"), record(3, "a")))
    stored = Context(moves=(record(1, "a"), record(2, "b")))
    assert [(move.at, move.to) for move in merge(ours, stored).moves] == [
        (1, "a"),
        (2, "b"),
        (3, "a"),
    ]


def test_merging_with_oneself_changes_nothing() -> None:
    full = replace(orders.drain(OURS, "b"), intent=intent("a", 4), moves=(record(1, "a"),))
    assert merge(full, full) == full


def test_moments_in_the_future_are_brought_back() -> None:
    damaged = Context(
        boot_id="boot",
        saved_at=10.0,
        moves=(record(1e9, "a"),),
        attempts=(Attempt(cell(0), 1e9),),
        intent=replace(intent("a", 1, moving=True), marker_until=1e9, started_at=1e9),
    )
    damaged = replace(damaged, holder_since=1e9, reset_at=1e9)
    restored = restore(damaged, "boot", 11.0, definition())
    assert (restored.holder_since, restored.reset_at) == (11.0, 11.0)
    assert restored.moves[0].at == restored.attempts[0].at == 11.0
    assert restored.intent is not None
    assert restored.intent.marker_until == 11.0 + LONGEST_MARKER
    assert restored.intent.started_at == 11.0


def test_a_clock_that_went_back_counts_as_another_boot() -> None:
    saved = Context(
        runs={"a": Run(length=5)}, boot_id="boot", saved_at=50.0, moves=(record(45, "a"),)
    )
    restored = restore(saved, "boot", 20.0, definition())
    assert restored.runs == {} and restored.moves[0].at == 15.0


def test_a_marker_keeps_its_remaining_time_over_a_boot() -> None:
    moving = replace(intent("a", 1, OPERATOR, moving=True), marker_until=60.0)
    saved = Context(intent=moving, boot_id="boot", saved_at=50.0, reset_at=40.0)
    restored = restore(saved, "next", 5.0, definition())
    assert restored.intent is not None and restored.intent.marker_until == 15.0
    assert restored.reset_at == -5.0


def test_the_first_start_of_all_makes_the_holder_prove_itself() -> None:
    restored = restore(Context(), "boot", 20.0, definition())
    assert (restored.holder_since, restored.boot_id, restored.saved_at) == (20.0, "boot", 20.0)


def test_an_announced_move_that_its_operator_ended_early_has_ended_here_too() -> None:
    announced = replace(intent("a", 3, OPERATOR, moving=True), marker_until=60.0)
    ended = replace(announced, marker_until=20.0)
    assert merge(Context(intent=announced), Context(intent=ended)).intent == ended
    assert merge(Context(intent=ended), Context(intent=announced)).intent == ended
