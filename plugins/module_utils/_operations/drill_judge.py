# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Judge a drill: what was checked, what it came to, and the figures that the next one is held to.

`judged` takes what `drill_story` describes and returns it with: result (passed, sentence, checks,
outage_seconds, lost, sent, api_seconds, propagation_seconds, reliable) and, for each leg, its
outage. It is reliable if its moves succeeded and its meters were awake, whatever else failed: only
then the arithmetic may reckon with its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Optional

from .._report.event import Event, Kind
from .._report.wording import lasting, many
from .drill_story import Gap, Values, events_of, gaps, joined

FLICKER = 0.1  # seconds of answers that do not end an outage
MUCH = 0.02  # share of the questions that may be unmeasured
LONG = 1.0  # seconds in which a meter may ask nothing
MOVE, STOP_UNIT, STOP_INSTANCE = "move", "stop_unit", "stop_instance"
FAULTS = (MOVE, STOP_UNIT, STOP_INSTANCE)
FAILOVER, FAILBACK = "failover", "failback"


def judged(drill: Values) -> dict[str, Any]:
    """The drill with what it came to."""
    found, events = joined(gaps(drill), FLICKER), events_of(drill)
    starts = [_start(leg, drill) for leg in drill["legs"]]
    ends = [*starts[1:], float("inf")]
    legs = [
        _leg(leg, [gap for gap in found if start <= gap.start < end], events, drill)
        for leg, start, end in zip(drill["legs"], starts, ends)
    ]
    early = [gap for gap in found if not starts or gap.start < starts[0]]
    checks = [*_checks_before(drill, early), *_checks_of_legs(drill, legs), *_checks_after(drill)]
    result = {**_figures(drill, legs), "checks": checks}
    result["passed"] = all(check["passed"] for check in checks)
    return {**drill, "legs": legs, "result": {**result, "sentence": _sentence(drill, result)}}


def _start(leg: Values, drill: Values) -> float:
    """What is lost from here on is the leg's: from just before the meters were told of it."""
    told = [float(one["before"]) for one in drill.get("marks", ()) if one["word"] == leg["name"]]
    return min([float(leg["began"]), *told]) - float(drill["began"])


def _leg(
    leg: Values, found: Sequence[Gap], events: Sequence[Event], drill: Values
) -> dict[str, Any]:
    worst = max(found, key=lambda gap: gap.seconds, default=None)
    arrived = _arrived(leg, events, drill)
    waited = float(leg.get("waited") or 0.0)
    took = leg["seconds"] if leg.get("seconds") is not None else _told_seconds(leg, events, drill)
    late = [] if arrived is None else _late(found, arrived, took or 0.0)
    is_done = _has_succeeded(leg)  # else it took as long as failing takes
    return {
        **leg,
        "seconds": took,
        "outage_seconds": round(worst.seconds, 3) if worst else 0.0,
        "worst_client": worst.host if worst else None,
        "reason": worst.reason if worst else None,
        "over": all(gap.is_over for gap in found),
        "lost": sum(gap.packets for gap in found),
        "api_seconds": round(max(0.0, took - waited), 3) if is_done and took is not None else None,
        "propagation_seconds": round(max(late), 3) if is_done and late else None,
    }


def _has_succeeded(leg: Values) -> bool:
    return not leg["problem"] and bool(leg["holder"] == leg["to"])


def _late(found: Sequence[Gap], arrived: float, took: float) -> list[float]:
    """Seconds from the last cell to the first answer, in the outages that the move ended."""
    ended = [gap for gap in found if gap.is_over and gap.start <= arrived <= gap.end + took]
    return [max(0.0, gap.end - arrived) for gap in ended]


def _moves(leg: Values, events: Sequence[Event], drill: Values) -> list[Event]:
    began, ended = (float(leg[when]) - float(drill["began"]) for when in ("began", "ended"))
    return [
        event
        for event in events
        if event.kind is Kind.MOVED and event.target == leg["to"] and began <= event.at <= ended + 1
    ]


def _arrived(leg: Values, events: Sequence[Event], drill: Values) -> Optional[float]:
    """When the last cell was known to point at the new holder."""
    return max((event.at for event in _moves(leg, events, drill)), default=None)


def _told_seconds(leg: Values, events: Sequence[Event], drill: Values) -> Optional[float]:
    """How long the move took that a monitor made by itself."""
    told = [float(event.data["seconds"]) for event in _moves(leg, events, drill)]
    return max(told, default=None)


def _figures(drill: Values, legs: Sequence[Values]) -> dict[str, Any]:
    measured = drill["measurements"]
    return {
        "outage_seconds": max((leg["outage_seconds"] for leg in legs), default=0.0),
        "lost": sum(one["lost"] for one in measured),
        "sent": sum(one["sent"] for one in measured),
        "api_seconds": _most(leg["api_seconds"] for leg in legs),
        "propagation_seconds": _most(leg["propagation_seconds"] for leg in legs),
        "reliable": _is_reliable(measured, legs),
    }


def _is_reliable(measured: Sequence[Values], legs: Sequence[Values]) -> bool:
    is_whole = [leg["name"] for leg in legs if _has_succeeded(leg)] == [FAILOVER, FAILBACK]
    return is_whole and bool(measured) and not any(_has_slept(one) for one in measured)


def _most(values: Iterable[Optional[float]]) -> Optional[float]:
    return max((value for value in values if value is not None), default=None)


def _check(name: str, passed: bool, sentence: str) -> dict[str, Any]:
    return {"name": name, "passed": passed, "sentence": sentence}


def _checks_before(drill: Values, early: Sequence[Gap]) -> Iterator[dict[str, Any]]:
    measured = drill["measurements"]
    silent = [one["host"] for one in measured if not one["answered"]]
    if not measured:
        yield _check("measured", False, "No client measured: nobody knows what it saw.")
        return
    name = "answered before the drill"
    if silent:
        told = f"{', '.join(dict.fromkeys(silent))} never had an answer; look at the way there."
        yield _check(name, False, told)
    else:
        yield _check(name, all(gap.seconds < FLICKER for gap in early), _before(early))
    yield _asleep(measured)


def _before(early: Sequence[Gap]) -> str:
    if not early:
        return "Every client was answered beforehand."
    worst = lasting(max(gap.seconds for gap in early))
    lost = many(sum(gap.packets for gap in early), "packet")
    return f"{lost} lost before anything was done, {worst} at worst; look at the network."


def _asleep(measured: Sequence[Values]) -> dict[str, Any]:
    """A meter that slept has seen nothing, neither good nor bad."""
    slept = [one["host"] for one in measured if _has_slept(one)]
    if slept:
        told = f"{', '.join(slept)} was too busy to measure; the result says less than it seems."
        return _check("measured without a break", False, told)
    questions = many(sum(one["sent"] for one in measured), "question")
    clients = many(len({one["host"] for one in measured}), "client")
    return _check("measured without a break", True, f"{clients} asked {questions}.")


def _has_slept(measurement: Values) -> bool:
    is_blind = measurement["unmeasured"] > MUCH * max(1, measurement["sent"])
    return bool(is_blind or measurement["pause"] > max(LONG, 10 * measurement["interval"]))


def _checks_of_legs(drill: Values, legs: Sequence[Values]) -> Iterator[dict[str, Any]]:
    for leg in legs:
        name, to = leg["name"], leg["to"]
        if not _has_succeeded(leg):
            why = (
                leg["problem"] or f"AWS shows {leg['holder'] or 'no single target'} as the holder."
            )
            yield _check(f"{name} to {to}", False, str(why))
        else:
            took = f" in {lasting(leg['seconds'])}" if leg["seconds"] is not None else ""
            yield _check(f"{name} to {to}", True, f"{to} took the address over{took}.")
        yield _within(drill, leg)


def _within(drill: Values, leg: Values) -> dict[str, Any]:
    objective, outage = drill["plan"]["objective_seconds"], leg["outage_seconds"]
    name = f"{leg['name']}: outage"
    if not outage:
        return _check(name, True, "No packet was lost.")
    told = f"{leg['worst_client']} had no answer for {lasting(outage)}"
    if not leg["over"]:
        return _check(name, False, f"{told}, and none since: {leg['reason']}.")
    if objective is None:
        return _check(name, True, f"{told}; no objective is set.")
    word = "within" if outage <= objective else "which misses"
    return _check(name, outage <= objective, f"{told}, {word} the objective of {objective:g} s.")


def _checks_after(drill: Values) -> Iterator[dict[str, Any]]:
    was, now = drill["plan"]["was"], drill.get("holder")
    told = f"The address is at {now or 'no single target'}"
    more = "" if now == was else f", and was at {was}; run the drill again, or fail over to {was}"
    yield _check("ended where it was", now == was, f"{told}{more}.")
    for problem in drill.get("problems", ()):
        yield _check("carried out", False, str(problem))


def _sentence(drill: Values, result: Mapping[str, Any]) -> str:
    failed = [check["sentence"] for check in result["checks"] if not check["passed"]]
    if failed:
        return " ".join(failed)
    objective, outage = drill["plan"]["objective_seconds"], result["outage_seconds"]
    if not outage:
        return f"No packet of {result['sent']:,} was lost."
    allowed = f", {objective:g} s are allowed" if objective is not None else ""
    lost = many(result["lost"], "packet")
    return f"The longest outage was {lasting(outage)}{allowed}; {lost} of {result['sent']:,} lost."


def record_of(drill: Values) -> dict[str, Any]:
    """What is remembered of a judged drill: see `_store/drill.py`."""
    plan, result = drill["plan"], drill["result"]
    kept = ("passed", "sentence", "outage_seconds", "lost", "sent", "reliable")
    return {
        **{name: plan[name] for name in ("floating_ip", "fault", "was", "to", "objective_seconds")},
        **{name: result[name] for name in (*kept, "api_seconds", "propagation_seconds")},
        "began": drill["began"],
        "ended": drill["ended"],
        "seconds": round(float(drill["ended"]) - float(drill["began"]), 3),
    }
