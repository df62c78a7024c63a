# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What happened, for people: the faults, what each observer saw and did, who held the address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    Event,
    Kind,
    utc,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.timeline import timeline
from ansible_collections.netops.floating_ip.tests.simulation.laws import Breach
from ansible_collections.netops.floating_ip.tests.simulation.record import Record
from ansible_collections.netops.floating_ip.tests.simulation.schedule import NAME


def tell(record: Record, breaches: Sequence[Breach] = ()) -> str:
    """The schedule, which laws were broken, and the timeline."""
    events = [event for _at, _host, event in record.events]
    lines = [str(record.schedule), "", *map(str, breaches), ""]
    return "\n".join([*lines, timeline([*events, *_steps(record), *_writes(record)])])


def _steps(record: Record) -> Iterator[Event]:
    for step in record.schedule.steps:
        yield _event(step.at, Kind.STEP, f"{str(step)[8:]} begins")
        if step.lasts:
            yield _event(step.until, Kind.STEP, f"{step.do} {step.who} {step.to} is over")
    yield _event(record.ended, Kind.STEP, f"the end: the cells lead to {record.cloud.points()}")


def _writes(record: Record) -> Iterator[Event]:
    for write in record.cloud.writes:
        words = f"EC2: {write.who} changed {write.key[0]} from {write.before} to {write.after}"
        yield _event(write.at, Kind.NOTICE, words)


def _event(at: float, kind: Kind, sentence: str) -> Event:
    return Event(at, utc(at), kind, NAME, sentence)
