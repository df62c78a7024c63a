# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A module's result for people: a short table and one sentence for each floating IP.

An entry is `{name, holder, items: [{kind, id, address, before, after, action, error}]}`; `was` (the
holder before) and `seconds` are optional, of the entry and, the latter, of each item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .wording import lasting, many, plain

HEADERS = ("floating IP", "item", "was", "is", "action", "seconds")
_DONE = ("moved", "left")


def table(rows: Sequence[Sequence[object]], headers: Sequence[str] = HEADERS) -> str:
    """The rows as aligned text, no newline at its end; numbers stand right, None is a dash."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(line[n]) for line in [list(headers), *cells]) for n in range(len(headers))]
    right = [bool(rows) and all(_is_number(row[n]) for row in rows) for n in range(len(headers))]
    lines = [list(headers), ["-" * width for width in widths], *cells]
    return "\n".join(_aligned(line, widths, right) for line in lines)


def _cell(value: object) -> str:
    if value is None or value == "":
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else plain(str(value))


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _aligned(line: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        text.rjust(width) if number else text.ljust(width)
        for text, width, number in zip(line, widths, right)
    )
    return "  ".join(padded).rstrip()


def rows_of(result: Mapping[str, Any]) -> list[tuple[object, ...]]:
    """The rows of a module's whole result, one for each item, in its order."""
    return [_item_row(entry, item) for entry in result["floating_ips"] for item in entry["items"]]


def _item_row(entry: Mapping[str, Any], item: Mapping[str, Any]) -> tuple[object, ...]:
    what = f"{item['id']} {item['address']}"
    return (entry["name"], what, item["before"], item["after"], item["action"], item.get("seconds"))


def errors_of(result: Mapping[str, Any]) -> list[str]:
    """Each item's error, with the floating IP and the item in front: too long for a table."""
    return [
        f"{entry['name']}, {item['id']}: {plain(item['error'])}"
        for entry in result["floating_ips"]
        for item in entry["items"]
        if item.get("error")
    ]


def summary(entry: Mapping[str, Any]) -> str:
    """One entry as a sentence: `db moved from db-a to db-b: 50 of 50 cells in 0.31 s`.

    An entry with a `state` was provisioned, and is told as such.
    """
    if "state" in entry:
        return _provisioned(entry)
    counts = Counter(item["action"] for item in entry["items"])
    total = len(entry["items"])
    if set(counts) <= {"left"}:
        return f"{entry['name']} is at {entry['holder'] or 'no target'}: nothing to change"
    took = f" in {lasting(entry['seconds'])}" if entry.get("seconds") is not None else ""
    done = sum(counts[action] for action in _DONE)
    return (
        f"{_headline(entry, done == total)}: {done} of {many(total, 'cell')}{took}{_rest(counts)}"
    )


def _provisioned(entry: Mapping[str, Any]) -> str:
    counts = Counter(item["action"] for item in entry["items"])
    is_there, total = entry["state"] == "present", len(entry["items"])
    name = entry["name"]
    done = sum(counts[action] for action in _DONE)
    took = f" in {lasting(entry['seconds'])}" if entry.get("seconds") is not None else ""
    if done < total:
        what = "deployed" if is_there else "removed"
        return f"{name} is not {what} completely: {done} of {total} done{took}{_rest(counts)}"
    if not counts["moved"]:
        told = "deployed" if is_there else "not there"
        return f"{name} is {told}{_holding(entry)}: nothing to change"
    kept = f", {counts['left']} left as is" if counts["left"] else ""
    if is_there:
        return f"{name} is deployed{_holding(entry)}: {counts['moved']} made{kept}{took}"
    return f"{name} is removed: {counts['moved']} undone{kept}{took}"


def _holding(entry: Mapping[str, Any]) -> str:
    return f", and {entry['holder']} holds it" if entry["holder"] else ""


def _headline(entry: Mapping[str, Any], complete: bool) -> str:
    name, was, holder = entry["name"], entry.get("was"), entry["holder"]
    if not complete:
        return f"{name} did not move completely, and is {_at(holder)}"
    if holder is None:
        return f"{name} was released by {was}" if was else f"{name} was released"
    if was == holder:
        return f"{name} was repaired {_at(holder)}"
    return f"{name} moved from {was} to {holder}" if was else f"{name} moved to {holder}"


def _at(holder: object) -> str:
    return f"at {holder}" if holder else "at no single target"


def _rest(counts: Mapping[str, int]) -> str:
    rest = [f"{counts[name]} {name}" for name in sorted(counts) if name not in _DONE]
    return "; " + ", ".join(rest) if rest else ""
