# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules about when the address may move, one property each."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
    Store,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    candidate,
    decision,
    gate,
    judge,
    looks,
    moves,
    orders,
    turn,
    view,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    OPERATOR,
    Context,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import (
    Observer,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    believing_that_a_holds_it,
    eligible_though_drained,
    eligible_though_unproven,
    forgetting_everything,
    never_settled,
    one_more_pass,
    passed_ever,
    settled_only,
    the_least_preferred,
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
    World,
    pair,
)


@law(
    Bug(decision, "holder_down", always(None)),
    Bug(candidate, "is_eligible", eligible_though_unproven),
)
def nothing_moves_while_no_target_is_up_and_once_when_one_is() -> None:
    """180 seconds of both targets down moved the seed 13 times."""
    assert pair("+++++x", "x").run(180).moves == []
    assert pair("+++++-", "-", reference=marks("+")).run(180).moves == []
    assert len(pair("+++++x", "+").run(180).moves) == 1
    assert len(pair("+++++-", "+").run(180).moves) == 1


@law(Bug(judge, "is_proven_down", always(True)))
def the_holder_keeps_it_while_it_is_up() -> None:
    assert pair("+", "+").run(120).moves == []
    assert pair("+", "x").run(120).moves == []
    assert pair("?+", "+", points=["b"]).run(120).moves == []


@law(Bug(candidate, "is_eligible", eligible_though_unproven))
def it_moves_only_to_a_target_proven_up() -> None:
    for standby in ("?", "-", "!", "x+xx+xx+x?"):
        assert pair("+++++x", standby).run(60).moves == [], standby


@law(Bug(turn, "best", the_least_preferred))
def it_moves_to_the_most_preferred_of_those_that_are_up() -> None:
    assert pair("+++++x", "+", also={"c": "+"}).run(20).points == ["b"]
    assert pair("+++++x", "x", also={"c": "+"}).run(20).points == ["c"]
    assert pair("+", "+++++x", also={"c": "+"}, points=["b"]).run(20).points == ["a"]


@law(Bug(candidate, "is_eligible", eligible_though_drained))
def it_never_moves_to_a_drained_target() -> None:
    world = pair("+++++x", "+", also={"c": "+"})
    world.context = orders.drain(world.context, "b")
    world.run(60)
    assert [to for _at, to in world.moves] == ["c"]


@law(Bug(decision, "holder_drained", always(None)), Bug(decision, "OPERATOR", "monitor"))
def a_drained_holder_is_left_as_soon_as_another_target_is_up() -> None:
    world = pair("+", "x" * 20 + "+", Policy(max_moves=1, cooldown=300))
    world.run(2)
    world.context = orders.drain(world.context, "a")
    assert world.run(20).points == ["a"]
    assert world.run(25).points == ["b"]
    assert world.context.moves[-1].source == OPERATOR


@law(Bug(decision, "is_failure_recent", always(False)))
def leaving_a_drained_holder_is_not_tried_again_at_once_if_it_failed() -> None:
    world = pair("+", "+", fails={0: Action.FAILED}).run(3)
    world.context = orders.drain(world.context, "a")
    world.run(25)
    assert [round(at) for at, _to in world.moves] == [3, 13, 23]


@law(Bug(judge, "is_blackhole", always(False)), Bug(view, "is_proven_up", one_more_pass))
def a_blackhole_whose_probe_does_not_pass_is_down_at_once() -> None:
    slow = pair("+++++-", "+", blackholes={"a"})
    slow.run(4.9)
    assert slow.moves == []
    slow.run(5.7)
    assert slow.points == ["b"], "one silent probe is enough"


@law(Bug(looks, "is_blackhole", always(False)))
def a_blackhole_whose_probe_passes_is_reported_and_looked_at_again() -> None:
    world = pair("+", "+", blackholes={"a"}).run(21)
    assert world.moves == []
    assert "blackhole" in world.said[-1][1].reason and world.said[-1][1].alarm
    assert 6 <= world.looks <= 10


@law(Bug(judge, "is_trusted", passed_ever), Bug(judge, "is_trusted", never_settled))
def a_new_holders_failures_count_only_once_it_has_passed_a_probe() -> None:
    """b was up, got the address, and fails from then on: its service may still be starting."""
    world = pair("+++++xx+", lambda s: "+" if s < 5.25 else "x")
    world.run(5 + 59)
    assert world.points == ["b"] and len(world.moves) == 1
    world.run(5 + 63)
    assert world.points == ["a"], "settle is over"


@law(Bug(judge, "is_trusted", settled_only))
def after_its_first_pass_a_new_holders_failures_count_at_once() -> None:
    world = pair("+++++xx+", lambda s: "x" if s > 20 else "+")
    world.run(22)
    assert world.points == ["a"] and len(world.moves) == 2


@law(Bug(judge, "is_trusted", always(True)))
def after_a_cold_start_the_holders_failures_do_not_count_at_once() -> None:
    world = pair("x", "+")
    world.run(59)
    assert world.moves == []
    assert world.run(62).points == ["b"]


@law(Bug(judge, "is_trusted", always(True)))
def after_a_lost_context_the_holders_failures_do_not_count_at_once() -> None:
    world = pair("+++++x", "+", points=["a"])
    world.run(5)
    world.context = Context()
    world.restart(0)
    world.run(5 + 59)
    assert world.moves == []
    assert world.run(5 + 62).points == ["b"]


@law(Bug(decision, "restore", forgetting_everything))
def a_restart_within_three_intervals_loses_no_probe() -> None:
    world = pair("+++++-", "+")
    world.run(6.2)
    world.restart(0.1)
    assert world.run(8).points == ["b"]


@law(Bug(gate, "may_move", always(True)), Bug(turn, "is_holder_down", always(False)))
def an_observer_on_a_target_takes_the_address_only_for_its_own() -> None:
    def world(own: str, a: str = "+++++x", b: str = "+", c: str = "+") -> World:
        return pair(a, b, also={"c": c}, observer=Observer(own))

    assert world("b").run(30).points == ["b"]
    assert world("c").run(30).points == ["a"], "the best target is b: its observer will move it"
    assert world("a").run(30).points == ["b"], "its own probe is down: it gives it away"
    assert world("c", c="+++++x").run(30).points == ["a"]
    shared = world("c")
    shared.definition = replace(shared.definition, store=Store("dynamodb"))
    assert shared.run(30).points == ["b"]


@law(Bug(gate, "cooldown_left", always(0.0)))
def two_automatic_moves_are_a_cooldown_apart() -> None:
    policy = Policy(cooldown=40)
    world = pair(lambda s: "x" if 5 <= s < 8 else "+", lambda s: "x" if s > 9 else "+", policy)
    world.run(45)
    assert world.points == ["b"]
    assert world.run(47).points == ["a"]


@law(Bug(looks, "LOOK_VALID", 1e9), Bug(looks, "fresh_first", lambda one, decided: decided))
def a_decision_to_write_looks_again_if_the_look_is_older_than_two_seconds() -> None:
    world = pair("+++++x", "+", Policy(reconcile_interval=3600), probe=Probe(fall=30))
    looked = world.run(7.85).looks
    assert world.run(7.95).points == ["b"]
    assert world.looks == looked + 2, "once before and once after"


@law(Bug(view, "standing_of", believing_that_a_holds_it))
def a_look_that_shows_another_holder_stops_the_move() -> None:
    world = pair("+++++x", "+", Policy(reconcile_interval=3600))
    world.run(4.5)
    world.someone_moves("b")
    assert world.run(90).moves == []


@law(Bug(looks, "due", lambda one: None if one.look else "first"))
def the_first_failed_probe_of_the_holder_looks_once() -> None:
    world = pair(down_between((5, 5.05)), "+", Policy(reconcile_interval=3600)).run(4)
    looks = world.looks
    assert world.run(11).looks == looks + 1


@law(Bug(decision, "hold_standing", lambda one: view.hold("all is well")))
def holding_says_who_has_it_and_who_could() -> None:
    world = pair("+", "+").run(10)
    assert world.said[-1][1].reason == "a holds it and is up; b is ready"
    assert not world.said[-1][1].alarm


@law(Bug(moves, "cause_of", always("request")))
def moves_of_the_monitor_are_recorded_as_its_own() -> None:
    world = pair("+++++x", "+").run(30)
    (move,) = world.context.moves
    assert (move.origin, move.to, move.source, move.cause) == ("a", "b", MONITOR, "failover")
