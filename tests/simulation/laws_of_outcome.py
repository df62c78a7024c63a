# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true in the end."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import detection
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.simulation import knowledge as known
from ansible_collections.netops.floating_ip.tests.simulation.laws import law
from ansible_collections.netops.floating_ip.tests.simulation.laws_of_limits import REPAIRS
from ansible_collections.netops.floating_ip.tests.simulation.record import Record
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    STRANGER,
    definition,
)
from ansible_collections.netops.floating_ip.tests.simulation.wires import FAR

ROUND_TRIPS = 3  # a look, the writes, the read that verifies them
OVERHEAD = 0.05  # seconds above detection and the API, at most
CLEAN = ("power off", "stop service", "hang service", "break service")
HARMLESS = ("disk full", "disk unreadable", "tear context", "step clock", "cut", "end window")


@law("once all is well again, one target holds it, or an alarm says why not")
def in_the_end_one_target_holds_it(record: Record) -> Iterator[str]:
    if record.settled:
        return
    points = record.cloud.points()
    if STRANGER in points or record.schedule.setup.on_drift == "report":
        return
    if _is_exhausted(record) or _is_open(record):
        return
    reasons = [f"{one.host}: {one.last_reason}" for one in record.observers.values()]
    yield f"the cells lead to {points}; {'; '.join(reasons)}"


def _is_exhausted(record: Record) -> bool:
    """Whether every observer says that a cell had its repairs of the hour, and it had."""
    attempts = [len(one.context.attempts) for one in record.observers.values()]
    return max(attempts) >= REPAIRS and any(one.is_alarmed for one in record.observers.values())


def _is_open(record: Record) -> bool:
    """Whether the breaker may be open: then it is a person's turn."""
    limit = definition(record.schedule.setup).policy.max_moves
    counts = [len(one.context.moves) for one in record.observers.values()]
    return max(counts) >= limit and any(one.is_alarmed for one in record.observers.values())


@law("an outage is bounded by arithmetic when nothing else is wrong")
def a_clean_fault_ends_in_time(record: Record) -> Iterator[str]:
    fault = clean_fault(record)
    if fault is None:
        return
    start, holder, until = fault
    limit = detection(known.PROBE) + ROUND_TRIPS * 2 * FAR + OVERHEAD
    deadline = start + limit
    if deadline > until:
        return
    now = record.cloud.holder(deadline)
    if now is None or now == holder:
        yield f"{holder} was gone at {start:.2f}; at {deadline:.2f} the holder was {now}"


@law("A drained holder is left as soon as another target is proven up")
def a_drained_holder_is_left_in_time(record: Record) -> Iterator[str]:
    steps = record.schedule.steps
    if len(steps) != 1 or steps[0].do != "drain" or steps[0].at < 3.0 or steps[0].lasts < 2.0:
        return
    holder = record.cloud.holder(steps[0].at + 2.0)
    if steps[0].to == holder:
        yield f"{holder} was drained at {steps[0].at:.2f} and had it two seconds later"


def clean_fault(record: Record) -> tuple[float, str, float] | None:
    """When the holder failed, alone, and until when; None where that is not all that happened."""
    steps = record.schedule.steps
    faults = [s for s in steps if s.do in CLEAN]
    others = [s for s in steps if s.do not in CLEAN]
    if len(faults) != 1 or any(s.do not in HARMLESS or s.do == "cut" for s in others):
        return None
    fault = faults[0]
    if fault.at < 3.0 or record.cloud.holder(fault.at - 0.001) != fault.who:
        return None
    if any(s.do == "end window" for s in others) and _is_near(record, fault.at):
        return None
    return fault.at, fault.who, fault.until


def _is_near(record: Record, at: float) -> bool:
    """Whether a window ended close by: the start of the next one may cost a probe."""
    return any(
        event.kind is Kind.STARTED and abs(when - at) < 4.0 for when, _host, event in record.events
    )
