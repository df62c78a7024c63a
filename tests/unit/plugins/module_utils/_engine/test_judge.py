# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Policy
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    EXTERNAL,
    MONITOR,
    OPERATOR,
    Context,
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Run
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.judge import (
    is_awaited,
    is_trusted,
)


def record(at: float, to: str, source: str, result: str = "done") -> MoveRecord:
    return MoveRecord(at, "noon", None, to, source, "", result)


OURS, THEIRS = record(5, "b", MONITOR), replace(record(9, "a", EXTERNAL, "seen"), reversal=True)
FAILOVER = replace(THEIRS, reversal=False)  # it took it from a target that was down
REVERSED = Context(moves=(OURS, THEIRS), holder="a")


def test_a_reversed_move_is_awaited_until_the_new_holder_is_up_or_a_reset() -> None:
    assert is_awaited(REVERSED)
    assert not is_awaited(replace(REVERSED, holder_seen_up=True))
    assert not is_awaited(replace(REVERSED, reset_at=9.0))
    assert not is_awaited(replace(REVERSED, reset_at=9.5))
    assert is_awaited(replace(REVERSED, reset_at=8.0))


@pytest.mark.parametrize(
    "moves",
    [
        (),
        (THEIRS,),
        (record(5, "b", EXTERNAL), THEIRS),
        (record(5, "b", OPERATOR), THEIRS),
        (OURS, FAILOVER),
        (OURS, record(9, "a", OPERATOR)),
        (OURS, record(9, "a", MONITOR)),
        (OURS, record(9, "b", EXTERNAL)),
        (OURS, THEIRS, record(12, "b", OPERATOR)),
    ],
)
def test_nothing_else_is_awaited(moves: tuple[MoveRecord, ...]) -> None:
    assert not is_awaited(replace(REVERSED, moves=moves))


def test_a_move_that_failed_does_not_end_the_waiting() -> None:
    failed = record(12, "b", MONITOR, "failed")
    assert is_awaited(replace(REVERSED, moves=(OURS, THEIRS, failed)))


@pytest.mark.parametrize(
    ("passed_at", "now", "trusted"),
    [(None, 69.9, False), (None, 70, True), (10, 20, False), (10.1, 20, True), (9, 20, False)],
)
def test_a_holder_is_trusted_after_a_pass_that_began_since_or_after_settle(
    passed_at: float | None, now: float, trusted: bool
) -> None:
    context = Context(holder="a", holder_since=10.0)
    assert is_trusted(context, Run(passed_at=passed_at), Policy(settle=60), now) is trusted


def test_a_holder_that_was_never_learnt_is_not_trusted() -> None:
    assert not is_trusted(Context(), Run(passed_at=5.0), Policy(), 1e9)
