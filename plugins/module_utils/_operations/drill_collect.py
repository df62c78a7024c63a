# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Put a runbook's drill together from what each host found out, as variables of the hosts.

The environment host's: __floating_ip_drill {began, ended, fault, unit, by, reason, definitions,
was, to} with the last two by floating IP; __floating_ip_legs, one for each move, {name, began,
ended, goals, plan, moved, untold, awaited, broken, unbroken}; __floating_ip_after, a
floating_ip_info; __floating_ip_unrepaired, sentences, as `unbroken` is.
A client's: __floating_ip_measured, a floating_ip_measure; __floating_ip_marks.
An observer's: __floating_ip_contexts and __floating_ip_journal, lines of a monitor's events.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Optional

from .._engine.arithmetic import pacing
from .._report.event import utc
from .._report.table import summary
from .drill_judge import FAILBACK, FAILOVER, STOP_INSTANCE, STOP_UNIT, judged
from .drill_story import Values, wall_of

CONTROLLER = "controller"
_BROKEN = {STOP_UNIT: "The unit {unit} is stopped on {was}.", STOP_INSTANCE: "{was} is stopped."}


def drills_of(
    environment: Values, clients: Sequence[Values], observers: Sequence[Values]
) -> list[dict[str, Any]]:
    """A judged drill for each floating IP, sorted by name."""
    drill = environment["__floating_ip_drill"]
    return [judged(_drill(name, environment, clients, observers)) for name in sorted(drill["was"])]


def _drill(
    name: str, environment: Values, clients: Sequence[Values], observers: Sequence[Values]
) -> dict[str, Any]:
    measurements = [each for one in clients for each in _measurements(name, one)]
    drill = _timed(environment["__floating_ip_drill"], measurements)
    legs = environment.get("__floating_ip_legs") or []
    plan = _plan(name, drill, legs)
    made = [_leg(name, leg, drill, plan) for leg in legs if leg["name"] in (FAILOVER, FAILBACK)]
    events = [*_steps(name, plan, drill, made), *_moves(name, legs)]
    for one in observers:
        events += [*_healths(name, one, drill), *_journal(one)]
    return {
        "plan": plan,
        "legs": made,
        "marks": _marks(clients),
        "measurements": measurements,
        "events": events,
        "began": float(drill["began"]),
        "ended": float(drill["ended"]),
        "holder": _entry(name, environment.get("__floating_ip_after")).get("holder"),
        "problems": [*(environment.get("__floating_ip_unrepaired") or ()), *_problems(clients)],
    }


def _timed(drill: Values, measurements: Sequence[Values]) -> Values:
    """From when the first client measured until the last one did not any more."""
    walls = [float(one["began"]["wall"]) for one in measurements]
    ends = [wall + one["seconds"] for wall, one in zip(walls, measurements)]
    began, ended = min(walls, default=drill["began"]), max(ends, default=drill["ended"])
    return {**drill, "began": float(began), "ended": float(ended)}


def _plan(name: str, drill: Values, legs: Sequence[Values]) -> dict[str, Any]:
    (definition,) = [one for one in drill["definitions"] if one["name"] == name]
    items = [_entry(name, leg.get("moved")).get("items", ()) for leg in legs]
    reached = [_entry(name, leg.get("awaited")).get("holder") for leg in legs]
    found = next((one for one in reached if one and one != drill["was"][name]), None)
    return {
        "floating_ip": name,
        "addresses": list(definition["addresses"]),
        "mechanism": definition.get("mechanism", "route"),
        "objective_seconds": definition.get("objective_seconds"),
        "fault": drill["fault"],
        "unit": drill.get("unit") or None,
        "was": drill["was"][name],
        "to": found or drill["to"][name],
        "cells": max((len(one) for one in items), default=0),
        "by": drill.get("by") or "",
        "reason": drill.get("reason") or "",
    }


def _entry(name: str, result: Optional[Values]) -> Values:
    """What a module's result says of one floating IP; nothing where it says nothing."""
    found = (result or {}).get("floating_ips") or ()
    return next((one for one in found if one["name"] == name), {})


def _leg(name: str, leg: Values, drill: Values, plan: Values) -> dict[str, Any]:
    moved, awaited = _entry(name, leg.get("moved")), _entry(name, leg.get("awaited"))
    was = drill["was"][name]
    is_back = leg["name"] == FAILBACK
    to = was if is_back else leg["goals"].get(name) or drill["to"][name]
    holder = moved.get("holder") or awaited.get("holder")
    if awaited and holder and holder != was:
        to = holder  # a monitor chose
    (definition,) = [one for one in drill["definitions"] if one["name"] == name]
    waited = pacing(definition.get("mechanism", "route"), len(moved.get("items", ())))
    return {
        "name": leg["name"],
        "from": plan["to"] if is_back else was,
        "to": to,
        "began": float(leg["began"]),
        "ended": float(leg["ended"]),
        "broken": float(leg.get("broken") or leg["began"]),
        "seconds": moved.get("seconds"),
        "waited": waited,
        "holder": holder,
        "problem": _problem(name, leg, moved, awaited, holder == to),
    }


def _problem(
    name: str, leg: Values, moved: Values, awaited: Values, is_there: bool
) -> Optional[str]:
    if is_there:
        return None
    if leg.get("unbroken"):
        return " ".join(leg["unbroken"])
    if awaited:
        at = awaited.get("holder") or "no single target"
        return f"No monitor moved it: AWS still shows {at} as the holder."
    errors = [f"{item['id']}: {item['error']}" for item in moved.get("items", ()) if item["error"]]
    if errors:
        return " ".join(errors)
    untold = " ".join(leg.get("untold") or ())
    if untold and not moved:
        return f"Nothing was moved, as these monitors could not be told of it: {untold}"
    said = leg.get("moved") or {}
    plan = leg.get("plan") or {}
    return str(said.get("msg") or plan.get("msg") or "It was not tried.")


def _steps(name: str, plan: Values, drill: Values, legs: Sequence[Values]) -> Iterator[Any]:
    was = plan["was"]
    yield _event("step", drill["began"], name, f"The drill began: {was} holds it.", holder=was)
    for leg in legs:
        broken = _BROKEN.get(plan["fault"]) if leg["name"] == FAILOVER else None
        sentence = broken.format(**plan) if broken else f"The address goes to {leg['to']}."
        yield _event("step", leg["broken" if broken else "began"], name, sentence)


def _moves(name: str, legs: Sequence[Values]) -> Iterator[Any]:
    for leg in legs:
        result = leg.get("moved") or {}
        calls = result.get("calls") or ()
        for call in calls:
            took = f"{call['outcome']} in {call['milliseconds']:.0f} ms"
            sentence = f"{call['operation']} {call['resource']}: {took}."
            data = {key: call[key] for key in ("operation", "resource", "milliseconds", "outcome")}
            yield _event("call", wall_of(call["time"]), "", sentence, **data)
        entry = _entry(name, result)
        if entry:
            ended = max((wall_of(call["time"]) for call in calls), default=leg["ended"])
            to, took = entry["holder"], entry["seconds"]
            yield _event("moved", ended, name, f"{summary(entry)}.", to, seconds=took)


def _healths(name: str, observer: Values, drill: Values) -> Iterator[Any]:
    """How each monitor saw the targets when it was asked, before the drill."""
    health = _entry(name, observer.get("__floating_ip_contexts")).get("health") or {}
    for target, value in sorted(health.items()):
        sentence = f"{target} is {value}."
        event = _event("health", drill["began"], name, sentence, target, health=value)
        yield {**event, "host": observer["inventory_hostname"]}


def _journal(observer: Values) -> Iterator[Any]:
    """The events among the lines of a monitor's journal."""
    for line in (observer.get("__floating_ip_journal") or {}).get("stdout_lines") or ():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict):
            yield {**event, "host": observer["inventory_hostname"]}


def _event(
    kind: str, wall: float, name: str, sentence: str, target: Optional[str] = None, **data: Any
) -> dict[str, Any]:
    raw = {"at": 0.0, "time": utc(float(wall)), "kind": kind, "floating_ip": name}
    about = {} if target is None else {"target": target}
    return {**raw, "sentence": sentence, "data": data, "host": CONTROLLER, **about}


def _measurements(name: str, client: Values) -> Iterator[Any]:
    for one in (client.get("__floating_ip_measured") or {}).get("measurements") or ():
        if one["floating_ip"] == name:
            yield {**one, "host": client["inventory_hostname"]}


def _marks(clients: Sequence[Values]) -> list[dict[str, Any]]:
    """The words, from before the first client was told to after the last one was."""
    found: dict[str, dict[str, Any]] = {}
    for client in clients:
        for mark in client.get("__floating_ip_marks") or ():
            known = found.setdefault(mark["word"], dict(mark))
            known["before"] = min(float(known["before"]), float(mark["before"]))
            known["after"] = max(float(known["after"]), float(mark["after"]))
    return list(found.values())


def _problems(clients: Sequence[Values]) -> Iterator[str]:
    for client in clients:
        measured = client.get("__floating_ip_measured") or {}
        if not measured.get("measurements"):
            why = measured.get("msg", "it could not be reached any more.")
            yield f"{client['inventory_hostname']} has measured nothing: {why}"


def last_drills(observers: Sequence[Values]) -> dict[str, Values]:
    """The last reliable drill of each floating IP, by name; the newest of what hosts say."""
    found: dict[str, Values] = {}
    for host in observers:
        for entry in (host.get("__floating_ip_contexts") or {}).get("floating_ips") or ():
            known = found.get(entry["name"]) or {}
            drill = entry.get("reliable_drill") or {}
            if drill and float(drill.get("ended") or 0) >= float(known.get("ended") or 0):
                found[str(entry["name"])] = drill
    return found


def interrupted(observers: Sequence[Values], now: float) -> dict[str, str]:
    """Where each address was before a drill that has not ended, by floating IP.

    A drill that is under way by the agent's own verb is left alone: ValueError, with a sentence.
    """
    found: dict[str, str] = {}
    for host in observers:
        for entry in (host.get("__floating_ip_contexts") or {}).get("floating_ips") or ():
            running: Mapping[str, Any] = entry.get("drilling") or {}
            if running.get("by") == "agent" and now < float(running.get("until") or 0):
                where = host["inventory_hostname"]
                raise ValueError(f"A drill of {entry['name']} is under way on {where}: wait.")
            if running.get("was"):
                found[str(entry["name"])] = str(running["was"])
    return found
