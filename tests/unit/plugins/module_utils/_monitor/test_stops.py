# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A monitor that did not run for a while, as its host was frozen: others may have acted."""

from __future__ import annotations

import pathlib
from dataclasses import replace

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
)

FROZEN = 2.5  # seconds


def briefly_down(seconds: float) -> str:
    return "x" if 5 < seconds < 30 else "+"


def frozen(stage: Stage) -> Stage:
    """Meanwhile another observer moves it to a: the look after that shows it."""
    stage.clock.now += FROZEN
    stage.point("eni-a")
    return stage


def on_b(directory: pathlib.Path) -> Stage:
    """The monitor took the address from a, which is up again since."""
    definition = floating_ip()
    policy = replace(definition.policy, cooldown=1.0)
    stage = Stage(directory, replace(definition, policy=policy), a=briefly_down)
    stage.run(80)
    assert stage.holders() == {"b"}
    return stage


def test_it_looks_at_once(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(20)
    looked = stage.cloud.calls.count("describe_route_tables")
    frozen(stage).run(20 + FROZEN + 1)
    assert stage.cloud.calls.count("describe_route_tables") == looked + 1


def test_an_overloaded_one_looks_now_and_then_only(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(20)
    looked = stage.cloud.calls.count("describe_route_tables")
    for _second in range(12):
        stage.clock.now += 1.0  # each round is late
        stage.run(stage.seconds + 0.001)
    assert stage.cloud.calls.count("describe_route_tables") <= looked + 4


def test_a_failover_meanwhile_is_no_fight(tmp_path: pathlib.Path) -> None:
    stage = frozen(on_b(tmp_path))
    stage.run(stage.seconds + 2)
    moves = stage.loop.watches["db"].context.moves
    (move,) = [move for move in moves if move.to == "a"]
    assert not move.reversal and move.source == "external"
