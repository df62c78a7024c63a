# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    SECONDARY_IP,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import (
    worst_case,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Look, Reading
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import RouteTable
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.readiness import (
    Check,
    Facts,
    checks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine import scene
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.vpc import (
    interface,
)

RUNNING = {"i-a": "running", "i-b": "running"}
MARKED = {"floating-ip:db": "x"}


def facts() -> Facts:
    """Everything as it should be, in one zone."""
    seats = [
        interface(name, number, instance=f"i-{name}", source_dest_check=False, tags=MARKED)
        for number, name in enumerate("ab", 11)
    ]
    tables = (RouteTable("rtb-0", "vpc-1", tags=MARKED),)
    definition = scene.definition()
    return Facts(
        definition,
        scene.look(0.0, ["a"]),
        tables,
        tuple(seats),
        RUNNING,
        arithmetic=worst_case(definition, 1),
    )


def check(of: Facts, name: str) -> Check:
    (found,) = [one for one in checks(of) if one.name == name]
    return found


def test_all_is_well_but_for_the_one_zone() -> None:
    found = {one.name: one.ok for one in checks(facts())}
    assert found == {
        "holder": True,
        "targets": True,
        "source_dest_check": True,
        "instances": True,
        "zones": None,
        "tags": True,
        "stale": True,
        "objective": True,
    }


def test_two_zones_are_better_than_one() -> None:
    near, far = facts().interfaces
    spread = replace(facts(), interfaces=(near, replace(far, zone="eu-west-1b")))
    assert check(spread, "zones").text == "The targets are in eu-west-1a, eu-west-1b."


def test_a_check_that_is_on_names_the_target() -> None:
    one, other = facts().interfaces
    wrong = replace(facts(), interfaces=(one, replace(other, source_dest_check=True)))
    found = check(wrong, "source_dest_check")
    assert (found.ok, "of b is on" in found.text) == (False, True)


def test_a_secondary_ip_needs_no_source_dest_check() -> None:
    definition = replace(scene.definition(), mechanism=SECONDARY_IP)
    found = replace(facts(), definition=definition, refusals=())
    assert "source_dest_check" not in [one.name for one in checks(found)]
    assert "stays in its subnet" in check(found, "zones").text
    assert check(found, "permissions").ok is None


def test_an_address_that_is_not_held_is_not_ready() -> None:
    assert "it is absent" in check(replace(facts(), look=scene.look(0.0, [None])), "holder").text
    failed = replace(facts(), look=Look(0.0, error="EC2 does not answer."))
    assert check(failed, "holder") == Check("holder", False, "EC2 does not answer.")


def test_a_holder_that_is_stopped_is_not_ready() -> None:
    look = scene.look(0.0, ["a"])
    dead = tuple(replace(one, blackhole=True) for one in look.readings)
    found = check(replace(facts(), look=replace(look, readings=dead)), "holder")
    assert (found.ok, "rtb-0 a blackhole" in found.text) == (False, True)


def test_a_target_without_an_interface_is_named() -> None:
    look = scene.look(0.0, ["a"])
    lost = replace(look.places[1], interface=None, error="Target b: it does not exist.")
    found = check(replace(facts(), look=replace(look, places=(look.places[0], lost))), "targets")
    assert found == Check("targets", False, "Target b: it does not exist.")


def test_instances_that_do_not_run_are_named_with_their_state() -> None:
    stopped = replace(facts(), states={"i-a": "running", "i-b": "stopped"})
    assert "i-b (stopped)" in check(stopped, "instances").text
    assert "i-b (not found)" in check(replace(facts(), states={"i-a": "running"}), "instances").text
    assert check(replace(facts(), states=None), "instances").ok is None
    loose = replace(facts().interfaces[0], instance=None)
    found = check(replace(facts(), interfaces=(loose,)), "instances")
    assert (found.ok, "Attach eni-a" in found.text) == (False, True)


def test_tags_that_lack_or_are_left_over_are_warnings() -> None:
    bare = replace(facts(), tables=(RouteTable("rtb-0", "vpc-1"),))
    assert check(bare, "tags") == Check("tags", None, "rtb-0 lack the tag floating-ip:db: deploy.")
    old = RouteTable("rtb-9", "vpc-1", tags=MARKED)
    found = check(replace(facts(), tables=(*facts().tables, old)), "stale")
    assert (found.ok, found.text.startswith("rtb-9 carry")) == (None, True)


def test_refusals_and_objectives_are_told() -> None:
    refused = replace(facts(), refusals=("rtb-0: Allow it.", "rtb-0: Allow it."))
    assert check(refused, "permissions") == Check("permissions", False, "rtb-0: Allow it.")
    assert check(replace(facts(), refusals=()), "permissions").ok is True


def test_the_sum_of_the_worst_outage_is_always_told() -> None:
    assert "= 4.2 s." in check(facts(), "objective").text
    definition = replace(scene.definition(), objective_seconds=4.0)
    late = check(replace(facts(), definition=definition), "objective")
    assert (late.ok, "objective_seconds is 4" in late.text, "= 4.2 s" in late.text) == (
        False,
        True,
        True,
    )
    gone = replace(facts(), definition=replace(definition, state="absent"))
    assert "objective" not in [one.name for one in checks(gone)]


def test_what_a_definition_likely_gets_wrong_is_a_warning() -> None:
    shallow = replace(scene.definition(), probe=Probe(protocol="tcp", port=80))
    for look in (facts().look, Look(0.0, error="Allow it.")):
        found = check(replace(facts(), definition=shallow, look=look), "definition")
        assert (found.ok, "a frozen host still answers" in found.text) == (None, True)


def test_what_could_not_be_asked_is_not_known() -> None:
    throttled = replace(facts(), refusals=(), unasked=("rtb-0: Wait.",))
    assert check(throttled, "permissions") == Check("permissions", None, "Not known: rtb-0: Wait.")
    unread = replace(facts(), states=None, unread="Wait.")
    assert check(unread, "instances") == Check("instances", None, "Not known: Wait.")


def test_where_aws_cannot_be_read_nothing_else_is_known() -> None:
    definition = replace(scene.definition(), objective_seconds=5.0)
    blind = Facts(definition, Look(0.0, error="Allow it."), refusals=())
    first, *others = checks(blind)
    assert first == Check("holder", False, "Allow it.")
    named = {"targets", "source_dest_check", "permissions", "objective"}
    assert {one.name for one in others} > named
    assert {one.ok for one in others} == {None}


def test_a_long_list_is_cut() -> None:
    look = scene.look(0.0, ["a"] * 5)
    dead = tuple(Reading(one.cell, one.points_at, blackhole=True) for one in look.readings)
    found = check(replace(facts(), look=replace(look, readings=dead)), "holder")
    assert "rtb-0, rtb-1, rtb-2 and 2 more" in found.text
