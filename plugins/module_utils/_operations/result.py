# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Moves as plain values: the shape of every module's result, and of the agent's JSON."""

from __future__ import annotations

from typing import Any, Optional

from .._engine.cells import Look
from .._engine.change import Outcome
from .move import DONE, Moved


def entry_of(moved: Moved) -> dict[str, Any]:
    """One floating IP: `{name, holder, was, seconds, items}`; see `item_of` for the items."""
    return {
        "name": moved.name,
        "holder": moved.holder,
        "was": moved.origin,
        "seconds": round(moved.seconds, 3),
        "items": [item_of(moved, outcome) for outcome in moved.outcomes],
    }


def item_of(moved: Moved, outcome: Outcome) -> dict[str, Any]:
    """One cell. `after` is where it points now as far as anyone has read, not where it should."""
    now = {one.cell: one.points_at for one in moved.look.readings}
    return {
        "kind": outcome.cell.kind,
        "id": outcome.cell.id,
        "address": outcome.cell.address,
        "before": outcome.before,
        "after": outcome.after if outcome.action in DONE else now.get(outcome.cell),
        "action": outcome.action.value,
        "error": outcome.error,
    }


def seats_of(look: Look) -> list[dict[str, Optional[str]]]:
    """Where each target is: by this, whoever reads the items can name interfaces."""
    return [{"name": one.target, "network_interface_id": one.interface} for one in look.places]
