# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Events as the lanes of a chart: clients, the holder, each target's health, monitors, AWS calls.

Events that were told by several hosts name theirs in `data.host`; a client's name is `data.client`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from . import chart
from .chart import Bar, Curve, Lane, Mark
from .event import Event, Kind
from .timeline import Row, rows_of
from .wording import lasting, many, plain

NOBODY, SEVERAL = "nobody", "no single target"
_CLIENT = (Kind.ANSWERED, Kind.LOST)
_KINDS = {  # of the moments that have a number
    "step": chart.STEP,
    "decision": chart.DECISION,
    "moved": chart.STEP,
    **dict.fromkeys(("notice", "problem", "intent", "started", "stopped"), chart.TOLD),
    **dict.fromkeys(("pause", "resume", "drain", "undrain"), chart.TOLD),
}
_NEAR = 1.0  # seconds between calls that are told together
_WORDS = {"answered": "client", "lost": "client"}


@dataclass(frozen=True)
class Told:
    """A row of what happened. `number` is the same as in the chart; `host` told it."""

    row: Row
    host: str
    number: Optional[int] = None


def told(events: Iterable[Event]) -> tuple[Told, ...]:
    """What happened, in order, for people; what comes in numbers is one row."""
    by_host: dict[str, list[Event]] = {}
    for event in sorted(events, key=_begins):
        by_host.setdefault(str(event.data.get("host", "")), []).append(event)
    rows = [Told(row, host) for host, group in by_host.items() for row in rows_of(_clear(group))]
    numbered, count = [], 0
    for one in sorted(rows, key=lambda one: one.row.at):
        has_number = one.row.word in _KINDS
        count += has_number
        numbered.append(replace(one, number=count) if has_number else one)
    return tuple(numbered)


def _clear(events: Sequence[Event]) -> list[Event]:
    """Without the answers: that a client is served needs no row."""
    return [event for event in events if event.kind is not Kind.ANSWERED]


def lanes(
    events: Sequence[Event],
    rows: Sequence[Told],
    until: float,
    curves: Optional[Mapping[str, Curve]] = None,
) -> tuple[Lane, ...]:
    """All lanes that have anything to show. `curves` are by name of the client's lane."""
    ordered = sorted(events, key=_begins)
    found = [
        *_clients(ordered, curves or {}),
        _holder(ordered, until),
        *_healths(ordered, until),
        _moments(rows),
        _calls(ordered),
    ]
    return tuple(lane for lane in found if lane is not None)


def _begins(event: Event) -> float:
    return float(event.data["from"]) if event.kind in _CLIENT else event.at


def _clients(events: Sequence[Event], curves: Mapping[str, Curve]) -> list[Lane]:
    bars: dict[str, list[Bar]] = {}
    for event in events:
        if event.kind in _CLIENT:
            bars.setdefault(str(event.data.get("client", "client")), []).append(_stretch(event))
    return [
        Lane(name, tuple(each), curve=curves.get(name), note="answers and delays")
        for name, each in bars.items()
    ]


def _stretch(event: Event) -> Bar:
    start, end = float(event.data["from"]), float(event.data["to"])
    count, took = int(event.data["count"]), lasting(end - start)
    if event.kind is Kind.LOST:
        hint = f"No answer for {took}, {many(count, 'packet')} lost. {plain(event.sentence)}"
        return Bar(start, end, chart.LOST, f"no answer for {took}", hint)
    hint = f"{many(count, 'question')} answered in {took}"
    return Bar(start, end, chart.ANSWERED, "answered", hint)


def _holder(events: Sequence[Event], until: float) -> Optional[Lane]:
    """Who holds the address: from a step that says so, and from every move."""
    known: list[tuple[float, float, str]] = []  # since, how long it was on its way, whose
    for event in events:
        if event.kind is Kind.STEP and event.data.get("holder"):
            known.append((event.at, 0.0, str(event.data["holder"])))
        elif event.kind is Kind.MOVED:
            took = float(event.data["seconds"])
            known.append((event.at, took, event.target or SEVERAL))
    if not known:
        return None
    first, bars = known[0][2], []
    ends = [at - took for at, took, _name in known[1:]] + [until]
    for (at, took, name), end in zip(known, ends):
        if took:
            bars.append(Bar(at - took, at, chart.MOVING, "", f"moving to {name}: {lasting(took)}"))
        if end > at:
            bars.append(Bar(at, end, _holding(name, first), name, f"{name} holds the address"))
    return Lane("holder", tuple(bars), note="as AWS routes it")


def _holding(name: str, first: str) -> str:
    if name == SEVERAL:
        return chart.NOWHERE
    return chart.FIRST if name == first else chart.OTHER


def _healths(events: Sequence[Event], until: float) -> list[Lane]:
    """A lane for each target and each host that judged its health."""
    seen: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        if event.kind in (Kind.HEALTH, Kind.PROBE_FAILED) and event.target:
            key = (event.target, str(event.data.get("host", "")))
            seen.setdefault(key, []).append(event)
    return [
        Lane(
            target,
            tuple(_health_bars(each, until)),
            tuple(
                Mark(one.at, chart.FAILED, plain(one.sentence))
                for one in each
                if one.kind is Kind.PROBE_FAILED
            ),
            note=f"seen by {host}" if host else "its health",
        )
        for (target, host), each in sorted(seen.items())
    ]


def _health_bars(events: Sequence[Event], until: float) -> list[Bar]:
    changes = [event for event in events if event.kind is Kind.HEALTH]
    ends = [event.at for event in changes[1:]] + [until]
    return [
        Bar(one.at, end, str(one.data["health"]), str(one.data["health"]), plain(one.sentence))
        for one, end in zip(changes, ends)
        if end > one.at
    ]


def _moments(rows: Sequence[Told]) -> Optional[Lane]:
    marks = tuple(
        Mark(one.row.at, _KINDS[one.row.word], f"{one.number}. {one.row.sentence}", one.number)
        for one in rows
        if one.number is not None
    )
    return Lane("what happened", marks=marks, note="the list has the numbers") if marks else None


def _calls(events: Sequence[Event]) -> Optional[Lane]:
    calls = [event for event in events if event.kind is Kind.CALL]
    if not calls:
        return None
    bars = [
        Bar(
            event.at - float(event.data["milliseconds"]) / 1000,
            event.at,
            chart.CALL if _went_well(event) else chart.FAILED,
            "",
            plain(event.sentence),
        )
        for event in calls
    ]
    return Lane("AWS calls", tuple(bars), note="as long as each took")


def _went_well(event: Event) -> bool:
    return event.data["outcome"] in ("ok", "done")
