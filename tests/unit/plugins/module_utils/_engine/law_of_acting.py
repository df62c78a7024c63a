# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of writing one cell, one property each."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    plan,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Reading,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Change,
    Failure,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.plan import (
    Step,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.bugs import (
    always,
    as_if_newest,
    once_more,
    without_the_read,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    law,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    cell,
    look,
)

MOVE = Change(cell(0), "eni-a", "eni-b")
CREATE = Change(cell(0), None, "eni-b")
REMOVE = Change(cell(0), "eni-a", None)


def after(failure: Failure, change: Change, at: str | None = "unread", newest: bool = True) -> Step:
    reading = None if at == "unread" else Reading(change.cell, at)
    return plan.after_failure(failure, change, reading, newest)


@law(Bug(plan, "_step_unread", always(Step.RESEND)))
def after_a_lost_reply_the_cell_is_read_before_anything_else() -> None:
    for change in (MOVE, CREATE, REMOVE):
        assert after(Failure.LOST, change) is Step.READ_AGAIN


@law(Bug(plan, "after_failure", without_the_read))
def a_lost_change_that_arrived_is_done() -> None:
    assert after(Failure.LOST, MOVE, "eni-b") is Step.DONE
    assert after(Failure.LOST, REMOVE, None) is Step.DONE
    assert after(Failure.LOST, MOVE, "eni-b", newest=False) is Step.DONE


@law(Bug(plan, "after_failure", as_if_newest))
def a_lost_change_that_did_not_arrive_is_sent_again_only_by_the_newest_intent() -> None:
    assert after(Failure.LOST, MOVE, "eni-a") is Step.RESEND
    assert after(Failure.LOST, CREATE, None) is Step.RESEND
    assert after(Failure.LOST, MOVE, "eni-a", newest=False) is Step.CONFLICT


@law(Bug(plan, "_step_unchanged", always(Step.RESEND)))
def a_cell_that_someone_pointed_elsewhere_is_a_conflict() -> None:
    for failure in (Failure.LOST, Failure.THROTTLED, Failure.UNSENT, Failure.ABSENT):
        assert after(failure, MOVE, "eni-c") is Step.CONFLICT
    assert after(Failure.LOST, MOVE, None) is Step.CONFLICT
    assert after(Failure.EXISTS, CREATE, "eni-c") is Step.CONFLICT


@law(Bug(plan, "after_failure", as_if_newest))
def a_change_that_was_certainly_not_done_is_sent_again_by_the_newest_intent() -> None:
    for failure in (Failure.THROTTLED, Failure.UNSENT):
        assert after(failure, MOVE) is Step.RESEND
        assert after(failure, MOVE, newest=False) is Step.CONFLICT


@law(Bug(plan, "_step_exists", always(Step.REPLACE)))
def a_route_that_exists_is_replaced_only_as_expected() -> None:
    assert after(Failure.EXISTS, CREATE) is Step.READ_AGAIN
    assert after(Failure.EXISTS, CREATE, None) is Step.READ_AGAIN, "a stale read"
    assert after(Failure.EXISTS, CREATE, "eni-b") is Step.DONE
    assert after(Failure.EXISTS, MOVE, "eni-a") is Step.REPLACE
    dead = Reading(cell(0), "eni-c", blackhole=True)
    assert plan.after_failure(Failure.EXISTS, CREATE, dead, True) is Step.REPLACE


@law(
    Bug(plan, "_step_unread", always(Step.RESEND)),
    Bug(plan, "_step_unchanged", always(Step.CONFLICT)),
)
def a_route_that_is_absent_is_created() -> None:
    assert after(Failure.ABSENT, MOVE) is Step.CREATE
    assert after(Failure.ABSENT, MOVE, None) is Step.CREATE
    assert after(Failure.ABSENT, MOVE, "eni-a") is Step.CREATE, "a stale read"
    assert after(Failure.ABSENT, REMOVE) is Step.DONE


@law(Bug(plan, "after_failure", once_more))
def a_permanent_failure_is_not_tried_again() -> None:
    for failure in (Failure.GONE, Failure.DENIED, Failure.INVALID):
        assert after(failure, MOVE) is after(failure, MOVE, "eni-a") is Step.FAILED


@law(Bug(plan, "is_as_expected", always(True)))
def expectations_hold_for_each_cell() -> None:
    seen = look(0, ["a", "b", None])
    assert plan.expectation_problem(look(0, ["a", "a"]), "eni-a") is None
    problem = plan.expectation_problem(seen, "eni-a")
    assert problem is not None and "rtb-1" in problem and "rtb-2" in problem
    assert "rtb-0" not in problem
    assert plan.expectation_problem(look(0, [None]), "absent") is None
    assert plan.expectation_problem(look(0, ["a"]), "blackhole") is not None
