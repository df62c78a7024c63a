# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules about flapping and parties who disagree, one property each."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    breaker,
    decision,
    gate,
    history,
    learn,
    orders,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import (
    Observer,
    Verdict,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    counting_operators,
    counting_ours,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    law,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    down_between,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    pair,
)


@law(Bug(gate, "is_awaited", always(False)))
def a_reversed_move_is_not_repeated_until_the_new_holder_was_seen_up() -> None:
    """a is dead for us, someone else insists on a: after settle its failures would count again."""
    world = pair("+++++x", "+", Policy(reconcile_interval=5))
    world.run(10)
    assert world.points == ["b"]
    world.someone_moves("a")
    world.run(300)
    assert world.points == ["a"] and len(world.moves) == 1
    assert "reversed" in world.said[-1][1].reason and world.said[-1][1].alarm
    world.scripts = {"a": marks("x" * 300 + "+++++x"), "b": marks("+")}
    assert world.run(320).points == ["b"]


@law(Bug(gate, "is_awaited", always(False)))
def two_observers_that_cannot_see_each_other_soon_agree() -> None:
    """Each holds the other for dead: one takes it, the other takes it back, and that is all."""
    policy = Policy(reconcile_interval=5)
    one = pair("+", "+++++-", policy, observer=Observer("a"))
    two = pair("+++++-", "+", policy, observer=Observer("b"), points=one.points)
    for second in range(1, 150):
        one.run(second)
        two.run(second)
    assert [to for _at, to in one.moves] == ["a"]
    assert [to for _at, to in two.moves] == ["b"]
    assert one.points == ["a"] and "reversed" in two.said[-1][1].reason


@law(Bug(breaker, "is_conflict", always(False)), Bug(learn, "is_reversal", always(False)))
def a_reversal_of_a_reversal_opens_the_breaker() -> None:
    a = down_between((5, 10), (100, 110), (200, 210))
    world = pair(a, "+", Policy(reconcile_interval=5))
    world.run(50)
    assert world.points == ["b"]
    world.someone_moves("a")
    world.run(150)
    assert world.points == ["b"], "a was seen up, then down: it moves again"
    assert [notice.kind for notice in world.notices].count("reversed") == 1
    world.someone_moves("a")
    world.run(208)
    assert world.points == ["a"] and "conflict" in world.said[-1][1].reason


@law(Bug(learn, "_was_up", always(True)))
def a_failover_by_another_observer_is_no_reversal() -> None:
    """The target that we gave it to went down first, so nobody fights us."""
    world = pair("+++++xx+", lambda s: "x" if s > 50 else "+", Policy(cooldown=100))
    world.run(52)
    assert world.points == ["b"]
    world.someone_moves("a")
    world.run(120)
    assert not any(move.reversal for move in world.context.moves)


@law(Bug(learn, "_was_up", always(True)))
def a_failover_by_another_observer_is_none_while_we_begin_to_doubt_the_target() -> None:
    """Of two monitors one decides first: the other has seen a failure or two by then, or slept."""
    for doubt in ("x", "?" * 6 + "++"):
        b = marks("+" * 50 + doubt + "+")
        world = pair("+++++xx+", b, Policy(reconcile_interval=5, cooldown=100))
        world.run(50 + len(doubt) - 1)
        assert world.points == ["b"]
        world.someone_moves("a")
        world.run(120)
        assert [move.to for move in world.context.moves] == ["b", "a"]
        assert not any(move.reversal for move in world.context.moves), doubt


@law(Bug(breaker, "counted", counting_ours))
def every_unannounced_holder_change_counts_for_the_breaker() -> None:
    world = pair("+", "+", Policy(max_moves=2, reconcile_interval=5))
    for second, to in ((20, "b"), (40, "a")):
        world.run(second)
        world.someone_moves(to)
    world.scripts = {"a": marks("+" * 60 + "x"), "b": marks("+")}
    world.run(80)
    assert world.points == ["a"], "open: b must be up unbroken for breaker_delay"
    assert "max_moves" in world.said[-1][1].reason


@law(Bug(breaker, "counted", counting_operators))
def operators_moves_neither_count_nor_are_blocked() -> None:
    world = pair("+", "+", Policy(max_moves=2))
    for second, to in ((20, "b"), (40, "a"), (60, "b"), (80, "a")):
        world.run(second)
        world.operator_moves(to)
    world.scripts = {"a": marks("+" * 120 + "x"), "b": marks("+")}
    assert world.run(130).points == ["b"]


@law(
    Bug(breaker, "open_because", always(None)),
    Bug(breaker, "unbroken", always(1e9)),
    Bug(breaker, "unbroken", always(0.0)),
    Bug(breaker, "is_spent", always(False)),
)
def an_open_breaker_still_moves_once_a_window_to_a_steady_target_with_an_alarm() -> None:
    policy = Policy(max_moves=1, breaker_delay=100, max_moves_window=1000)
    a = down_between((10, 40), (600, 1500))
    b = down_between((50, 130), (400, 500))
    world = pair(a, b, policy)
    world.run(45)
    assert world.points == ["b"], "the first move opened it"
    world.run(139)
    assert world.points == ["b"], "a has been up for less than breaker_delay"
    world.run(141)
    assert world.points == ["b"], "b is up again"
    world = pair(down_between((10, 40), (600, 1500)), down_between((50, 500)), policy)
    world.run(139)
    assert world.points == ["b"]
    world.run(145)
    assert world.points == ["a"] and len(world.moves) == 2
    alarms = [d.alarm for _at, d in world.said if d.verdict is Verdict.MOVE]
    assert alarms == [False, True]
    world.run(1010)
    assert world.points == ["a"], "one such move a window, though b has been up for 500 s"


@law(Bug(decision, "breaker_trouble", always(None)))
def an_open_breaker_blocks_failback() -> None:
    policy = Policy(failback="auto", failback_delay=30, max_moves=1)
    world = pair("+++++xx+", "+", policy).run(200)
    assert world.points == ["b"] and "no failback" in world.said[-1][1].reason


@law(Bug(decision, "breaker_trouble", always(None)))
def an_open_breaker_blocks_repair() -> None:
    policy = Policy(reconcile_interval=10, max_moves=1)
    world = pair("+++++x", "+", policy, points=["a", "a"]).run(20)
    world.points[0] = "a"
    assert world.run(100).points == ["a", "b"]


@law(Bug(breaker, "counted", counting_ours))
def a_reset_closes_the_breaker() -> None:
    policy = Policy(failback="auto", failback_delay=30, max_moves=1)
    world = pair("+++++xx+", "+", policy).run(200)
    world.context = orders.reset(world.context, world.now)
    assert world.run(202).points == ["a"]


@law(Bug(history, "undone", always(())))
def a_move_that_someone_undoes_before_it_is_read_counts_too() -> None:
    """AWS has acknowledged it each time, and so it would be made again and again."""
    for outcome in (Action.CONFLICT, Action.UNVERIFIED):
        world = pair("+++++x", "+", fails={0: outcome}).run(3500)
        assert 4 <= len(world.moves) <= 6, outcome
        assert "max_moves is 4" in world.said[-1][1].reason and world.said[-1][1].alarm
    refused = pair("+++++x", "+", fails={0: Action.FAILED}).run(3500)
    assert len(refused.moves) > 100, "what AWS refuses changes nothing"
