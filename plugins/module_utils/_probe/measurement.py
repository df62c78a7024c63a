# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A measurement in plain values: what the meter hands over, and JSON can carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .outages import ANSWERED, LOST, UNMEASURED, Outage, Packet, bins, delays, outages

VERSION = 1
KEPT_OUTAGES = 200  # the longest ones, where a line loses packets all the time
_PLACES = 6  # digits of a second


@dataclass(frozen=True)
class Measured:
    """When and how it was measured: seconds of a monotonic clock, `wall` ones since 1970."""

    began: float
    ended: float
    wall: float
    ended_wall: float
    interval: float
    marks: tuple[tuple[float, str], ...] = ()


def measurement_of(measured: Measured, packets: Sequence[Packet]) -> dict[str, Any]:
    """Seconds count from `began`; delays are milliseconds. `packets` are as the meter got them."""
    seconds = measured.ended - measured.began
    ordered = [one._replace(sent=one.sent - measured.began) for one in sorted(packets)]
    found = outages(ordered, measured.interval)
    return {
        "version": VERSION,
        "interval": measured.interval,
        "began": {"wall": measured.wall, "clock": measured.began},
        "clock_set": _rounded(measured.ended_wall - measured.wall - seconds),
        "seconds": _rounded(seconds),
        "sent": len(ordered),
        **{
            outcome: sum(one.outcome == outcome for one in ordered)
            for outcome in (ANSWERED, LOST, UNMEASURED)
        },
        "outages": [_outage(one) for one in _kept(found)],
        "pause": _rounded(_pause(ordered, seconds)),
        "longest": _rounded(max((one.seconds for one in found), default=0.0)),
        "delay": delays(ordered),
        "marks": [
            {"at": _rounded(at - measured.began), "word": word} for at, word in measured.marks
        ],
        "bins": bins(ordered, seconds, measured.interval),
    }


def _pause(packets: Sequence[Packet], seconds: float) -> float:
    """The longest time in which nothing was asked: what happened in it nobody saw."""
    moments = [0.0, *(packet.sent for packet in packets), max(seconds, 0.0)]
    return max(after - before for before, after in zip(moments, moments[1:]))


def _kept(found: Sequence[Outage]) -> Sequence[Outage]:
    longest = sorted(found, key=lambda one: one.seconds, reverse=True)[:KEPT_OUTAGES]
    return sorted(longest, key=lambda one: one.start)


def _outage(one: Outage) -> dict[str, Any]:
    return {
        "start": _rounded(one.start),
        "end": _rounded(one.end),
        "seconds": _rounded(one.seconds),
        "packets": one.packets,
        "over": one.is_over,
        "reason": one.reason,
    }


def _rounded(seconds: float) -> float:
    return round(seconds, _PLACES)
