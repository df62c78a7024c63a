# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context_json import (
    from_json,
    to_json,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    definition,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
)


def raw() -> dict[str, Any]:
    world = World(definition(), {"a": marks("+++++-"), "b": marks("+")}, ["a", "a"]).run(7)
    world.points[0] = "a"
    written: dict[str, Any] = json.loads(json.dumps(to_json(world.run(40).context)))
    return written


def test_a_context_survives_json() -> None:
    text = raw()
    assert to_json(from_json(text)) == text
    assert text["moves"] and text["unheld"] and text["answers"] and text["intent"]


def test_an_empty_context_survives_json() -> None:
    assert from_json(to_json(Context())) == Context()


def test_keys_of_a_newer_version_are_passed_over_and_older_ones_get_defaults() -> None:
    assert from_json({"version": 1, "novelty": 3}) == Context()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("holder",), 5, "context.holder must be a str, it is 5"),
        (("drained",), "a", "context.drained must be a list, it is 'a'"),
        (("moves", 0, "at"), "soon", "context.moves[0].at must be a float, it is 'soon'"),
        (("moves", 0, "at"), float("nan"), "context.moves[0].at must be a float, it is nan"),
        (("moves", 0, "at"), True, "context.moves[0].at must be a float, it is True"),
        (("moves", 0), 7, "context.moves[0] must be a dict, it is 7"),
        (("runs",), [], "context.runs must be a dict, it is []"),
        (
            ("runs", "b", "health"),
            "fine",
            "context.runs[b].health must be one of up, down, unknown",
        ),
        (("orders",), 1.5, "context.orders must be a int, it is 1.5"),
        (("orders",), True, "context.orders must be a int, it is True"),
        (("holder_seen_up",), 1, "context.holder_seen_up must be a bool, it is 1"),
    ],
)
def test_a_damaged_context_is_refused_with_the_place(
    path: tuple[Any, ...], value: object, sentence: str
) -> None:
    text = raw()
    *way, last = path
    place: Any = text
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(ValueError) as caught:
        from_json(text)
    assert sentence in str(caught.value)


def test_a_missing_key_is_named() -> None:
    text = raw()
    del text["moves"][0]["to"]
    with pytest.raises(ValueError, match=r"context\.moves\[0\]\.to is missing"):
        from_json(text)


@pytest.mark.parametrize("text", [None, [], "x", {}, {"version": 2}])
def test_what_is_no_context_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="no context of version 1"):
        from_json(text)
