# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Policy,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.view import Verdict
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    definition,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
)


def test_a_healthy_holder_costs_one_look_per_reconcile_interval() -> None:
    world = World(definition(), {"a": marks("+"), "b": marks("+")}).run(299)
    assert world.looks == 10


def test_a_failed_look_is_repeated_after_two_seconds_and_not_before() -> None:
    world = World(definition(), {"a": marks("+"), "b": marks("+")}, ec2=marks("-")).run(60)
    assert 18 <= world.looks <= 21


def test_silence_is_not_asked_about_at_every_probe() -> None:
    """With a long min_down there are fifty silent probes, and two looks tell all there is."""
    probe = Probe(min_down=5)
    policy = Policy(reconcile_interval=600)
    scripts = {"a": marks("+++++-"), "b": marks("+")}
    world = World(definition("ab", probe, policy), scripts).run(4)
    looks = world.looks
    assert world.run(14).points == ["b"]
    assert world.looks - looks <= 4


def test_a_holder_that_is_down_with_nowhere_to_go_is_not_looked_at_every_second() -> None:
    scripts = {"a": marks("+++++-"), "b": marks("?")}
    world = World(definition(policy=Policy(reconcile_interval=600)), scripts).run(10)
    looks = world.looks
    assert world.run(70).looks - looks <= 30


def test_a_reference_that_answers_makes_looks_unnecessary() -> None:
    scripts = {"a": marks("+++++-"), "b": marks("?")}
    policy = Policy(reconcile_interval=600)
    world = World(definition(policy=policy), scripts, reference=marks("+")).run(10)
    looks = world.looks
    assert world.run(70).looks - looks <= 1


def test_a_look_is_asked_for_with_its_reason() -> None:
    world = World(definition(), {"a": marks("+++++x"), "b": marks("+")}).run(6)
    reasons = [d.reason for _at, d in world.said if d.verdict is Verdict.LOOK]
    assert reasons == ["AWS has not been looked at yet", "a probe of a failed"]
