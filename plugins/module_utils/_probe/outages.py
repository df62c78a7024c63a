# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a series of packets shows: outages, delays, and how they lie in time. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Optional

ANSWERED, LOST, UNMEASURED = "answered", "lost", "unmeasured"
_BINS = 400  # at most: what a chart can show
_NICE = (1.0, 2.0, 2.5, 5.0)


class Packet(NamedTuple):
    """One question. `sent` and `delay` are seconds; `reason` says why there was no answer.

    Unmeasured: no answer, but the meter itself slept meanwhile, so nobody is to blame.
    """

    sent: float
    outcome: str
    delay: float
    reason: str = ""


@dataclass(frozen=True)
class Outage:
    """Packets in a row without an answer, from the first one's sending to the next answered one's.

    Without `is_over` the measuring ended first, and `end` is a pace after the last lost packet.
    """

    start: float
    end: float
    packets: int
    reason: str
    is_over: bool = True

    @property
    def seconds(self) -> float:
        return self.end - self.start


def outages(packets: Sequence[Packet], pace: float) -> tuple[Outage, ...]:
    """The outages among packets in order of sending. What is unmeasured neither begins nor ends
    one.
    """
    found: list[Outage] = []
    current: Optional[Outage] = None
    for packet in packets:
        if packet.outcome == LOST:
            current = _longer(current, packet, pace)
        elif packet.outcome == ANSWERED and current is not None:
            found.append(replace(current, end=packet.sent, is_over=True))
            current = None
    return tuple(found if current is None else [*found, current])


def _longer(current: Optional[Outage], packet: Packet, pace: float) -> Outage:
    end = packet.sent + pace
    if current is None:
        return Outage(packet.sent, end, 1, packet.reason, is_over=False)
    return replace(current, end=end, packets=current.packets + 1)


def percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest rank of a sorted, filled series: 0.5 is the median."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def delays(packets: Iterable[Packet]) -> Optional[dict[str, float]]:
    """How long answers took, in milliseconds; None where there was none."""
    found = sorted(one.delay * 1000 for one in packets if one.outcome == ANSWERED)
    if not found:
        return None
    shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}
    return {name: round(percentile(found, share), 3) for name, share in shares.items()}


def bins(packets: Sequence[Packet], seconds: float, pace: float) -> dict[str, Any]:
    """The packets in equal parts of the time, for a chart: `width` in seconds, then one number a
    part. `median` and `worst` are delays in milliseconds, None where nothing was answered.
    """
    width = _width(seconds, pace)
    parts: list[list[Packet]] = [[] for _part in range(max(1, math.ceil(seconds / width)))]
    for packet in packets:
        parts[min(len(parts) - 1, max(0, int(packet.sent / width)))].append(packet)
    told = [delays(part) for part in parts]
    return {
        "width": width,
        "sent": [len(part) for part in parts],
        "lost": [sum(one.outcome == LOST for one in part) for part in parts],
        "median": [one["p50"] if one else None for one in told],
        "worst": [one["max"] if one else None for one in told],
    }


def _width(seconds: float, pace: float) -> float:
    """A round number of seconds, so that there are few enough parts with a few packets in each."""
    least = max(seconds / _BINS, 5 * pace, 0.001)
    scale = 10.0 ** math.floor(math.log10(least))
    wide = next((one for one in _NICE if one * scale >= least), 10.0)
    return round(wide * scale, 9)
