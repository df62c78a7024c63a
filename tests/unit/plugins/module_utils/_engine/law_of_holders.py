# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules about who holds the address, one property each."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    candidate,
    cells,
    decision,
    gate,
    learn,
    plan,
    turn,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Holding,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    EXTERNAL,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    eligible_though_unproven,
    of_the_first_cell,
    the_least_preferred,
    unadopted,
    whoever_has_it,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    law,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    STRANGER_ID,
    look,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    healthy,
)

UP = {"a": marks("+"), "b": marks("+")}
STRANGER = STRANGER_ID


@law(Bug(cells, "holder_of", of_the_first_cell))
def the_holder_is_whom_every_cell_points_at() -> None:
    cases = {
        ("a", "a"): (Holding.HELD, "a"),
        ("a", "b"): (Holding.SPLIT, None),
        ("a", None): (Holding.SPLIT, None),
        ("a", STRANGER): (Holding.SPLIT, None),
        (None, None): (Holding.ABSENT, None),
        (STRANGER, None): (Holding.FOREIGN, None),
        (): (Holding.UNREADABLE, None),
    }
    for points, expected in cases.items():
        assert cells.holder_of(look(0, points)) == expected, points
    assert cells.holder_of(look(0, ["a"], error="throttled"))[0] is Holding.UNREADABLE


@law(Bug(cells, "is_cell_of_ours", always(True)))
def a_cell_that_fails_for_good_blocks_no_other() -> None:
    seen = look(0, ["a", "a", "b"])
    broken = replace(seen.readings[2], error="access denied")
    seen = replace(seen, readings=(*seen.readings[:2], broken))
    assert cells.holder_of(seen) == (Holding.HELD, "a")
    assert [change.cell.id for change in plan.plan_move(seen, "eni-b")] == ["rtb-0", "rtb-1"]


@law(
    Bug(cells, "is_kept_by_stranger", always(False)),
    Bug(decision, "held_by_a_stranger", always(None)),
)
def a_living_stranger_is_reported_and_never_overwritten() -> None:
    world = healthy([STRANGER])
    assert world.moves == [] and world.points == [STRANGER]
    assert STRANGER in world.said[-1][1].reason and world.said[-1][1].alarm


@law(Bug(plan, "is_writable", whoever_has_it))
def a_living_stranger_in_one_cell_does_not_block_the_others() -> None:
    world = healthy(["a", "a", STRANGER], scripts={"a": marks("+++++x"), "b": marks("+")})
    world.run(10)
    assert world.points == ["b", "b", STRANGER]


@law(Bug(cells, "is_dead_end", always(False)))
def a_dead_stranger_is_a_dead_holder() -> None:
    assert healthy([STRANGER], blackholes={STRANGER}).points == ["a"]
    seen = look(0, [STRANGER], gone=(STRANGER,))
    assert cells.writable(seen) == seen.readings


@law(Bug(cells, "is_cell_of_ours", always(True)))
def a_propagated_route_is_never_touched() -> None:
    seen = look(0, ["a", "a"])
    propagated = replace(seen.readings[1], points_at=STRANGER, propagated=True, blackhole=True)
    seen = replace(seen, readings=(seen.readings[0], propagated))
    assert cells.holder_of(seen) == (Holding.HELD, "a")
    for overwrite in (False, True):
        changed = [change.cell.id for change in plan.plan_move(seen, "eni-b", overwrite)]
        assert changed == ["rtb-0"]


@law(
    Bug(decision, "held_by_nobody", always(None)),
    Bug(turn, "best", the_least_preferred),
    Bug(candidate, "is_eligible", eligible_though_unproven),
)
def an_address_that_nobody_holds_goes_to_the_most_preferred_target_that_is_up() -> None:
    assert healthy([None, None]).points == ["a", "a"]
    assert healthy([None], scripts={"a": marks("x"), "b": marks("+")}).points == ["b"]
    assert healthy([None], scripts={"a": marks("x"), "b": marks("?")}).points == [None]


@law(Bug(decision, "unreadable", always(None)))
def an_unreadable_address_is_not_moved() -> None:
    world = healthy(["a"], scripts={"a": marks("+x"), "b": marks("+")}, ec2=marks("-"))
    assert world.run(60).moves == []
    assert "EC2 does not answer" in world.said[-1][1].reason


@law(Bug(learn, "_adopted", unadopted))
def a_move_by_someone_else_is_adopted_and_never_reverted() -> None:
    world = healthy(["a"], policy=Policy(reconcile_interval=5))
    world.someone_moves("b")
    world.run(300)
    assert world.moves == [] and world.points == ["b"]
    intent = world.context.intent
    assert intent is not None and (intent.to, intent.source) == ("b", EXTERNAL)
    assert [notice.kind for notice in world.notices] == ["external"]


@law(Bug(learn, "_adopted", unadopted), Bug(gate, "cooldown_left", always(0.0)))
def a_move_by_someone_else_starts_the_cooldown_and_settling() -> None:
    world = healthy(["a"], scripts={"a": marks("+"), "b": marks("x")}, policy=Policy(cooldown=90))
    world.someone_moves("b")
    world.run(6)
    world.look()
    since = world.context.holder_since
    assert since is not None and since == world.now
    world.run(6 + 59)
    assert world.moves == [], "settle is not over, and b was never seen up"
    world.run(6 + 89)
    assert world.moves == [], "the cooldown is not over"
    assert world.run(6 + 92).points == ["a"]
