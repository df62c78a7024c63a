# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A module's whole result as lines for people: moves, what was made, information, contexts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .table import errors_of, rows_of, summary, table

INFO_HEADERS = ("floating IP", "address", "holder", "cells", "ready", "targets")
CONTEXT_HEADERS = ("floating IP", "monitor says", "paused", "drained")


def lines_of(result: Mapping[str, Any]) -> Sequence[str]:
    """Any registered result, failed or not. Without floating IPs in it, its message alone."""
    entries = result.get("floating_ips")
    if not entries:
        return str(result.get("msg", "Nothing was done.")).splitlines()
    if "holding" in entries[0]:
        return _info(entries)
    if "drained" in entries[0]:
        return _contexts(entries)
    return _changes(result)


def _changes(result: Mapping[str, Any]) -> Sequence[str]:
    lines = [summary(entry) for entry in result["floating_ips"]]
    rows = rows_of(result)
    return [*lines, *(table(rows).splitlines() if rows else ()), *errors_of(result)]


def _info(entries: Sequence[Mapping[str, Any]]) -> Sequence[str]:
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
    lines = table(rows, INFO_HEADERS).splitlines()
    for one in entries:
        lines += [f"{one['name']}: {sentence}" for sentence in _worries(one)]
    return lines


def _at_holder(entry: Mapping[str, Any]) -> int:
    return sum(1 for item in entry["items"] if item["target"] and item["target"] == entry["holder"])


def _worries(entry: Mapping[str, Any]) -> Iterable[str]:
    """What a person should know of it: no more than what is not as it should be."""
    if entry.get("error"):
        yield entry["error"]
    yield from entry["findings"]
    yield from (check["text"] for check in entry["readiness"] if check["ok"] is not True)
    for one in entry["coverage"]:
        if not one["covered"]:
            yield f"{one['subnet_id']} has no route to {one['address']} ({one['route_table_id']})."


def _contexts(entries: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    rows = [
        (
            one["name"],
            (one.get("status") or {}).get("sentence", "nothing yet"),
            "yes" if one["paused"] else "no",
            ", ".join(one["drained"]),
        )
        for one in entries
    ]
    return table(rows, CONTEXT_HEADERS).splitlines()
