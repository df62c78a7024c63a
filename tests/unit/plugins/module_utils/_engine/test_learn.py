# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    OPERATOR,
    Context,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.learn import Notice, learn
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    STRANGER_ID,
    definition,
    look,
)

HELD = Context(holder="a", holder_since=1.0, holding="held", holder_seen_up=True)


def test_a_look_that_failed_teaches_nothing() -> None:
    assert learn(HELD, definition(), look(9, ["b"], error="throttled"), 9) == (HELD, ())


def test_the_first_look_of_all_is_no_move() -> None:
    context, notices = learn(Context(), definition(), look(9, ["b"]), 9)
    assert (context.holder, context.holder_since, context.moves, notices) == ("b", 9, (), ())


def test_every_state_but_held_is_told_once_and_so_is_its_end() -> None:
    context, told = HELD, []
    for points in (["a", "b"], ["a", "b"], [None, None], [STRANGER_ID], ["a"], ["a"]):
        context, notices = learn(context, definition(), look(9, points), 9)
        told.append([notice.sentence for notice in notices])
    assert told == [
        ["the cells disagree about who holds it"],
        [],
        ["nobody holds it any more"],
        ["an interface that is no target holds it"],
        ["a holds it again"],
        [],
    ]


def test_an_address_that_was_gone_has_a_new_holder_even_if_it_is_the_old_one() -> None:
    gone, _notices = learn(HELD, definition(), look(5, [None]), 5)
    context, _notices = learn(gone, definition(), look(9, ["a"]), 9)
    assert (context.holder_since, context.holder_seen_up) == (9, False)


def test_a_split_does_not_make_the_holder_new() -> None:
    split, _notices = learn(HELD, definition(), look(5, ["a", "b"]), 5)
    context, _notices = learn(split, definition(), look(9, ["a", "a"]), 9)
    assert (context.holder_since, context.unheld) == (1.0, None)


def test_an_announced_move_is_no_move_by_another_party() -> None:
    moving = Intent("b", 3, True, OPERATOR, "noon", marker_until=60.0)
    context, notices = learn(replace(HELD, intent=moving), definition(), look(9, ["b"]), 9)
    assert (context.holder, context.holder_since, context.moves, notices) == ("b", 9, (), ())
    assert context.intent == moving, "its mover will end it"


def test_a_holder_to_which_an_operator_gave_it_again_gets_time_to_start() -> None:
    ordered = Intent("a", 3, False, OPERATOR, "noon", started_at=7.0)
    context, _notices = learn(replace(HELD, intent=ordered), definition(), look(9, ["a"]), 9)
    assert (context.holder_since, context.holder_seen_up) == (9, False)
    again, _notices = learn(context, definition(), look(15, ["a"]), 15)
    assert again.holder_since == 9, "once"
    ours = replace(ordered, source=MONITOR)
    context, _notices = learn(replace(HELD, intent=ours), definition(), look(9, ["a"]), 9)
    assert context.holder_since == 1.0


def test_a_move_that_nobody_ended_is_recorded_once_it_is_complete() -> None:
    moving = Intent("b", 3, True, MONITOR, "noon", origin="a", cause="failover")
    context, notices = learn(replace(HELD, intent=moving), definition(), look(9, ["b"]), 9)
    (move,) = context.moves
    assert (move.origin, move.to, move.source, move.result) == ("a", "b", MONITOR, "seen")
    assert context.intent == replace(moving, moving=False)
    assert notices == (Notice("completed", "b holds it, as intended", "b"),)


def test_an_intent_that_nothing_came_of_follows_the_address() -> None:
    stale = Intent("b", 3, False, MONITOR, "noon")
    context, notices = learn(replace(HELD, intent=stale), definition(), look(9, ["a"]), 9)
    assert context.intent == replace(stale, to="a") and notices == ()


def test_an_adopted_move_has_the_next_epoch() -> None:
    stale = Intent("a", 3, False, MONITOR, "noon")
    context, _notices = learn(replace(HELD, intent=stale), definition(), look(9, ["b"]), 9, "noon")
    assert context.intent is not None
    assert (context.intent.to, context.intent.epoch, context.intent.moving) == ("b", 4, False)


def test_a_look_is_an_answer_from_outside() -> None:
    context, _notices = learn(HELD, definition(), look(9, ["a"]), 9)
    assert [(answer.source, answer.at) for answer in context.answers] == [("EC2", 9)]
