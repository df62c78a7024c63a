# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A module's whole result as lines for people: moves, what was made, information, contexts.

One sentence for each floating IP first, then a short table, then what is wrong. A line has at most
WIDTH columns where that is possible at all, so that it fits a terminal of 100 inside Ansible's own
quotes and indentation.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Optional

from .drills import drills_say
from .hosts import host_lines
from .result_rows import CHANGE_HEADERS, change_rows
from .table import errors_of, summary, table
from .wording import plain

WIDTH = 88
SHOWN = 20  # errors of one result: the rest is counted
FEW = 3  # ids in a sentence
INFO_HEADERS = ("floating IP", "address", "holder", "cells there", "ready", "targets")
CONTEXT_HEADERS = ("floating IP", "monitor", "paused", "drained", "health as the monitor sees it")
FORETOLD = "In check mode: nothing was changed. This is what would be."
AGAIN = "What is done stays done. Run it again to complete the rest."
REFUSED = (
    "Nothing was moved, as not every monitor could be told of it, and one that knows nothing may "
    "interfere. Repair that, or set force to move all the same."
)
TOLD_LATE = "By force, and so without telling these monitors, which may interfere:"

Entry = Mapping[str, Any]


def lines_of(
    result: Mapping[str, Any],
    check: bool = False,
    untold: Sequence[str] = (),
    sums: bool = False,
) -> Sequence[str]:
    """Any registered result, failed or not. Without floating IPs in it, its message alone.

    `untold`: the monitors that could not be told of a move, as sentences. `sums`: also say how long
    an outage may last at worst.
    """
    if result.get("skipped") and untold:
        return wrapped([REFUSED, *untold])
    told = wrapped([TOLD_LATE, *untold]) if untold else []
    return _joined(_of_any_kind(result, check, sums), told)


def _of_any_kind(result: Mapping[str, Any], check: bool, sums: bool) -> Sequence[str]:
    entries = result.get("floating_ips")
    if "host" in result:
        return host_lines(result["host"], WIDTH)
    if not entries:
        return wrapped(str(result.get("msg", "Nothing was done.")).splitlines())
    if "holding" in entries[0]:
        return _info(entries, sums)
    if "pause" in entries[0]:
        return _contexts(entries)
    return _changes(result, check)


def _changes(result: Mapping[str, Any], check: bool) -> Sequence[str]:
    entries = result["floating_ips"]
    timed = [{**entry, "seconds": None} for entry in entries] if check else entries
    said = [*([FORETOLD] if check else []), *(f"{summary(entry)}." for entry in timed)]
    rows = change_rows(entries, check)
    errors = errors_of(result)
    if errors and not check:
        errors = [*_some(errors), AGAIN]
    return _joined(wrapped(said), _table(rows, CHANGE_HEADERS), wrapped(errors))


def _info(entries: Sequence[Entry], sums: bool) -> Sequence[str]:
    said = [_info_sentence(one) for one in entries]
    rows = [
        (
            one["name"],
            " ".join(one["addresses"]),
            one["holder"] or one["holding"],
            f"{_at_holder(one)} of {len(one['items'])}",
            "yes" if one["ready"] else "no",
            ", ".join(target["name"] for target in one["targets"]),
        )
        for one in entries
    ]
    worries = [f"{one['name']}: {sentence}" for one in entries for sentence in _worries(one)]
    added = [f"{one['name']}: {text}" for one in entries for text in _sums(one)] if sums else []
    return _joined(wrapped(said), _table(rows, INFO_HEADERS), wrapped(added), wrapped(worries))


def _sums(entry: Entry) -> Sequence[str]:
    """How long an outage may last, where that is as it should be; else it is a worry."""
    checks = [check for check in entry["readiness"] if check["check"] == "objective"]
    return [check["text"] for check in checks if check["ok"] is True]


def _info_sentence(one: Entry) -> str:
    where = f"is at {one['holder']}" if one["holder"] else f"is {one['holding']}"
    return f"{one['name']} {where}, and {'could' if one['ready'] else 'could NOT'} fail over now."


def _at_holder(entry: Entry) -> int:
    return sum(1 for item in entry["items"] if item["target"] and item["target"] == entry["holder"])


def _worries(entry: Entry) -> Iterator[str]:
    """What a person should know of it: no more than what is not as it should be."""
    told = [check["text"] for check in entry["readiness"] if check["ok"] is not True]
    if entry.get("error") and entry["error"] not in told:
        yield entry["error"]
    yield from told
    yield from (one for one in entry["findings"] if one not in told)
    yield from _grouped((_leads(item), item["id"]) for item in entry["drift"])
    bare = [one for one in entry["coverage"] if not one["covered"]]
    yield from _grouped((f"not reach {one['address']}", one["subnet_id"]) for one in bare)


def _leads(item: Entry) -> str:
    where = item["target"] or item["points_at"]
    leads = f"lead to {where}" if where else "lead nowhere"
    return f"{leads}, a blackhole" if item["blackhole"] else leads


def _grouped(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """`rtb-1, rtb-2 lead to db-b`: what many have in common is said once."""
    groups: dict[str, list[str]] = {}
    for what, identity in found:
        groups.setdefault(what, []).append(identity)
    for what, ids in groups.items():
        more = f" and {len(ids) - FEW} more" if len(ids) > FEW else ""
        yield f"{', '.join(ids[:FEW])}{more} {'do ' if what.startswith('not ') else ''}{what}."


def _contexts(entries: Sequence[Entry]) -> Sequence[str]:
    rows = [
        (
            one["name"],
            _monitor(one),
            "yes" if one["paused"] else "no",
            ", ".join(one["drained"]),
            ", ".join(f"{name} {health}" for name, health in sorted(one["health"].items())),
        )
        for one in entries
    ]
    said = [f"{one['name']}: {sentence}" for one in entries for sentence in _context_says(one)]
    return _joined(wrapped(said), _table(rows, CONTEXT_HEADERS))


def _monitor(one: Entry) -> str:
    if one["status"] is None:
        return "never ran"
    return "runs" if one["status"]["running"] else "does NOT run"


def _context_says(one: Entry) -> Iterator[str]:
    pause = one["pause"]
    if pause is not None:
        why = f": {pause['reason']}" if pause["reason"] else ""
        yield f"PAUSED by {pause['by']} since {pause['time']}{why}"
    if one["drained"]:
        yield f"drained, and so not eligible: {', '.join(one['drained'])}"
    drills = list(drills_say(one.get("drill"), one.get("drilling")))
    if one["status"] is not None or not drills:  # a client may drill without a monitor
        yield _status_sentence(one["status"])
    if one["moves"]:
        yield _last_move(one["moves"][-1])
    yield from drills
    if one["problem"]:
        yield one["problem"]


def _status_sentence(status: Optional[Entry]) -> str:
    if status is None:
        return "no monitor of this host has said anything yet"
    alarm = "ALARM: " if status.get("alarm") else ""
    when = "" if status["running"] else f" (said at {status.get('time', 'an unknown time')})"
    return f"{alarm}{plain(str(status.get('sentence', '')))}{when}"


def _last_move(move: Entry) -> str:
    origin = f" from {move['origin']}" if move["origin"] else ""
    why = f": {move['reason']}" if move["reason"] else ""
    return f"last moved{origin} to {move['to']} by {move['source']} at {move['time']}{why}"


def _some(sentences: Sequence[str]) -> list[str]:
    more = len(sentences) - SHOWN
    return [*sentences[:SHOWN], *([f"And {more} more of these."] if more > 0 else [])]


def _table(rows: Sequence[Sequence[object]], headers: Sequence[str]) -> Sequence[str]:
    """The rows under those of the headers that have anything to say."""
    kept = [n for n in range(len(headers)) if any(row[n] not in (None, "") for row in rows)]
    cut = [[row[n] for n in kept] for row in rows]
    return table(cut, [headers[n] for n in kept]).splitlines() if rows else ()


def wrapped(lines: Iterable[str]) -> list[str]:
    """The lines in the width of a report."""
    return [part for line in lines for part in _parts(line)]


def _parts(line: str) -> Sequence[str]:
    text = plain(line)
    return textwrap.wrap(
        text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _joined(*blocks: Sequence[str]) -> Sequence[str]:
    """The blocks with an empty line between those that hold anything."""
    lines: list[str] = []
    for block in blocks:
        lines += [*([""] if lines and block else []), *block]
    return lines
