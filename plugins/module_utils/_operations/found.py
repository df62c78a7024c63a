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


def found_in(entries: Entries) -> Mapping[str, Found]:
    """The tables and interfaces of each floating IP, by name."""
    return {
        str(one["name"]): Found(
            tuple(sorted(set(_tables(one["items"])))), tuple(sorted(set(_interfaces(one))))
        )
        for one in entries
    }


def _tables(items: Entries) -> Iterator[str]:
    """Without those from which a provisioning took the address away."""
    for item in items:
        is_gone = "after" in item and item["after"] is None
        if item["kind"] == ROUTE and not is_gone:
            yield str(item["id"])


def _interfaces(entry: Mapping[str, Any]) -> Iterator[str]:
    for target in entry.get("targets") or ():
        if target.get("network_interface_id"):
            yield str(target["network_interface_id"])
