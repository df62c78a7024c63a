# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""One event: something that happened to a floating IP, as a value and as one line of JSON.

The monitor writes events to the journal; the demo, the drill, the simulation and the lab collect
them. Whoever emits is handed a `Sink` and knows nothing of where its events go.
"""

from __future__ import annotations

import datetime
import enum
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional, TextIO


class Kind(enum.Enum):
    """What an event tells of: in the monitor's view, unless the comment says another's."""

    STARTED = "started"
    STOPPED = "stopped"
    PROBE_FAILED = "probe_failed"
    HEALTH = "health"
    DECISION = "decision"
    LOOK = "look"
    INTENT = "intent"
    CALL = "call"  # one AWS call
    CELL = "cell"  # what became of one cell
    MOVED = "moved"
    NOTICE = "notice"  # an external move, drift, a conflict, the breaker
    PROBLEM = "problem"
    PAUSE = "pause"
    RESUME = "resume"
    DRAIN = "drain"
    UNDRAIN = "undrain"
    ANSWERED = "answered"  # a client's: `target` answered `count` requests in a row
    LOST = "lost"  # a client's: requests in a row that nobody answered
    STEP = "step"  # a runbook's, a drill's or the demo's


@dataclass(frozen=True)
class Event:
    """One event. `at` is seconds of a monotonic clock (CLOCK_BOOTTIME on hosts)."""

    at: float
    time: str  # ISO 8601, UTC, milliseconds, for people: see `utc`
    kind: Kind
    floating_ip: str  # its name; "" where the event is about no floating IP in particular
    sentence: str
    target: Optional[str] = None
    data: Mapping[str, Any] = field(default_factory=dict)  # plain values: what JSON can carry


Sink = Callable[[Event], None]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "object": (dict,),
    "null": (type(None),),
}

# What `data` must hold, kind by kind. More is welcome; kinds that are not here need nothing.
DATA: Mapping[Kind, Mapping[str, str]] = {
    Kind.HEALTH: {"health": "string"},
    Kind.CALL: {
        "operation": "string",
        "resource": "string",
        "milliseconds": "number",
        "outcome": "string",
    },
    Kind.CELL: {"outcome": "string"},
    Kind.MOVED: {"seconds": "number"},
    Kind.ANSWERED: {"from": "number", "to": "number", "count": "integer"},
    Kind.LOST: {"from": "number", "to": "number", "count": "integer", "milliseconds": "number"},
}


def _data_rule(kind: Kind) -> dict[str, Any]:
    keys = DATA[kind]
    data = {"properties": {key: {"type": kept} for key, kept in keys.items()}, "required": [*keys]}
    return {
        "if": {"properties": {"kind": {"const": kind.value}}},
        "then": {"properties": {"data": data}},
    }


EVENT_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "An event of netops.floating_ip",
    "type": "object",
    "additionalProperties": False,
    "required": ["time", "kind", "floating_ip", "sentence", "at"],
    "properties": {
        "time": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$",
            "description": "Wall clock, UTC, for people: no duration is computed from it.",
        },
        "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
        "floating_ip": {"type": "string", "description": "Its name, or an empty string."},
        "target": {"type": ["string", "null"], "description": "The target that it is about."},
        "sentence": {"type": "string", "minLength": 1, "description": "What happened."},
        "data": {"type": "object", "description": "Plain values; some kinds require keys."},
        "at": {"type": "number", "description": "Seconds of the emitter's monotonic clock."},
    },
    "allOf": [_data_rule(kind) for kind in DATA],
}


def utc(seconds: float) -> str:
    """Seconds since 1970 as `2026-01-31T12:00:00.000Z`."""
    moment = datetime.datetime.fromtimestamp(seconds, tz=datetime.timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def validate(raw: object) -> tuple[str, ...]:
    """Every way in which a parsed line breaks `EVENT_SCHEMA`, each as a sentence."""
    if not isinstance(raw, dict):
        return ("an event is a JSON object",)
    properties = EVENT_SCHEMA["properties"]
    problems = [f"`{key}` is missing" for key in EVENT_SCHEMA["required"] if key not in raw]
    problems += [f"`{key}` is no key of an event" for key in raw if key not in properties]
    for key in raw:
        if key in properties:
            problems += _problems_of(key, raw[key], properties[key])
    return tuple(problems or _data_problems(Kind(raw["kind"]), raw.get("data", {})))


def _problems_of(key: str, value: object, rule: Mapping[str, Any]) -> list[str]:
    wanted = rule["type"]
    kinds = wanted if isinstance(wanted, list) else [wanted]
    if not any(_is_a(value, kind) for kind in kinds):
        return [f"`{key}` is no {' or '.join(kinds)}"]
    if "enum" in rule and value not in rule["enum"]:
        return [f"`{key}` is `{value}`, which is none of {', '.join(rule['enum'])}"]
    if "pattern" in rule and not re.match(rule["pattern"], str(value)):
        return [f"`{key}` is `{value}`; write it as 2026-01-31T12:00:00.000Z"]
    if rule.get("minLength") and not value:
        return [f"`{key}` is empty; say what happened"]
    return []


def _is_a(value: object, wanted: str) -> bool:
    return isinstance(value, _TYPES[wanted]) and not isinstance(value, bool)


def _data_problems(kind: Kind, data: Mapping[str, object]) -> list[str]:
    problems = []
    for key, wanted in DATA.get(kind, {}).items():
        if key not in data:
            problems.append(f"`data.{key}` is missing: an event of kind `{kind.value}` has it")
        elif not _is_a(data[key], wanted):
            problems.append(f"`data.{key}` is no {wanted}")
    return problems


def to_dict(event: Event) -> dict[str, Any]:
    """The event as the schema has it; `target` and `data` are left out where there are none."""
    raw: dict[str, Any] = {
        "time": event.time,
        "kind": event.kind.value,
        "floating_ip": event.floating_ip,
        "sentence": event.sentence,
        "at": round(event.at, 6),
    }
    if event.target is not None:
        raw["target"] = event.target
    if event.data:
        raw["data"] = dict(event.data)
    return raw


def from_dict(raw: object) -> Event:
    """The event that `to_dict` wrote; ValueError with every problem otherwise."""
    problems = validate(raw)
    if problems or not isinstance(raw, dict):
        raise ValueError("this is no event: " + "; ".join(problems))
    return Event(
        at=float(raw["at"]),
        time=raw["time"],
        kind=Kind(raw["kind"]),
        floating_ip=raw["floating_ip"],
        sentence=raw["sentence"],
        target=raw.get("target"),
        data=raw.get("data", {}),
    )


def to_line(event: Event) -> str:
    """One line of JSON without its newline, ASCII only: journald and grep take it as it is."""
    return json.dumps(to_dict(event), separators=(",", ":"), allow_nan=False)


def from_line(line: str) -> Event:
    """The event of one line; ValueError with a sentence where it is none."""
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise ValueError(f"this line is no JSON: {error}") from None
    return from_dict(raw)


def writer(stream: TextIO) -> Sink:
    """A sink that writes each event as one line to `stream`, and flushes it."""

    def write(event: Event) -> None:
        stream.write(to_line(event) + "\n")
        stream.flush()

    return write
