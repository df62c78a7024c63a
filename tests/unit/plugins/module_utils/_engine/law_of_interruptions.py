# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules about moves that were cut short, and about what is broken, one property each."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Store,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    decision,
    interrupted,
    learn,
    moves,
    orders,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    OPERATOR,
    PARTIAL,
    REQUEST,
    Intent,
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.history import counted
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import (
    Observer,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    passing_through,
    without_its_source,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    law,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    down_between,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    pair,
)


@law(Bug(decision, "resume", always(None)))
def a_killed_move_is_finished_if_its_target_is_up() -> None:
    world = pair("+++++x", "+", points=["a", "a"], is_killed_in_move=True)
    world.run(5.25)
    world.points[0] = "b"
    world.restart(1)
    assert world.run(10).points == ["b", "b"]


@law(Bug(moves, "is_repeated", always(True)))
def a_move_that_is_killed_half_way_is_finished_each_time() -> None:
    """Six times within an hour, in the same cells: nobody fights."""
    dead: set[str] = set()
    policy = Policy(max_moves=100, cooldown=0, settle=0)
    world = pair(
        lambda s: "x" if "a" in dead else "+",
        lambda s: "x" if "b" in dead else "+",
        policy,
        points=["a", "a"],
    )
    for holder, other in (("a", "b"), ("b", "a")) * 3:
        world.run(world.seconds + 8)
        dead.add(holder)
        world.is_killed_in_move = True
        while world.is_killed_in_move:
            world.run(world.seconds + 0.05)
        world.points[0] = other
        world.restart(1)
        assert world.run(world.seconds + 5).points == [other, other]
        dead.clear()


@law(Bug(interrupted, "is_eligible", always(True)))
def a_killed_move_is_chosen_afresh_if_its_target_is_down() -> None:
    b = down_between((5.25, 900))
    world = pair("+++++x", b, points=["a", "a"], also={"c": "+"}, is_killed_in_move=True)
    world.run(5.25)
    world.points[0] = "b"
    world.restart(20)
    assert world.run(40).points == ["c", "c"]


@law(Bug(interrupted, "is_eligible", always(True)))
def a_killed_move_is_left_if_no_target_is_up() -> None:
    world = pair("+++++x", down_between((5.25, 900)), points=["a", "a"], is_killed_in_move=True)
    world.run(5.25)
    world.points[0] = "b"
    world.restart(20)
    world.run(100)
    assert world.points == ["b", "a"] and len(world.moves) == 1
    assert "left as it is" in world.said[-1][1].reason and world.said[-1][1].alarm


@law(Bug(learn, "is_hopeless", always(False)))
def a_killed_move_that_changed_nothing_is_not_finished_hours_later() -> None:
    """Nothing was written, b then died, a recovered: b coming back is no reason to move."""
    a = down_between((5, 8))
    world = pair(a, down_between((5.25, 500)), is_killed_in_move=True)
    world.run(5.25)
    world.restart(20)
    world.run(1000)
    assert world.points == ["a"] and len(world.moves) == 1
    assert world.context.intent is not None and not world.context.intent.moving


@law(Bug(interrupted, "Decision", without_its_source))
def an_order_that_is_completed_by_a_monitor_is_still_an_operators() -> None:
    """So it does not count for the breaker, and failback leaves it where it was wanted."""
    policy = Policy(failback="auto", failback_delay=30)
    world = pair("+", "+", policy, points=["a", "a"]).run(40)
    told = OPERATOR, "asked for", world.now, "noon", world.now + 9
    world.context = decision.started(world.context, world.definition, "b", *told)
    world.points[1] = "b"  # then whoever carried it out was killed
    assert world.run(300).points == ["b", "b"]
    (move,) = world.context.moves
    assert (move.source, move.cause) == (OPERATOR, REQUEST)
    assert counted(world.context, policy, world.now) == ()


@law(Bug(decision, "is_under_way", always(False)))
def a_move_that_is_under_way_elsewhere_is_waited_for() -> None:
    world = pair("+++++x", "+", also={"c": "+"}).run(4)
    world.context = replace(
        world.context,
        intent=Intent("c", 9, True, OPERATOR, "noon", marker_until=world.now + 20),
    )
    assert world.run(23).moves == []
    assert world.run(26).points == ["c"], "its marker expired: it is finished"


@law(
    Bug(moves, "is_open_after", always(False)),
    Bug(moves, "with_attempts", passing_through),
    Bug(interrupted, "retry_wait", always(0.0)),
)
def cells_that_failed_are_tried_again_after_a_cooldown_three_times_an_hour() -> None:
    world = pair("+++++x", "+", points=["a", "a"], fails={1: Action.FAILED})
    world.run(120)
    assert [round(at) for at, _to in world.moves] == [5, 15, 25]
    assert [move.result for move in world.context.moves] == [PARTIAL] * 3
    world.fails = {}
    assert world.run(130).points == ["b", "a"]
    world.context = orders.reset(world.context, world.now)
    assert world.run(132).points == ["b", "b"]


@law(Bug(moves, "is_open_after", always(True)))
def a_cell_that_someone_else_changed_meanwhile_is_not_tried_again_at_once() -> None:
    world = pair("+++++x", "+", points=["a", "a"], fails={1: Action.CONFLICT}).run(30)
    assert len(world.moves) == 1


@law(Bug(moves, "result_of", always("partial")))
def a_move_that_changed_nothing_leaves_the_intent_where_the_address_is() -> None:
    world = pair("+++++xx++", "+", fails={0: Action.FAILED}).run(8)
    intent = world.context.intent
    assert intent is not None and (intent.to, intent.moving) == ("a", False)


@law(Bug(decision, "paused", always(None)))
def a_paused_floating_ip_is_not_written() -> None:
    world = pair("+++++x", "+", pause=Pause("ann", "upgrade", "noon"))
    assert world.run(120).moves == []
    assert world.said[-1][1].reason == "paused by ann since noon: upgrade"


@law(Bug(decision, "store_lost", always(None)))
def a_broken_shared_store_prevents_moves_and_a_broken_file_does_not() -> None:
    world = pair("+++++x", "+", observer=Observer(store_ok=False))
    assert world.run(30).points == ["b"]
    world = pair("+++++x", "+", observer=Observer(store_ok=False))
    world.definition = replace(world.definition, store=Store("dynamodb"))
    assert world.run(120).moves == []
