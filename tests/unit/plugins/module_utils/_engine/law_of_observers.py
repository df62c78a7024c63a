# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules about who observes, and since when, one property each."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    decision,
    interrupted,
    learn,
    memory,
    observe,
    turn,
    view,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    OPERATOR,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Health
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.orders import drain
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import (
    Observer,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    as_a_cold_start,
    as_if_it_were_known,
    since_the_first_look,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    law,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    down_between,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    healthy,
    pair,
)

UNKNOWN = Observer(is_known=False, problem="The metadata service did not answer.")


@law(Bug(decision, "known_first", lambda one, decided: decided))
def a_host_that_may_be_any_of_the_targets_writes_nothing() -> None:
    for points in (["a"], ["a", "b"], [None]):
        down = pair("+++++x", "+", Policy(settle=5), observer=UNKNOWN, points=list(points))
        assert down.run(120).moves == [], points
        assert "not known yet which target" in down.said[-1][1].reason and down.said[-1][1].alarm
    drained = healthy(["a"], observer=UNKNOWN)
    drained.context = drain(drained.context, "a")
    assert drained.run(30).moves == []


@law(Bug(decision, "known_first", lambda one, decided: view.hold("never")))
def once_it_is_known_the_move_is_made_at_once() -> None:
    world = pair("+++++x", "+", observer=UNKNOWN).run(60)
    world.observer = Observer("b")
    assert world.run(61.1).points == ["b"]


@law(Bug(turn, "PATIENCE", 1e9), Bug(turn, "PATIENCE", 0))
def what_the_observer_whose_turn_it_is_lets_be_is_taken_by_the_next_one() -> None:
    """After three intervals. That one may be stopped, paused or cut off from AWS."""
    policy = Policy(reconcile_interval=10)
    third = pair("+++++x", "+", policy, also={"c": "+"}, observer=Observer("c"))
    assert third.run(33).points == ["a"], "it is the turn of the observer on b"
    assert "the observer on b is the one" in third.said[-1][1].reason
    assert third.run(38).points == ["c"]
    assert "as the observer on b lets it be" in third.context.moves[0].reason
    fourth = pair("+++++x", "+", policy, also={"c": "+", "d": "+"}, observer=Observer("d"))
    assert fourth.run(63).points == ["a"], "then it is the turn of the one on c"
    assert fourth.run(68).points == ["d"]


@law(Bug(turn, "PATIENCE", 1e9), Bug(turn, "PATIENCE", 0))
def an_address_that_nobody_has_waits_for_no_observer_for_ever_either() -> None:
    policy = Policy(reconcile_interval=10)
    world = pair("+", "+", policy, observer=Observer("b"), points=[None])
    assert world.run(29).points == [None], "it is the turn of the observer on a"
    assert world.run(35).points == ["b"]


@law(Bug(interrupted, "is_left_alone", always(False)))
def an_order_that_its_own_target_never_heard_of_keeps_nobody_from_a_failover() -> None:
    """It was given here and killed before its first call; then the holder fails."""
    policy = Policy(reconcile_interval=10)
    world = pair("+", "+++++x", policy, also={"c": "+"}, observer=Observer("a"), points=["b"])
    world.run(3)
    world.context = replace(world.context, intent=Intent("c", 7, True, OPERATOR, "noon"))
    assert world.run(30).points == ["b"]
    assert "left to the observer on c" in world.said[-1][1].reason
    assert world.run(40).points == ["a"]


@law(Bug(observe, "observe", as_if_it_were_known))
def while_it_is_unknown_no_probe_of_a_target_is_an_answer() -> None:
    """b may be this very host: that it answers proves nothing."""
    world = pair("+++++-", "+", observer=UNKNOWN, ec2=lambda s: "+" if s < 4 else "-").run(60)
    run = world.context.run_of("a")
    assert run.health is not Health.DOWN


@law(Bug(decision, "restore", as_a_cold_start))
def the_next_window_is_no_cold_start() -> None:
    """The start took more than three quick intervals, and the holder died during it."""
    quick = Probe(interval=0.1, timeout=0.1, fast_interval=0.1)
    world = pair(lambda s: "+" if s < 5.05 else "x", "+", probe=quick).run(5)
    before, since = world.context.run_of("a").length, world.context.holder_since
    world.restart(0.5, goes_on=True)
    assert world.context.run_of("a").length == before and world.context.holder_since == since
    assert world.run(7).points == ["b"]
    assert decision.restore(world.context, "other", 1.0, world.definition, True).runs == {}


@law(Bug(memory, "_resumed", lambda context, gap: {}))
def what_is_unbroken_is_so_over_any_number_of_windows() -> None:
    """A failback waits for ten minutes of it, and a window lasts no longer."""
    quick = Probe(interval=0.1, timeout=0.1, fast_interval=0.1)
    policy = Policy(failback="auto", failback_delay=20)
    world = pair(down_between((5, 6)), "+", policy, probe=quick)
    for second in range(10, 24, 2):
        world.run(second).restart(0.35, goes_on=True)
    assert world.points == ["b"]
    assert world.run(31).points == ["a"]


@law(Bug(memory, "ABSENCE", 0.0), Bug(memory, "ABSENCE", 1e9))
def a_monitor_that_was_killed_leaves_a_holder_that_dies_meanwhile_without_delay() -> None:
    """It was saved half a minute ago; what the holder had proven until then still counts."""
    world = pair(lambda s: "+" if s < 5.05 else "x", "+").run(5)
    world.restart(31.3)
    assert world.run(5 + 31.3 + 3).points == ["b"]
    later = pair(lambda s: "+" if s < 5.05 else "x", "+").run(5)
    later.restart(120)
    assert later.run(5 + 120 + 58).points == ["a"], "that was a cold start: after settle"


@law(Bug(learn, "with_holder", since_the_first_look))
def what_the_holder_has_proven_counts_since_the_start_and_not_since_the_first_look() -> None:
    world = pair(lambda s: "+" if s < 3 else "x", "+", ec2=lambda s: "+" if s >= 2.5 else "-")
    assert world.run(9).points == ["b"]
    never = pair("x", "+", ec2=lambda s: "+" if s >= 2.5 else "-")
    assert never.run(59).points == ["a"], "it has proven nothing since the start"
    assert never.run(63).points == ["b"], "settle is over"


@law(Bug(learn, "with_holder", lambda context, holder, now: replace(context, holder=holder)))
def an_address_that_nobody_had_before_the_first_look_has_a_new_holder() -> None:
    world = pair("+", "+", points=[None], observer=UNKNOWN).run(5)
    world.points = ["a"]
    world.run(40)
    since = world.context.holder_since
    assert world.context.holder == "a" and since is not None and since >= 1005
