# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules about going back to a preferred target, one property each."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    decision,
    failback,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    FAILBACK,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    going_back_unasked,
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


@law(Bug(failback, "unbroken", always(1e9)), Bug(decision, "failback_due", always(None)))
def failback_waits_for_unbroken_health() -> None:
    policy = Policy(failback="auto", failback_delay=60)
    world = pair(down_between((5, 10), (50, 51)), "+", policy)
    world.run(109)
    assert world.points == ["b"]
    assert world.run(114).points == ["a"]
    assert world.context.moves[-1].cause == FAILBACK


@law(Bug(decision, "failback_due", going_back_unasked))
def failback_is_manual_unless_asked_for() -> None:
    world = pair("+++++x++", "+").run(1000)
    assert world.points == ["b"]
    assert "a is ready and preferred" in world.said[-1][1].reason


@law(Bug(failback, "is_ordered", always(False)))
def failback_never_takes_back_what_an_operator_ordered() -> None:
    policy = Policy(failback="auto", failback_delay=30)
    world = pair("+", lambda s: "x" if 200 <= s < 210 else "+", policy).run(40)
    world.operator_moves("b")
    assert world.run(190).points == ["b"]
    assert "an operator moved it to b" in world.said[-1][1].reason
    assert world.run(220).points == ["a"], "b went down"
    world.scripts = {"a": down_between((300, 310)), "b": marks("+")}
    assert world.run(320).points == ["b"]
    assert world.run(350).points == ["a"], "that was a failover again"


@law(Bug(failback, "is_intended", always(False)))
def an_order_to_where_it_is_already_keeps_it_there() -> None:
    policy = Policy(failback="auto", failback_delay=30)
    world = pair("+++++xx+", "+", policy).run(20)
    world.operator_moves("b")
    assert world.run(100).points == ["b"]


@law(Bug(failback, "delay", lambda context, policy: policy.failback_delay))
def a_failback_that_does_not_hold_doubles_the_delay() -> None:
    policy = Policy(failback="auto", failback_delay=60, max_moves=100)
    a = down_between((5, 10), (100, 110))
    world = pair(a, "+", policy)
    world.run(75)
    assert world.points == ["a"]
    world.run(110 + 118)
    assert world.points == ["b"], "60 seconds no longer do"
    assert world.run(110 + 124).points == ["a"]


@law(Bug(failback, "LONGEST_DELAY", 1e9))
def the_delay_of_failback_never_exceeds_an_hour() -> None:
    policy = Policy(failback="auto", failback_delay=3000, max_moves=100)
    a = down_between((50, 100), (3200, 3290))
    world = pair(a, "+", policy, probe=Probe(interval=20)).run(3300)
    assert world.points == ["b"] and world.context.moves[-2].cause == FAILBACK
    assert world.run(3290 + 3590).points == ["b"]
    assert world.run(3290 + 3650).points == ["a"]
