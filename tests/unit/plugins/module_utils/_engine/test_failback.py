# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which orders of an operator keep an address where it is."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine import learn, moves
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    OPERATOR,
    Context,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.failback import (
    is_ordered,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    cell,
    definition,
    look,
)

HELD_BY_B = Context(holder="b", holding="held", holder_since=0.0)


def ordered_to_a() -> Context:
    return moves.started(HELD_BY_B, definition(), "a", OPERATOR, "asked for", 1.0, "noon", 2.0)


def ended_as(action: Action) -> Context:
    outcome = Outcome(cell(0), "eni-b", "eni-a", action)
    return moves.finished(ordered_to_a(), [outcome], 1.5, "noon")


def test_an_order_that_was_carried_out_keeps_it_there() -> None:
    assert is_ordered(ended_as(Action.MOVED), "a")
    assert not is_ordered(ended_as(Action.MOVED), "b")


def test_an_order_that_failed_keeps_it_nowhere() -> None:
    context = ended_as(Action.FAILED)
    assert not is_ordered(context, "a") and not is_ordered(context, "b")


def test_an_order_that_is_given_up_keeps_it_nowhere() -> None:
    interrupted = replace(ordered_to_a(), holder_since=0.0)
    context, (notice,) = learn.learn(interrupted, definition(), look(99.0, ["b"]), 99.0)
    assert notice.kind == "abandoned"
    assert not is_ordered(context, "a") and not is_ordered(context, "b")
