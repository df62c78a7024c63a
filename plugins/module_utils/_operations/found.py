# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What the results of `floating_ip_info` or `floating_ip_provision` tell of AWS's own ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._definition.model import ROUTE
from .._engine.iam_scopes import Found

Entries = Sequence[Mapping[str, Any]]


def found_in(entries: Entries, *, stops: bool = False) -> Mapping[str, Found]:
    """What each floating IP has, by name; its instances only where a drill `stops` them."""
    return {
        str(one["name"]): Found(
            tuple(sorted(set(_tables(one["items"])))),
            tuple(sorted(set(_ids(one, "network_interface_id")))),
            tuple(sorted(set(_ids(one, "instance_id")))) if stops else (),
        )
        for one in entries
    }


def _tables(items: Entries) -> Iterator[str]:
    """Without those from which a provisioning took the address away."""
    for item in items:
        is_gone = "after" in item and item["after"] is None
        if item["kind"] == ROUTE and not is_gone:
            yield str(item["id"])


def _ids(entry: Mapping[str, Any], kind: str) -> Iterator[str]:
    """Of the targets, as far as they are known."""
    for target in entry.get("targets") or ():
        if target.get(kind):
            yield str(target[kind])
