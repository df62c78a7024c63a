# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true in the end."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import detection
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.simulation import knowledge as known
from ansible_collections.netops.floating_ip.tests.simulation.laws import law
from ansible_collections.netops.floating_ip.tests.simulation.record import Observed, Record
from ansible_collections.netops.floating_ip.tests.simulation.wires import FAR

ROUND_TRIPS = 3  # a look, the writes, the read that verifies them
A_PERSONS_TURN = ("max_moves is", "conflict: ", "after three repairs")  # what the reason names
OVERHEAD = 0.05  # seconds above detection and the API, at most
CLEAN = ("power off", "stop service", "hang service", "break service")
HARMLESS = ("disk full", "disk unreadable", "tear context", "step clock", "cut", "end window")


@law("once all is well again, one target holds it, or an alarm says why not")
def in_the_end_one_target_holds_it(record: Record) -> Iterator[str]:
    if record.settled or (record.discontent and _is_a_persons_turn(record)):
        return
    reasons = [f"{one.host}: {one.last_reason}" for one in record.observers.values()]
    yield f"the cells lead to {record.cloud.points()}; {'; '.join(reasons)}"


def _is_a_persons_turn(record: Record) -> bool:
    """Whether whoever is not content says with an alarm that the limit of moves or repairs is
    reached, or leaves it to an observer that says so.
    """
    spent = {one.target for one in record.observers.values() if _is_spent(one)}
    discontent = [record.observers[name] for name in record.discontent]
    return bool(spent) and all(_is_spent(one) or _leaves_it_to(one, spent) for one in discontent)


def _is_spent(one: Observed) -> bool:
    return one.is_alarmed and any(words in one.last_reason for words in A_PERSONS_TURN)


def _leaves_it_to(one: Observed, spent: Collection[str | None]) -> bool:
    return any(f"the observer on {name} is the one" in one.last_reason for name in spent)


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
