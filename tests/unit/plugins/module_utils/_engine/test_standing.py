# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Policy
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import orders
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    STRANGER_ID,
    definition,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
)


def said(a: str, b: str, points: list[str | None] | None = None, **more: Any) -> str:
    world = World(definition(), {"a": marks(a), "b": marks(b)}, points or ["a"], **more)
    return world.run(10).said[-1][1].reason


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ("+", "+", "a holds it and is up; b is ready"),
        ("+", "x", "a holds it and is up; b is down"),
        ("+", "?", "a holds it and is up; b is not judged yet"),
        ("?", "+", "a holds it and is not judged yet; b is ready"),
        ("+x", "x", "a is down (refused), and no other target is proven up"),
    ],
)
def test_holding_names_everyone(a: str, b: str, sentence: str) -> None:
    assert said(a, b) == sentence


def test_holding_names_what_waits_for_an_operator() -> None:
    assert said("+", "+", ["b"]) == (
        "b holds it and is up; a is ready and preferred; failback is manual"
    )


def test_holding_names_strangers_and_blackholes() -> None:
    sentence = said("+", "+", ["a", STRANGER_ID])
    assert sentence.endswith("; rtb-1 leads 100.64.10.10 to eni-stranger, which is no target")
    assert "AWS calls a a blackhole" in said("+", "+", blackholes={"a"})


def test_a_drained_holder_that_has_nowhere_to_go_says_so() -> None:
    world = World(definition(policy=Policy()), {"a": marks("+"), "b": marks("x")})
    world.context = orders.drain(orders.drain(world.context, "a"), "b")
    sentence = world.run(10).said[-1][1].reason
    assert "b is drained" in sentence and "a is drained, and no other target is ready" in sentence
