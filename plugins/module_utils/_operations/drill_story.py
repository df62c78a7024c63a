# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What was collected in a drill, laid on one axis of time: seconds since it began.

A drill is plain values all the way, for it is put together from several hosts:
plan: {floating_ip, addresses, mechanism, objective_seconds, fault, unit, was, to, cells, by,
    reason}
legs: [{name, from, to, began, ended, seconds, waited, holder, problem}], wall clock of who led it;
    `seconds` and `waited` are the move's and the token bucket's part of it, or None; a runbook's
    legs have `broken` too, when a fault was made
marks: [{word, before, after}]: when a word was given to every meter, at the earliest and the latest
measurements: what the meters handed over, each with its `host`
events: events as JSON has them, each with `host` where they were told
began, ended: wall clock.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._report.event import Event, Kind, from_dict, utc
from .._report.wording import lasting, many

Values = Mapping[str, Any]
_EARLY = 1.0  # seconds of events before the drill that belong to it
_TELLING = 2.0  # seconds within which a monitor tells of a move that has ended
_ROUNDED = 0.002  # seconds that a time may lose by being written


@dataclass(frozen=True)
class Gap:
    """A stretch without an answer, in seconds since the drill began."""

    start: float
    end: float
    packets: int
    host: str
    reason: str
    is_over: bool

    @property
    def seconds(self) -> float:
        return self.end - self.start


def shift_of(measurement: Values, marks: Sequence[Values]) -> float:
    """Seconds to add to a meter's wall clock, so that it agrees with when it was told its words.

    Nothing as long as it agrees already: words take a while, and clocks are usually right.
    """
    heard = {str(one["word"]): float(one["at"]) for one in measurement["marks"]}
    began = float(measurement["began"]["wall"])
    least, most = float("-inf"), float("inf")
    for mark in marks:
        if mark["word"] in heard:
            at = began + heard[mark["word"]]
            least, most = max(least, mark["before"] - at), min(most, mark["after"] - at)
    if least <= 0 <= most or least == float("-inf"):
        return 0.0
    return least if least > 0 else most


def origin_of(measurement: Values, drill: Values) -> float:
    """When its measuring began, in seconds since the drill began."""
    wall = float(measurement["began"]["wall"]) + shift_of(measurement, drill.get("marks", ()))
    return wall - float(drill["began"])


def gaps(drill: Values) -> tuple[Gap, ...]:
    """Every stretch in which any client had no answer, the first one first."""
    found = [
        Gap(
            origin_of(one, drill) + outage["start"],
            origin_of(one, drill) + outage["end"],
            outage["packets"],
            one["host"],
            outage["reason"],
            outage["over"],
        )
        for one in drill["measurements"]
        for outage in one["outages"]
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def joined(found: Iterable[Gap], flicker: float) -> tuple[Gap, ...]:
    """Stretches of one client with less than `flicker` seconds between them made one."""
    made: list[Gap] = []
    for one in sorted(found, key=lambda gap: (gap.host, gap.start)):
        last = made[-1] if made else None
        if last is None or last.host != one.host or one.start - last.end >= flicker:
            made.append(one)
            continue
        packets = last.packets + one.packets
        end = max(last.end, one.end)
        made[-1] = replace(last, end=end, packets=packets, is_over=one.is_over)
    return tuple(made)


def client_name(measurement: Values, drill: Values) -> str:
    """The host; with the address where a client asks several."""
    host = str(measurement["host"])
    mine = [one for one in drill["measurements"] if one["host"] == measurement["host"]]
    return host if len(mine) == 1 else f"{host} {measurement['address']}"


def events_of(drill: Values) -> tuple[Event, ...]:
    """All that was told and measured; `at` is in seconds since the drill began."""
    told = _punctual([event for raw in drill["events"] for event in _laid(raw, drill)])
    measured = [event for one in drill["measurements"] for event in _measured(one, drill)]
    return tuple(sorted([*told, *measured], key=lambda event: event.at))


def _punctual(events: Sequence[Event]) -> list[Event]:
    """A move ended with its last write; it was told of when the teller came round to it."""
    writes = [event for event in events if event.kind is Kind.CALL and _is_write(event)]
    return [_ended(one, writes) if one.kind is Kind.MOVED else one for one in events]


def _ended(moved: Event, writes: Sequence[Event]) -> Event:
    since = moved.at - float(moved.data["seconds"]) - _TELLING
    own = [one.at for one in writes if one.data["host"] == moved.data["host"]]
    return replace(moved, at=max((at for at in own if since <= at <= moved.at), default=moved.at))


def _is_write(event: Event) -> bool:
    return not str(event.data["operation"]).startswith("Describe")


def _laid(raw: Values, drill: Values) -> list[Event]:
    """The event, unless it is none, another floating IP's or another day's."""
    host = str(raw.get("host", ""))
    try:
        event = from_dict({key: value for key, value in raw.items() if key != "host"})
        wall = wall_of(event.time)
    except ValueError:
        return []
    at = wall - float(drill["began"])
    ours = event.floating_ip in ("", drill["plan"]["floating_ip"])
    if not ours or not -_EARLY <= at <= float(drill["ended"]) - float(drill["began"]) + _EARLY:
        return []
    at = max(at, 0.0) if at > -_ROUNDED else at
    return [replace(event, at=at, data={**event.data, "host": host})]


def wall_of(time: str) -> float:
    """Seconds since 1970 of a time as events have it; ValueError where it is none."""
    return datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()


def _measured(measurement: Values, drill: Values) -> Iterable[Event]:
    """The client's story: answered, lost, answered."""
    origin, name = origin_of(measurement, drill), client_name(measurement, drill)
    pace, at = float(measurement["interval"]), 0.0
    for outage in measurement["outages"]:
        if outage["start"] > at:
            yield _client(Kind.ANSWERED, origin, (at, outage["start"]), name, drill, pace)
        yield _lost(outage, origin, name, drill)
        at = float(outage["end"])
    if measurement["seconds"] > at and measurement["answered"]:
        yield _client(Kind.ANSWERED, origin, (at, measurement["seconds"]), name, drill, pace)


def _client(
    kind: Kind, origin: float, span: tuple[float, float], name: str, drill: Values, pace: float
) -> Event:
    start, end = origin + span[0], origin + span[1]
    count = max(1, round((end - start) / pace))
    data = {"from": start, "to": end, "count": count, "client": name, "host": name}
    sentence = f"{name} was answered for {lasting(end - start)}."
    return _event(kind, start, drill, sentence, data)


def _lost(outage: Values, origin: float, name: str, drill: Values) -> Event:
    start, end = origin + outage["start"], origin + outage["end"]
    data = {
        "from": start,
        "to": end,
        "count": outage["packets"],
        "milliseconds": round((end - start) * 1000, 1),
        "client": name,
        "host": name,
    }
    lost = many(outage["packets"], "packet")
    sentence = f"{lost} lost in {lasting(end - start)}: {outage['reason']}."
    return _event(Kind.LOST, start, drill, sentence, data)


def _event(kind: Kind, at: float, drill: Values, sentence: str, data: dict[str, Any]) -> Event:
    wall = utc(float(drill["began"]) + at)
    return Event(at, wall, kind, str(drill["plan"]["floating_ip"]), sentence, None, data)
