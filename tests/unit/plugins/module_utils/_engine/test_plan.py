# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.plan import (
    plan_move,
    plan_remove,
    predict,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    cell,
    look,
)


def test_only_cells_that_are_wrong_are_changed_in_their_order() -> None:
    changes = plan_move(look(0, ["a", "b", None]), "eni-b")
    assert [(c.cell.id, c.before, c.after, c.priority) for c in changes] == [
        ("rtb-0", "eni-a", "eni-b", 0),
        ("rtb-2", None, "eni-b", 2),
    ]


def test_a_living_stranger_is_overwritten_only_if_that_is_forced() -> None:
    seen = look(0, ["eni-x"])
    assert plan_move(seen, "eni-a") == ()
    assert [change.before for change in plan_move(seen, "eni-a", overwrite=True)] == ["eni-x"]


def test_removal_takes_what_is_ours_and_leaves_strangers() -> None:
    seen = look(0, ["a", None, "eni-x", "eni-gone"], gone=("eni-gone",))
    assert [change.cell.id for change in plan_remove(seen)] == ["rtb-0", "rtb-3"]
    assert all(change.after is None for change in plan_remove(seen))


def test_a_prediction_names_every_cell() -> None:
    seen = look(0, ["a", "b", "eni-x", "a"])
    broken = replace(seen.readings[3], error="Access to rtb-3 is denied.")
    seen = replace(seen, readings=(*seen.readings[:3], broken))
    outcomes = predict(seen, plan_move(seen, "eni-b"))
    assert [(o.cell, o.action) for o in outcomes] == [
        (cell(0), Action.MOVED),
        (cell(1), Action.LEFT),
        (cell(2), Action.FAILED),
        (cell(3), Action.FAILED),
    ]
    assert outcomes[2].error is not None and "eni-x, which is no target" in outcomes[2].error
    assert outcomes[3].error == "Access to rtb-3 is denied."


def test_a_propagated_route_is_predicted_to_fail() -> None:
    seen = look(0, ["a"])
    seen = replace(seen, readings=(replace(seen.readings[0], propagated=True),))
    (outcome,) = predict(seen, plan_move(seen, "eni-b"))
    assert outcome.action is Action.FAILED and "propagation" in (outcome.error or "")
