# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Cell,
    Look,
    Place,
    Reading,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import Moved
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.result import entry_of
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    IPV4,
    A,
    B,
    C,
)

CELL = Cell("route", "rtb-1", IPV4)
PLACES = (Place("a", A), Place("b", B), Place("c", C))


def moved(action: Action, at: str | None, error: str | None = None, seconds: float = 0.0) -> Moved:
    """What a move of one cell from A to B came to; the last look shows it there."""
    look = Look(0.0, PLACES, (Reading(CELL, at),))
    return Moved("db", "b", "a", (Outcome(CELL, A, B, action, error),), look, seconds)


def test_an_entry_says_who_holds_it_and_who_did() -> None:
    entry = entry_of(moved(Action.MOVED, B, seconds=0.12349))
    assert (entry["name"], entry["holder"], entry["was"], entry["seconds"]) == (
        "db",
        "b",
        "a",
        0.123,
    )
    assert entry["items"] == [
        {
            "kind": "route",
            "id": "rtb-1",
            "address": IPV4,
            "before": A,
            "after": B,
            "action": "moved",
            "error": None,
        }
    ]


@pytest.mark.parametrize(
    ("action", "at"),
    [(Action.FAILED, A), (Action.CONFLICT, C), (Action.UNVERIFIED, A), (Action.UNVERIFIED, None)],
)
def test_after_is_where_it_was_read_and_not_where_it_should_be(
    action: Action, at: str | None
) -> None:
    (item,) = entry_of(moved(action, at, "Why."))["items"]
    assert (item["after"], item["error"]) == (at, "Why.")


@pytest.mark.parametrize(
    ("action", "changed", "partial"),
    [
        (Action.MOVED, True, False),
        (Action.LEFT, False, False),
        (Action.FAILED, False, True),
        (Action.CONFLICT, False, True),
        (Action.UNVERIFIED, True, True),
    ],
)
def test_what_may_have_changed_counts_as_changed(
    action: Action, changed: bool, partial: bool
) -> None:
    result = moved(action, B)
    assert (result.is_changed, result.is_partial) == (changed, partial)
