# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Policy
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import failback
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    ASSIGN,
    EXTERNAL,
    FAILBACK,
    FAILOVER,
    MONITOR,
    OPERATOR,
    REPAIR,
    Context,
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.history import (
    changes,
    cooldown_left,
    counted,
    last_move,
)

POLICY = Policy(max_moves_window=100, cooldown=10, failback_delay=60)


def record(
    at: float,
    origin: str | None,
    to: str,
    source: str = MONITOR,
    result: str = "done",
    cause: str = FAILOVER,
) -> MoveRecord:
    return MoveRecord(at, "noon", origin, to, source, "", result, cause=cause)


def test_what_was_undone_at_once_counts_and_what_is_only_late_does_not() -> None:
    late = (record(1, "a", "b", result="unverified"), record(2, "a", "b"))
    assert counted(Context(moves=late), POLICY, 3) == late[:1]
    undone = (
        record(1, "a", "b", result="conflict"),
        record(2, "a", "b", result="unverified"),
        record(3, "a", "b", result="failed"),
        record(4, "a", "b", result="unverified"),
    )
    assert counted(Context(moves=undone), POLICY, 5) == (*undone[:2], undone[3])


def test_only_what_changed_the_holder_is_a_change() -> None:
    moves = (
        record(1, "a", "b", result="partial"),
        record(2, "a", "b"),  # the rest of the same move
        record(3, "b", "b", cause=REPAIR),
        record(4, "b", "a", result="failed"),
        record(5, "b", "a", EXTERNAL),
        record(6, None, "a", cause=ASSIGN),  # it had been absent meanwhile
    )
    assert [move.at for move in changes(moves)] == [1, 5, 6]
    assert changes(moves[2:3]) == ()


def test_what_counts_is_young_since_the_reset_and_not_an_operators() -> None:
    moves = (
        record(10, "a", "b"),
        record(20, "b", "a", OPERATOR),
        record(30, "a", "b", EXTERNAL),
        record(40, "b", "a"),
    )
    context = Context(moves=moves)
    assert [move.at for move in counted(context, POLICY, 100)] == [10, 30, 40]
    assert [move.at for move in counted(context, POLICY, 110)] == [30, 40]
    assert [move.at for move in counted(Context(moves=moves, reset_at=30), POLICY, 100)] == [40]
    assert [move.at for move in counted(Context(moves=moves, reset_at=5), POLICY, 110)] == [30, 40]


def test_the_cooldown_runs_from_the_newest_attempt() -> None:
    assert cooldown_left(Context(), POLICY, 0) == 0
    context = Context(moves=(record(1, "a", "b"), record(50, "b", "a", result="failed")))
    assert cooldown_left(context, POLICY, 53) == 7
    assert cooldown_left(context, POLICY, 90) == 0


@pytest.mark.parametrize(
    ("moves", "delay"),
    [
        ((), 60),
        ((record(0, "b", "a", cause=FAILBACK),), 60),
        ((record(0, "b", "a", cause=FAILBACK), record(60, "a", "b")), 120),
        ((record(0, "b", "a", cause=FAILBACK), record(61, "a", "b")), 60),
        ((record(0, "b", "a", cause=FAILBACK), record(9, "a", "b", OPERATOR)), 60),
        ((record(0, "b", "a"), record(9, "a", "b")), 60),
        (
            (
                record(0, "b", "a", cause=FAILBACK),
                record(9, "a", "b"),
                record(200, "b", "a", cause=FAILBACK),
                record(320, "a", "b"),
            ),
            240,
        ),
        (
            (
                record(0, "b", "a", cause=FAILBACK),
                record(9, "a", "b"),
                record(200, "b", "a", cause=FAILBACK),
                record(321, "a", "b"),
            ),
            60,
        ),
    ],
)
def test_the_delay_of_failback_follows_from_the_history(
    moves: tuple[MoveRecord, ...], delay: float
) -> None:
    assert failback.delay(Context(moves=moves), POLICY) == delay


@pytest.mark.parametrize(
    ("seconds", "doubled"), [(60, 120), (3000, 3600), (3600, 3600), (7200, 7200)]
)
def test_the_delay_doubles_to_an_hour_and_never_shrinks(seconds: float, doubled: float) -> None:
    assert failback.doubled(seconds) == doubled


def test_the_last_move_is_the_newest_that_changed_something() -> None:
    context = Context(moves=(record(1, "a", "b"), record(2, "b", "a", result="failed")))
    last = last_move(context)
    assert last is not None and last.at == 1
    assert last_move(Context(moves=context.moves[1:])) is None
