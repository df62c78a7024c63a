# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Drills as they are collected, made up: by a stopped service and by a planned move."""

from __future__ import annotations

from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_judge import (
    judged,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.measurement import (
    Measured,
    measurement_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.outages import (
    ANSWERED,
    LOST,
    Packet,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import utc

WALL = 1769860800.0  # 2026-01-31T12:00:00Z
PACE = 0.01
SECONDS = 30.0
MARKS = [
    {"word": "failover", "before": WALL + 4.0, "after": WALL + 4.3},
    {"word": "failback", "before": WALL + 16.0, "after": WALL + 16.3},
]
PLAN: dict[str, Any] = {
    "floating_ip": "db",
    "addresses": ["100.64.10.10"],
    "mechanism": "route",
    "objective_seconds": 5.0,
    "fault": "stop_unit",
    "unit": "postgresql",
    "was": "db-a",
    "to": "db-b",
    "cells": 3,
    "by": "Ann",
    "reason": "CHG0031337",
}


def measurement(
    host: str, *gaps: tuple[float, float], began: float = WALL - 1, seconds: float = SECONDS + 2
) -> dict[str, Any]:
    """A client that got no answers in these stretches, in seconds since its beginning."""
    packets = []
    for number in range(int(seconds / PACE)):
        at = round(number * PACE, 6)
        if any(start <= at < end for start, end in gaps):
            packets.append(Packet(at, LOST, 0.2, "connection refused by 100.64.10.10:80"))
        else:
            wave = 0.0006 + 0.0002 * ((number * 7919) % 13) / 13
            packets.append(Packet(at, ANSWERED, wave * (6 if number % 211 == 0 else 1)))
    marks = tuple((one["before"] + 0.1 - WALL + 1, one["word"]) for one in MARKS)
    measured = Measured(0.0, seconds, began, began + seconds, PACE, marks)
    who = {"host": host, "boot_id": "b", "floating_ip": "db", "address": "100.64.10.10"}
    how = {"protocol": "http", "port": 80, "timeout": 0.2}
    return {**who, **how, **measurement_of(measured, packets)}


def event(at: float, kind: str, sentence: str, target: str | None = None, **more: Any) -> Any:
    """As a host's journal has it. `host` is who told it, the rest its data."""
    host = more.pop("host", "db-b")
    raw = {
        "at": 1000.0 + at,
        "time": utc(WALL + at),
        "kind": kind,
        "floating_ip": "db",
        "sentence": sentence,
        "host": host,
    }
    if target is not None:
        raw["target"] = target
    return {**raw, **({"data": more} if more else {})}


def call(at: float, table: str, milliseconds: float, host: str = "db-b") -> Any:
    return event(
        at,
        "call",
        f"ReplaceRoute {table} 100.64.10.10/32: ok in {milliseconds:.0f} ms.",
        host=host,
        operation="ReplaceRoute",
        resource=f"{table} 100.64.10.10/32",
        milliseconds=milliseconds,
        outcome="ok",
    )


def events() -> list[Any]:
    here = "controller"
    return [
        event(0.0, "step", "The drill began: db-a holds it.", host=here, holder="db-a"),
        event(0.0, "health", "db-a is up, was unknown.", "db-a", health="up"),
        event(0.0, "health", "db-b is up, was unknown.", "db-b", health="up"),
        event(4.2, "step", "The unit postgresql was stopped on db-a.", host=here),
        *(
            event(4.9 + 0.1 * n, "probe_failed", "A probe failed: refused.", "db-a")
            for n in range(4)
        ),
        event(5.1, "health", "db-a is down, was up: refused.", "db-a", health="down"),
        event(5.11, "decision", "db-a is down and db-b is up", "db-b", verdict="move"),
        *(call(5.2 + 0.03 * n, f"rtb-{n}", 61 + 7 * n) for n in range(3)),
        event(5.35, "moved", "db moved from db-a to db-b: 3 cells.", "db-b", seconds=0.21),
        event(10.2, "step", "The unit postgresql was started on db-a.", host=here),
        event(11.6, "health", "db-a is up, was down.", "db-a", health="up"),
        event(16.2, "step", "The address goes back to db-a.", host=here),
        *(call(17.0 + 0.02 * n, f"rtb-{n}", 55 + 9 * n, here) for n in range(3)),
        event(17.2, "moved", "db moved from db-b to db-a.", "db-a", seconds=0.3, host=here),
        event(17.6, "notice", "Someone moved it to db-a; that is what is wanted now.", "db-a"),
    ]


def leg(name: str, to: str, began: float, ended: float, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "from": "db-a" if to == "db-b" else "db-b",
        "to": to,
        "began": WALL + began,
        "ended": WALL + ended,
        "seconds": None,
        "waited": 0.0,
        "holder": to,
        "problem": None,
        **more,
    }


def collected(*measurements: Any, **more: Any) -> dict[str, Any]:
    """A drill by a stopped service; `plan` among the keywords replaces keys of the plan."""
    plan = {**PLAN, **more.pop("plan", {})}
    return {
        "plan": plan,
        "legs": [leg("failover", "db-b", 4.2, 10.0), leg("failback", "db-a", 16.2, 18.0)],
        "marks": MARKS,
        "measurements": list(measurements),
        "events": events(),
        "began": WALL,
        "ended": WALL + SECONDS,
        "holder": "db-a",
        "problems": [],
        **more,
    }


def by_a_stopped_service() -> dict[str, Any]:
    """The one that the pictures show: 1.3 s of outage in the failover, none in the failback."""
    clients = (measurement("client-1", (5.2, 6.5)), measurement("client-2", (5.21, 6.47)))
    return judged(collected(*clients))


def by_a_planned_move() -> dict[str, Any]:
    kept = [one for one in events() if one["kind"] in ("step", "call", "moved")]
    plan = {"fault": "move", "unit": None}
    return judged(collected(measurement("client-1"), events=kept, plan=plan))


def that_failed() -> dict[str, Any]:
    clients = (measurement("client-1", (5.2, 13.9)), measurement("client-2", (5.21, 13.8)))
    return judged(collected(*clients, holder="db-b"))
