# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A judged drill as a page for a change ticket, and as JUnit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import nan

from .._report import chart
from .._report.chart import Bar, Chart, Curve
from .._report.event import Event, utc
from .._report.junit import Case, Suite, junit
from .._report.lanes import Told, lanes, told
from .._report.page import BAD, GOOD, PLAIN, Part, Section, Tile, page
from .._report.wording import lasting
from .._version import VERSION
from .drill_story import Values, client_name, events_of, origin_of
from .drill_tables import checks_of, clients_of, facts_of, happened

_CLOSE = 12.0  # seconds of a drill that need no closer look at each move
_AROUND = 0.4  # seconds shown before a move; after it as much as there is to see
_WHAT = {
    "move": "by a planned move",
    "stop_unit": "by stopping a service",
    "stop_instance": "by stopping an instance",
}


def page_of(drills: Sequence[Values]) -> str:
    """One page for all drills of a run."""
    names = ", ".join(str(one["plan"]["floating_ip"]) for one in drills)
    foot = f"Written by netops.floating_ip {VERSION}. All times are UTC."
    return page(f"Failover drill of {names}", [_part(one) for one in drills], foot)


def junit_of(drills: Sequence[Values]) -> str:
    """One suite for each drill, one case for each check."""
    return junit([_suite(one) for one in drills])


def _suite(drill: Values) -> Suite:
    plan, result = drill["plan"], drill["result"]
    cases = [
        Case(
            one["name"],
            failure=None if one["passed"] else one["sentence"],
            told=one["sentence"],
        )
        for one in result["checks"]
    ]
    kept = {**plan, **{name: result[name] for name in ("outage_seconds", "lost", "sent")}}
    facts = {name: _text(value) for name, value in kept.items() if value is not None}
    seconds = drill["ended"] - drill["began"]
    name = f"floating-ip drill {plan['floating_ip']}"
    return Suite(name, utc(drill["began"]), seconds, tuple(cases), facts)


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _part(drill: Values) -> Part:
    plan, result = drill["plan"], drill["result"]
    passed = result["passed"]
    return Part(
        f"Failover drill of {plan['floating_ip']}, {_WHAT.get(plan['fault'], plan['fault'])}",
        "PASSED" if passed else "FAILED",
        GOOD if passed else BAD,
        result["sentence"],
        tuple(_tiles(drill)),
        tuple(_sections(drill)),
    )


def _tiles(drill: Values) -> Iterator[Tile]:
    plan, result = drill["plan"], drill["result"]
    objective, outage = plan["objective_seconds"], result["outage_seconds"]
    missed = objective is not None and outage > objective
    allowed = f"{objective:g} s allowed" if objective is not None else "no objective set"
    kind = BAD if missed else GOOD if objective is not None or not outage else PLAIN
    yield Tile(lasting(outage) if outage else "none", f"longest outage; {allowed}", kind)
    yield Tile(f"{result['lost']:,}", f"of {result['sent']:,} packets lost")
    for leg in drill["legs"]:
        took = "?" if leg["seconds"] is None else lasting(leg["seconds"])
        yield Tile(took, f"{leg['name']} to {leg['to']}, AWS calls and checks")
    ended = drill.get("holder") or "no single target"
    label = "holds it, as before" if ended == plan["was"] else f"holds it; was {plan['was']}"
    yield Tile(ended, label, GOOD if ended == plan["was"] else BAD)


def _sections(drill: Values) -> Iterator[Section]:
    events = events_of(drill)
    rows = told(events)
    yield _timeline(drill, events, rows)
    if drill["ended"] - drill["began"] > _CLOSE:
        for number, leg in enumerate(drill["legs"]):
            yield _closer(drill, events, rows, number, leg)
    checks = drill["result"]["checks"]
    yield Section("Checks", table=checks_of(checks))
    yield Section("Clients", table=clients_of(drill))
    yield Section("What happened", _LIST, table=happened(rows))
    yield Section("The drill", table=facts_of(drill))


_LIST = (
    "Seconds count from the beginning of the drill. The numbers are those in the charts; what came "
    "in numbers is one row."
)


def _timeline(drill: Values, events: Sequence[Event], rows: Sequence[Told]) -> Section:
    whole = float(drill["ended"] - drill["began"])
    text = (
        "From top to bottom: what each client saw, who held the address, and what led to it. In "
        "red, hatched stretches packets had no answer; the lines below say how long answers took. "
        "A cross is a probe that failed. The list at the end has the numbers: in blue what was "
        "done, in purple what a monitor decided, in grey what else was told, or several at once."
    )
    return Section("Timeline", text, _chart(drill, events, rows, ("whole", 0.0, whole)))


def _closer(
    drill: Values, events: Sequence[Event], rows: Sequence[Told], number: int, leg: Values
) -> Section:
    start, end = _stretch(drill, events, leg)
    chart_of = _chart(drill, events, rows, (f"leg-{number}", start, end))
    return Section(f"{leg['name'].capitalize()} to {leg['to']}, closer", "", chart_of)


def _stretch(drill: Values, events: Sequence[Event], leg: Values) -> tuple[float, float]:
    """From just before the leg to just after the last thing that happened in it."""
    began, ended = (float(leg[when] - drill["began"]) for when in ("began", "ended"))
    within = [event for event in events if began <= event.at <= ended and _is_news(event)]
    ends = [float(event.data.get("to", event.at)) for event in within]
    first = min((event.at for event in within), default=began)
    last = max(ends, default=ended)
    around = max(_AROUND, 0.1 * (last - first))
    return max(0.0, min(first, began if first - began < 1 else first) - around), last + around


def _is_news(event: Event) -> bool:
    return event.kind.value != "answered"


def _chart(
    drill: Values, events: Sequence[Event], rows: Sequence[Told], span: tuple[str, float, float]
) -> Chart:
    key, start, end = span
    name = drill["plan"]["floating_ip"]
    whole = float(drill["ended"] - drill["began"])
    return Chart(
        f"{name}-{key}",
        f"Timeline of the drill of {name}, seconds {start:.1f} to {end:.1f}",
        f"{drill['result']['sentence']} The table What happened holds the same in words.",
        start,
        end,
        lanes(events, rows, whole, {client_name(m, drill): _curve(m, drill) for m in _kept(drill)}),
        tuple(_phases(drill, whole)),
    )


def _kept(drill: Values) -> Sequence[Values]:
    return [one for one in drill["measurements"] if one["answered"]]


def _phases(drill: Values, whole: float) -> Iterator[Bar]:
    starts = [float(leg["began"] - drill["began"]) for leg in drill["legs"]]
    if starts:
        yield Bar(0.0, starts[0], "plain", "before")
    for leg, start, end in zip(drill["legs"], starts, [*starts[1:], whole]):
        kind = chart.OTHER if leg["name"] == "failover" else "plain"
        yield Bar(start, end, kind, f"{leg['name']} to {leg['to']}")


def _curve(measurement: Values, drill: Values) -> Curve:
    origin, bins = origin_of(measurement, drill), measurement["bins"]
    width = bins["width"]

    def points(name: str) -> tuple[tuple[float, float], ...]:
        return tuple(
            (origin + (number + 0.5) * width, nan if value is None else value)
            for number, value in enumerate(bins[name])
        )

    return Curve(points("median"), points("worst"), "ms")
