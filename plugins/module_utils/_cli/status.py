# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip status [NAME…]`: who holds each address, and what the monitor does about it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._engine.cells import Look, standing_of
from .._operations.contexts import Seen, is_running, see
from .._operations.look import look
from .._report.drills import told_of
from .._report.table import table
from .codes import FAILED, OK
from .installed import Settings, chosen, settings_of
from .output import say, say_json, tell
from .reach import edge

HEADERS = ("floating IP", "address", "AWS says", "monitor", "targets")
SILENT = "No monitor of this host has written a status yet."
STOPPED = "The monitor is not running. Its last words: "


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "status",
        parents=[shared],
        help="who holds what, and why",
        description="Who holds each address according to AWS, how the monitor of this host sees "
        "the targets, and what it does or waits for. Exit code 0 if every address is held and its "
        "monitor runs without an alarm.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: every floating IP")
    parser.add_argument(
        "--offline", action="store_true", help="do not ask AWS: say what the monitor last saw"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    definitions = chosen(settings, arguments.names)
    looks = {} if arguments.offline else look(edge(settings), definitions)
    found = [status_of(settings, one, looks.get(one.name)) for one in definitions]
    if settings.as_json:
        say_json(found)
    else:
        say(table([_row(one) for one in found], HEADERS))
        for one in found:
            say(f"{one['name']}: {one['sentence']}{_here(one)}")
            if one["last_drill"] is not None:
                say(f"{one['name']}: {told_of(one['last_drill'])}")
    for one in found:
        for trouble in (one["error"], one["problem"]):
            if trouble is not None:
                tell(f"{one['name']}: {trouble}")
    return OK if all(_is_content(one) for one in found) else FAILED


def status_of(
    settings: Settings, definition: FloatingIp, looked: Optional[Look]
) -> Mapping[str, Any]:
    """What the monitor last wrote, with what AWS says now. The keys are always these."""
    seen = see(str(settings.context), definition.name)
    told = seen.status or {}
    running = is_running(told)
    holding, holder = _standing(told, looked)
    return {
        "name": definition.name,
        "addresses": list(definition.addresses),
        "holding": holding,
        "holder": holder,
        "error": looked.error if looked is not None else None,
        "monitor": "running" if running else "not running",
        "time": told.get("time"),
        "sentence": _sentence(told, running),
        "verdict": told.get("verdict"),
        "alarm": bool(told.get("alarm")),
        "health": _health(definition, told if running else {}),
        **_ordered(seen),
        "problem": seen.problem or told.get("problem"),
        **_told_of_here(told),
    }


def _ordered(seen: Seen) -> Mapping[str, Any]:
    """What operators have ordered, and what their last drill came to."""
    return {
        "paused": seen.pause is not None,
        "pause": asdict(seen.pause) if seen.pause is not None else None,
        "drained": list(seen.context.drained),
        "last_drill": seen.drill,
    }


def _standing(told: Mapping[str, Any], looked: Optional[Look]) -> tuple[str, Optional[str]]:
    if looked is None:
        return told.get("holding", "unreadable"), told.get("holder")
    holding, holder = standing_of(looked)
    return holding.value, holder


def _health(definition: FloatingIp, told: Mapping[str, Any]) -> Mapping[str, str]:
    health = told.get("health", {})
    return {target.name: health.get(target.name, "unknown") for target in definition.targets}


def _sentence(told: Mapping[str, Any], running: bool) -> str:
    if not told:
        return SILENT
    sentence = str(told.get("sentence", SILENT))
    return sentence if running else f"{STOPPED}{sentence}"


def _told_of_here(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the monitor takes this host for, and whether it told it to have its alias."""
    is_known = bool(told.get("is_target_known"))
    return {
        "target": told.get("target"),
        "is_target_known": is_known,
        "has_word": told.get("has_word"),
    }


def _here(one: Mapping[str, Any]) -> str:
    """What the monitor holds this host for."""
    if one["target"] is None:
        return ""
    words = {True: ", and its alias is to be there", False: ", and its alias is to be away"}
    return f". This host is {one['target']}{words.get(one['has_word'], '')}"


def _row(one: Mapping[str, Any]) -> tuple[object, ...]:
    health = ", ".join(f"{name} {value}" for name, value in one["health"].items())
    monitor = one["monitor"] + (", paused" if one["paused"] else "")
    return one["name"], " ".join(one["addresses"]), one["holder"] or one["holding"], monitor, health


def _is_content(one: Mapping[str, Any]) -> bool:
    is_held = one["holder"] is not None and one["error"] is None
    return is_held and one["monitor"] == "running" and not one["alarm"]
