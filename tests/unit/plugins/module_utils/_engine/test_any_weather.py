# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever the targets and AWS do, some things never happen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Policy
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import context_json
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import Verdict
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    START,
    definition,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
)

POLICY = Policy(cooldown=10, failback="auto", failback_delay=15, max_moves=3, reconcile_interval=8)
SECONDS = 60
weather = st.text("+++x-?!", min_size=5, max_size=SECONDS)
reading = st.text("+++-", min_size=1, max_size=SECONDS)


def world_of(a: str, b: str, ec2: str) -> World:
    scripts = {"a": marks(a), "b": marks(b)}
    return World(definition("ab", policy=POLICY), scripts, ["a", "a"], ec2=marks(ec2))


@given(a=weather, b=weather, ec2=reading)
def test_moves_are_rare_and_lead_to_targets_that_pass(a: str, b: str, ec2: str) -> None:
    world = world_of(a, b, ec2)
    rows = world.scripts
    for second in range(1, 2 * SECONDS):
        world.run(second)
    times = [at for at, _to in world.moves]
    assert all(late - early >= POLICY.cooldown - 1e-6 for early, late in pairwise(times))
    assert len(times) <= POLICY.max_moves + 1, "the breaker lets one more pass"
    for at, to in world.moves:
        passes = [rows[to](at - ago / 10) == "+" for ago in range(21)]
        assert any(passes), f"{to} did not pass in the two seconds before {at}"
        assert any(world.ec2(at - ago / 10) == "+" for ago in range(21)), "a look holds so long"


@given(a=st.text("x-?!", min_size=60, max_size=60), b=st.text("x-?!", min_size=60, max_size=60))
def test_nothing_moves_while_no_target_passes(a: str, b: str) -> None:
    assert world_of("+" * 5 + a, b, "+").run(180).moves == []


@given(a=weather, b=weather, at=st.floats(1, 50), gap=st.floats(0, 5))
def test_the_context_survives_being_written_and_read(a: str, b: str, at: float, gap: float) -> None:
    world = world_of(a, b, "+").run(at)
    assert context_json.from_json(context_json.to_json(world.context)) == world.context
    world.restart(gap)
    world.run(at + gap + 20)
    assert world.context.boot_id == "boot"


@given(a=weather, b=weather, at=st.floats(0, 50), off=st.floats(0, 50))
def test_two_observers_on_targets_never_pull_it_to_and_fro(
    a: str, b: str, at: float, off: float
) -> None:
    """Each sees the other as the weather has it, and its own target always up."""
    one = World(definition("ab", policy=POLICY), {"a": marks("+"), "b": marks(b)}, ["a"])
    two = World(definition("ab", policy=POLICY), {"a": marks(a), "b": marks("+")}, one.points)
    one.observer, two.observer = (
        replace(one.observer, target="a"),
        replace(two.observer, target="b"),
    )
    for second in range(1, 90):
        one.run(second)
        two.run(second)
    assert len(one.moves) + len(two.moves) <= POLICY.max_moves + 1
    assert {to for _at, to in one.moves} <= {"a"} and {to for _at, to in two.moves} <= {"b"}


@given(a=weather, b=weather, ec2=reading)
def test_every_decision_carries_a_sentence_and_pairs_with_its_data(
    a: str, b: str, ec2: str
) -> None:
    world = world_of(a, b, ec2).run(SECONDS)
    for _at, decision in world.said:
        writes = decision.verdict in (Verdict.MOVE, Verdict.REPAIR)
        assert decision.reason.strip() and writes == (decision.to is not None)
        assert bool(decision.cells) == (decision.verdict is Verdict.REPAIR)
    assert world.now >= START
