# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The rows of a table of changes: what happened alike to many cells is one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from .wording import lasting, many

CHANGE_HEADERS = ("floating IP", "what", "where", "was", "is", "done", "took")

_DONE = ("moved", "left")
_WHERE = {
    "route": "route table",
    "secondary_ip": "subnet",
    "source_dest_check": "interface",
    "tag": "resource",
}
_TAIL = 6  # characters of an id that tell it from its neighbours

Entry = Mapping[str, Any]
Row = tuple[object, ...]


def change_rows(entries: Sequence[Entry], check: bool = False) -> list[Row]:
    """Rows of name, what, where, was, is, done, took. What failed has a row of its own."""
    return [row for entry in entries for row in _rows(entry, check)]


def _rows(entry: Entry, check: bool) -> Sequence[Row]:
    groups: dict[Row, list[Entry]] = {}
    for item in entry["items"]:
        alone = "" if item["action"] in _DONE else f"{item['id']} {item['address']}"
        groups.setdefault((*_facts(entry, item), alone), []).append(item)
    return [
        (entry["name"], what, _where(items), was, now, done, None if check else _took(entry, items))
        for (what, was, now, done, _alone), items in groups.items()
    ]


def _took(entry: Entry, items: Sequence[Entry]) -> Optional[str]:
    """How long the whole of it took, in the rows of what was done."""
    if entry.get("seconds") is None or items[0]["action"] == "left":
        return None
    return lasting(entry["seconds"])


def _facts(entry: Entry, item: Entry) -> tuple[str, str, str, str]:
    was, now = (_shown(entry, item["kind"], item[when]) for when in ("before", "after"))
    return _what(item), was, now, _done(item)


def _what(item: Entry) -> str:
    if item["kind"] == "source_dest_check":
        return "source/dest check"
    return "tag" if item["kind"] == "tag" else str(item["address"])


def _where(items: Sequence[Entry]) -> str:
    """The id where it is one, else how many of what."""
    ids = {str(item["id"]) for item in items}
    return ids.pop() if len(ids) == 1 else many(len(ids), _WHERE.get(items[0]["kind"], "item"))


def _done(item: Entry) -> str:
    """The action in plain words: `moved` fits neither what was not there nor what is gone."""
    if item["action"] == "left":
        return "left as is"
    if item["action"] != "moved":
        return str(item["action"]).upper()
    if item["before"] is None:
        return "made"
    if item["after"] is None:
        return "removed"
    return "moved" if item["kind"] in ("route", "secondary_ip") else "changed"


def _shown(entry: Entry, kind: str, value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if value is None:
        return "nothing"
    return "set" if kind == "tag" else _target(entry, str(value)) or short(str(value))


def _target(entry: Entry, interface: str) -> Optional[str]:
    for target in entry.get("targets") or ():
        if target["network_interface_id"] == interface:
            return str(target["name"])
    return None


def short(identity: str) -> str:
    """An AWS id short enough for a table: `eni-..5f6a7b`. The whole one is in the result."""
    kind, dash, number = identity.partition("-")
    if not dash or len(number) <= _TAIL + 2:
        return identity
    return f"{kind}-..{number[-_TAIL:]}"
