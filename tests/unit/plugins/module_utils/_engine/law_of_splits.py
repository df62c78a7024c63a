# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules about cells that disagree, one property each."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    decision,
    interrupted,
    plan,
    split,
    view,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    OPERATOR,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import (
    Observer,
    Verdict,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    by_the_fewest_cells,
    by_the_intent_alone,
    by_the_most_cells,
    repairing_anyway,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    law,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    STRANGER_ID,
    interface,
    look,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    healthy,
)

UP = {"a": marks("+"), "b": marks("+")}
STRANGER = STRANGER_ID


@law(Bug(split, "is_agreed", always(True)))
def a_split_is_repaired_only_if_two_looks_agree() -> None:
    world = healthy(["a", "a"], policy=Policy(reconcile_interval=30))
    world.points[1] = "b"
    world.run(59)
    assert world.points == ["a", "b"] and world.moves == []
    world.run(66)
    assert world.points == ["a", "a"]
    assert world.said[-1][1].verdict is Verdict.HOLD


@law(Bug(split, "shape_of", always("")))
def a_split_that_changes_shape_is_looked_at_anew() -> None:
    world = healthy(["a", "a", "a"], policy=Policy(reconcile_interval=30))
    world.points[1] = "b"
    world.run(45)
    world.points[1:] = ["a", "b"]
    assert world.run(85).points == ["a", "a", "b"]
    assert world.run(95).points == ["a", "a", "a"]


@law(Bug(decision, "is_under_way", always(False)))
def no_split_is_repaired_while_someone_is_moving_it() -> None:
    world = healthy(["a", "a"], policy=Policy(reconcile_interval=10))
    world.points[1] = "b"
    world.context = replace(
        world.context,
        intent=Intent("b", 7, True, OPERATOR, "noon", marker_until=world.now + 60),
    )
    assert world.run(60).moves == []
    assert "under way" in world.said[-1][1].reason


@law(Bug(split, "anchor", by_the_most_cells), Bug(split, "anchor", by_the_intent_alone))
def a_split_converges_to_the_intent_if_its_target_is_up() -> None:
    policy = Policy(reconcile_interval=10)
    world = healthy(["a", "a", "b"], policy=policy)
    world.context = replace(world.context, intent=Intent("b", 7, False, OPERATOR, "noon"))
    assert world.run(40).points == ["b", "b", "b"]
    world = healthy(["a", "a", "b"], policy=policy, scripts={"a": marks("+"), "b": marks("?")})
    world.context = replace(world.context, intent=Intent("b", 7, False, OPERATOR, "noon"))
    assert world.run(40).points == ["a", "a", "a"]


@law(Bug(split, "most_cells", by_the_fewest_cells))
def without_an_intent_a_split_converges_to_the_target_of_most_cells() -> None:
    policy = Policy(reconcile_interval=10)
    assert healthy(["a", "b", "b"], policy=policy).run(40).points == ["b", "b", "b"]
    assert healthy(["b", "a"], policy=policy).run(40).points == ["a", "a"], "ties by the list"
    assert healthy([None, "b"], policy=policy).run(40).points == ["b", "b"]


@law(Bug(view, "is_proven_up", always(True)))
def a_split_of_which_no_target_is_up_is_left() -> None:
    world = healthy(["a", "b"], policy=Policy(reconcile_interval=10), scripts={"a": marks("?")})
    assert world.run(60).moves == []


@law(Bug(split, "REPAIRS_PER_HOUR", 9), Bug(split, "HOUR", 1e9))
def a_cell_is_repaired_three_times_an_hour_then_reported() -> None:
    world = healthy(["a", "a"], policy=Policy(reconcile_interval=10), probe=Probe(interval=10))
    for again in range(60, 600, 60):
        world.points[1] = "b"
        world.run(again)
    assert len(world.moves) == 3
    assert "who fights" in world.said[-1][1].reason
    world.run(3720)
    assert len(world.moves) == 4


@law(Bug(decision, "cells_astray", repairing_anyway))
def drift_that_should_only_be_reported_is_not_repaired() -> None:
    world = healthy(["a", "b"], policy=Policy(reconcile_interval=10, on_drift="report"))
    assert world.run(60).moves == []
    assert world.said[-1][1].alarm


@law(Bug(decision, "cells_astray", always(None)))
def a_route_that_is_missing_in_a_new_table_is_created() -> None:
    world = healthy(["a", None], policy=Policy(reconcile_interval=10))
    assert world.run(40).points == ["a", "a"]
    changes = plan.plan_move(look(0, ["a", None]), "eni-a")
    assert [(change.before, change.after) for change in changes] == [(None, interface("a"))]


@law(Bug(split, "is_left_alone", always(False)))
def observers_that_wait_for_each_other_converge_by_what_both_see() -> None:
    """One wants it at b, the other has never seen it there; each may take it for itself only."""
    policy = Policy(reconcile_interval=5)
    one = healthy(["a", "a"], policy=policy, observer=Observer("a"))
    two = healthy(one.points, policy=policy, observer=Observer("b"))
    one.context = replace(one.context, intent=Intent("b", 7, False, OPERATOR, "noon"))
    one.points[1] = "b"
    for second in range(6, 80):
        one.run(second)
        two.run(second)
        assert second > 15 or one.points == ["a", "b"], "it is the turn of the observer on b"
    assert one.points == ["a", "a"] and (len(one.moves), len(two.moves)) == (1, 0)


@law(Bug(interrupted, "is_left_alone", always(False)))
def an_interrupted_move_that_is_left_to_another_does_not_stay_so_for_ever() -> None:
    policy = Policy(reconcile_interval=5)
    one = healthy(["a", "a"], policy=policy, observer=Observer("a"))
    one.context = replace(one.context, intent=Intent("b", 7, True, MONITOR, "noon"))
    one.points[1] = "b"
    assert one.run(15).points == ["a", "b"]
    assert "left to the observer on b" in one.said[-1][1].reason
    assert one.run(60).points == ["a", "a"]


@law(Bug(decision, "alarming", lambda decided: decided))
def a_split_that_is_not_repaired_is_an_alarm() -> None:
    world = healthy(["a", "a"], policy=Policy(reconcile_interval=5), observer=Observer("b"))
    world.points[1] = "b"
    world.run(30)
    assert world.said[-1][1].alarm and "the observer on a" in world.said[-1][1].reason
