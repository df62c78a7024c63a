# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Policy
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Look
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    DONE,
    EXTERNAL,
    FAILED,
    MONITOR,
    OPERATOR,
    Context,
    Intent,
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import decide
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.lag import (
    STALE_READS,
    may_be_stale,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.learn import learn
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import (
    Observer,
    Verdict,
    View,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    definition,
    down_between,
    look,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
    pair,
)


def after_our_move(origin: str | None = "a", source: str = MONITOR, result: str = DONE) -> Context:
    """b got the address at second 100."""
    record = MoveRecord(100.0, "noon", origin, "b", source, "", result)
    intent = Intent("b", 1, False, source, "noon", origin=origin)
    return Context(holder="b", holding="held", intent=intent, moves=(record,))


@pytest.mark.parametrize("source", [MONITOR, OPERATOR])
@pytest.mark.parametrize("at", [98.0, 100.0, 104.9])
def test_a_look_that_shows_the_origin_of_our_move_is_not_believed_yet(
    source: str, at: float
) -> None:
    context = after_our_move(source=source)
    learnt, notices = learn(context, definition(), look(at, ["a", "a"]), at)
    assert notices == ()
    assert (learnt.holder, learnt.intent, learnt.moves) == ("b", context.intent, context.moves)


def test_after_five_seconds_it_is_a_reversal() -> None:
    at = 100.0 + STALE_READS
    learnt, notices = learn(after_our_move(), definition(), look(at, ["a"]), at)
    assert learnt.holder == "a" and [one.kind for one in notices] == ["external"]


@pytest.mark.parametrize(
    ("context", "points"),
    [
        pytest.param(after_our_move(), ["c"], id="a third target"),
        pytest.param(after_our_move(), ["b"], id="where we moved it"),
        pytest.param(after_our_move(source=EXTERNAL), ["a"], id="another party's move"),
        pytest.param(after_our_move(result=FAILED), ["a"], id="a move that failed"),
        pytest.param(after_our_move("b"), ["b"], id="a repair"),
        pytest.param(after_our_move(), [None], id="gone"),
        pytest.param(Context(), ["a"], id="no move at all"),
    ],
)
def test_anything_else_is_believed_at_once(context: Context, points: list[str | None]) -> None:
    assert not may_be_stale(context, look(101.0, points, "abc"))


def ordered_back(to: str, started_at: float, moving: bool = False) -> Context:
    """An operator announced a move after ours; the monitor knows it by the shared context."""
    intent = Intent(to, 2, moving, OPERATOR, "noon", origin="b", started_at=started_at)
    return replace(after_our_move(), intent=intent)


@pytest.mark.parametrize("moving", [False, True])
def test_what_an_operator_ordered_since_is_believed_at_once(moving: bool) -> None:
    """As `failback` soon after a failover: its holder, failing next, must not wait for `settle`."""
    context = ordered_back("a", started_at=102.0, moving=moving)
    learnt, _notices = learn(context, definition(), look(103.0, ["a", "a"]), 103.0)
    assert (learnt.holder, learnt.holder_since) == ("a", 103.0)


@pytest.mark.parametrize(
    "context",
    [
        pytest.param(ordered_back("b", 102.0), id="an order to where it is"),
        pytest.param(ordered_back("a", 99.0), id="an order before our move"),
        pytest.param(ordered_back("a", 104.0), id="an order after the look began"),
    ],
)
def test_another_order_does_not_explain_it(context: Context) -> None:
    assert may_be_stale(context, look(103.0, ["a", "a"]))


def test_an_assignment_that_is_not_shown_yet_is_not_believed_to_be_lost() -> None:
    context = after_our_move(origin=None)
    assert may_be_stale(context, look(101.0, [None]))
    assert learn(context, definition(), look(101.0, [None]), 101.0)[1] == ()


def test_it_is_looked_at_again_every_two_seconds_and_nothing_is_written_meanwhile() -> None:
    context = learn(after_our_move(), definition(), look(101.0, ["a"]), 101.0)[0]
    verdicts = [
        decide(View(definition(), context, Observer(), now, look(101.0, ["a"]))).verdict
        for now in (101.0, 102.9, 103.1)
    ]
    assert verdicts == [Verdict.HOLD, Verdict.HOLD, Verdict.LOOK]


@dataclass
class Lagging(World):
    """A world whose looks show the cells as they were so many seconds ago."""

    lag: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.past = [(self.now, list(self.points))]

    def _seen(self) -> Look:
        if self.past[-1][1] != self.points:
            self.past.append((self.now, list(self.points)))
        shown = [points for at, points in self.past if at <= self.now - self.lag]
        fresh, self.points = self.points, (shown or [self.past[0][1]])[-1]
        try:
            return super()._seen()
        finally:
            self.points = fresh


def lagging(lag: float) -> Lagging:
    scripts = {"a": marks("+++++x"), "b": marks("+")}
    policy = Policy(reconcile_interval=5, cooldown=0)
    return Lagging(definition("ab", policy=policy), scripts, lag=lag)


@pytest.mark.parametrize("lag", [0.0, 1.0, 3.0, 4.9])
def test_a_failover_is_made_once_however_late_reads_show_it(lag: float) -> None:
    world = lagging(lag).run(60)
    assert world.points == ["b"] and len(world.moves) == 1
    assert [one.kind for one in world.notices] == []
    assert world.automatic_moves() == 1


def test_an_operators_move_away_from_a_drained_target_is_made_once() -> None:
    world = lagging(3.0)
    world.scripts = {"a": marks("+"), "b": marks("+")}
    world.run(10)
    world.context = Context(**{**vars(world.context), "drained": ("a",)})
    world.run(40)
    assert world.points == ["b"] and len(world.moves) == 1


@pytest.mark.parametrize("interval", [1, 5, 30])
@pytest.mark.parametrize("killed_after", [7, 50])
def test_what_was_taken_while_this_host_was_off_is_a_failover_and_not_waited_for(
    killed_after: float, interval: float
) -> None:
    """b took it, died, and comes back. a took it over meanwhile and dies before b saw it up."""
    a = down_between((5, 30), (killed_after + 6, 9999))
    policy = Policy(reconcile_interval=interval, settle=60)
    world = pair(a, "+", policy, observer=Observer("b")).run(killed_after)
    assert world.points == ["b"]
    world.someone_moves("a")
    world.restart(30, boot="another")
    assert world.run(killed_after + 200).points == ["b"]
    assert not any(move.reversal for move in world.context.moves)
