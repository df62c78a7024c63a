# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must be done, and by when: each in a scene of its own, in which nothing else is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import detection
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.turn import PATIENCE
from ansible_collections.netops.floating_ip.tests.simulation import knowledge as known
from ansible_collections.netops.floating_ip.tests.simulation.laws import law
from ansible_collections.netops.floating_ip.tests.simulation.record import Record
from ansible_collections.netops.floating_ip.tests.simulation.scenes import (
    CLOSED_TABLE,
    DEAD_END,
    DEAD_STRANGER,
    LET_BE,
    OPEN_BREAKER,
    ORDERS,
    is_scene,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    LONE,
    Step,
    definition,
)

ACTING = 0.5  # seconds that a look and a move take at most


def _steps(record: Record, do: str) -> list[Step]:
    return [step for step in record.schedule.steps if step.do == do]


@law("foreign and blackhole or its interface gone: a dead holder")
def what_a_dead_stranger_has_is_taken(record: Record) -> Iterator[str]:
    if not is_scene(record.schedule, DEAD_STRANGER):
        return
    dead = max(step.at for step in record.schedule.steps)
    deadline = dead + definition(record.schedule.setup).policy.reconcile_interval + ACTING
    if record.cloud.holder(deadline) is None:
        yield f"dead since {dead:.2f}; at {deadline:.2f} it has {record.cloud.points(deadline)}"


@law("Blackhole with the probe not up is down at once")
def a_dead_end_is_left_at_once(record: Record) -> Iterator[str]:
    """Without waiting for `settle`; a cooldown follows what someone else did."""
    if not is_scene(record.schedule, DEAD_END):
        return
    (given,) = _steps(record, "rival")
    policy = definition(record.schedule.setup).policy
    deadline = given.at + policy.reconcile_interval + policy.cooldown + 2 * ACTING
    if record.cloud.holder(deadline) in (None, given.to):
        yield f"{given.to}, off, was given it at {given.at:.2f} and has it at {deadline:.2f}"


@law("A cell that fails permanently is reported and left out; it never blocks the rest")
def a_cell_that_fails_for_good_blocks_no_other(record: Record) -> Iterator[str]:
    if not is_scene(record.schedule, CLOSED_TABLE):
        return
    (closed,), fault = _steps(record, "table closed"), record.schedule.steps[-1]
    deadline = fault.at + detection(known.PROBE) + ACTING
    tables = record.schedule.setup.table_names
    at = dict(zip(tables, record.cloud.points(deadline), strict=True))
    left = [name for name in tables if name != closed.who and at[name] == f"eni-{fault.who}"]
    if left:
        yield f"{fault.who} was gone at {fault.at:.2f}, and at {deadline:.2f} has {left} still"


@law("operators' moves neither count nor are blocked")
def operators_moves_open_no_breaker(record: Record) -> Iterator[str]:
    if not is_scene(record.schedule, ORDERS):
        return
    for ordered in record.ordered:
        if not ordered.is_whole:
            yield f"the order of {ordered.at:.2f} to move it to {ordered.to} came to nothing"
    for move in record.moves:
        if move.is_alarmed:
            yield f"{move}; whatever changed before was an operator's will"


@law("Open, if the holder stays down and another is up unbroken, one move is still made")
def an_open_breaker_lets_one_move_through(record: Record) -> Iterator[str]:
    """Where it fails back by itself it fights whoever moved it, and that is another matter."""
    setup = record.schedule.setup
    if not is_scene(record.schedule, OPEN_BREAKER) or setup.failback == "auto":
        return
    policy, last, fault = definition(setup).policy, *record.schedule.steps[-2:]
    may_act = last.at + policy.reconcile_interval + policy.cooldown
    deadline = max(fault.at + detection(known.PROBE), may_act) + 2 * ACTING
    if record.cloud.holder(deadline) in (None, fault.who):
        yield f"{fault.who} was gone at {fault.at:.2f} and has it at {deadline:.2f}"


@law("An observer that does nothing has the others wait for three intervals, and no longer")
def nobody_waits_for_an_observer_for_ever(record: Record) -> Iterator[str]:
    setup = record.schedule.setup
    if not is_scene(record.schedule, LET_BE) or setup.observers == LONE or setup.targets == 2:
        return
    fault, policy = record.schedule.steps[-1], definition(setup).policy
    waits = PATIENCE * policy.reconcile_interval
    deadline = fault.at + detection(known.PROBE) + waits + 2 * ACTING
    if record.cloud.holder(deadline) in (None, fault.who):
        yield f"{fault.who} was gone at {fault.at:.2f} and has it at {deadline:.2f}"
