# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""deploy, status, validate, teardown on two environments; lab_vpc; pause and resume."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.tests.emulator.world import network

OTHER_REGION = "eu-central-1"


def states(emulator: Any) -> list[Any]:
    """Everything that there is, in both Regions."""
    return [emulator.state(), emulator.state(OTHER_REGION)]


def test_deploy_and_teardown_undo_each_other_in_two_environments(
    site: Any, world: Callable[..., Any], elsewhere: Any, routes: Any, emulator: Any
) -> None:
    here = world(tables=3, source_dest_check=True)
    there = network(elsewhere, tables=3, source_dest_check=True)
    site.define("production", here)
    site.define("staging", there, aws={"region": OTHER_REGION})
    before = states(emulator)
    checked = site.run("deploy", "--check", "--diff")
    assert (checked.code, states(emulator)) == (0, before), checked.output
    assert "source_dest_check" in checked.output and "In check mode" in checked.output
    only = site.run("deploy", "--limit", "staging")
    assert only.code == 0, only.output
    assert (list(only.recap), routes(here.tables)) == (["staging-aws"], [None] * 3)
    assert routes(there.tables, elsewhere) == [there.eni("db-a")] * 3
    unready = site.run("validate")
    assert unready.code == 2
    assert "Not ready: db; the report above says why." in unready.said
    assert "the source/dest check of" in unready.said.lower()
    complete_and_remove(site, emulator, before)


def complete_and_remove(site: Any, emulator: Any, before: Any) -> None:
    rest = site.run("deploy", "-e", "floating_ip=db")
    assert (rest.code, rest.recap["staging-aws"]["changed"]) == (0, 0), rest.output
    assert "3 route tables nothing db-a made" in rest.said
    again = site.run("deploy")
    assert (again.code, again.changes) == (0, 0), again.output
    ready = site.run("validate")
    assert (ready.code, ready.said.count("db is at db-a and could fail over now.")) == (0, 2)
    assert ready.said.count("db: At worst an outage lasts ") == 2, ready.output
    gone = site.run("teardown", floating_ip=["db"], confirm=["db"])
    assert (gone.code, states(emulator)) == (0, before), gone.output
    assert "3 route tables db-a nothing removed" in gone.said
    more = site.run("teardown", "-e", "floating_ip=all confirm=all")
    assert (more.code, more.changes) == (0, 0)
    assert "db is not there: nothing to change." in more.output


def test_one_environments_mistake_stops_a_move_in_all_of_them(
    site: Any, production: Any, world: Callable[..., Any], point: Any, routes: Any
) -> None:
    other = world(tables=1)
    site.define("staging", other, name="db")  # absent there: nothing leads to it yet
    (site.folder / "group_vars" / "staging.yml").write_text("floating_ips: []\n", encoding="utf-8")
    played = site.run("failover", floating_ip="db")
    assert (played.code, routes(production.tables)) == (2, [production.eni("db-a")] * 3)
    assert "the variable floating_ips is not set for staging-aws" in played.said
    assert site.run("failover", "--limit", "production", floating_ip="db").code == 0
    assert routes(production.tables) == [production.eni("db-b")] * 3


def test_status_needs_no_monitor_and_tells_what_disagrees(
    site: Any, production: Any, ec2: Any
) -> None:
    plain = site.run("status")
    assert (plain.code, plain.changes) == (0, 0), plain.output
    assert "db 100.64.10.10 db-a 3 of 3" in plain.said
    assert "outage" not in plain.said
    ec2.replace_route(
        RouteTableId=production.tables[2],
        DestinationCidrBlock="100.64.10.10/32",
        NetworkInterfaceId=production.eni("db-b"),
    )
    split = site.run("status", "-e", "floating_ip=db")
    assert "db is split and could NOT fail over now." in split.said
    assert f"db: {production.tables[2]} lead" in split.said
    assert site.run("validate").code == 2


def test_a_pause_is_told_by_status_until_it_is_ended(site: Any, production: Any) -> None:
    directory = site.observe("production", "db-a")
    paused = site.run("pause", floating_ip="db", reason="the storage is upgraded", by="Ann")
    assert (paused.code, paused.changes) == (0, 1), paused.output
    again = site.run("pause", "-e", "floating_ip=db", "-e", "reason='the storage is upgraded'")
    assert (again.code, again.changes) == (0, 0)
    told = site.run("status", floating_ip="")
    assert "db: PAUSED by Ann since" in told.said and "the storage is upgraded" in told.said
    assert "no monitor of this host has said anything yet" in told.said
    assert (directory / "db.pause.json").exists()
    resumed = site.run("resume", floating_ip=["db"])
    assert (resumed.code, (directory / "db.pause.json").exists()) == (0, False)


def test_a_floating_ip_gets_another_name_and_its_routes_stay(
    site: Any, production: Any, routes: Any, emulator: Any
) -> None:
    assert site.run("deploy").code == 0
    file = site.folder / "group_vars/production.yml"
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    (old,) = values["floating_ips"]
    values["floating_ips"] = [{**old, "name": "primary"}, {**old, "state": "absent"}]
    file.write_text(yaml.safe_dump(values), encoding="utf-8")
    emulator.clear_calls()
    renamed = site.run("deploy")
    assert (renamed.code, routes(production.tables)) == (0, [production.eni("db-a")] * 3)
    called = {one["action"] for one in emulator.calls()}
    assert not called & {"CreateRoute", "ReplaceRoute", "DeleteRoute"}
    values["floating_ips"].pop()
    file.write_text(yaml.safe_dump(values), encoding="utf-8")
    again = site.run("deploy")
    assert (again.code, again.changes) == (0, 0), again.output
    left = json.dumps(emulator.state())
    assert ("floating-ip:primary" in left, "floating-ip:db" in left) == (True, False)


def test_a_host_that_is_no_target_by_its_name_is_told_of(site: Any, production: Any) -> None:
    site.targets = ("ip-10-0-1-10", "db-c")
    site.observe("production", "ip-10-0-1-10", floating_ip_monitor_target="db-a")
    site.observe("production", "db-c")
    told = site.run("status", floating_ip="db")
    assert "db-c in floating_ip_targets is no target of any floating IP" in told.said
    assert "db-a in floating_ip_targets is no" not in told.said


def test_the_lab_comes_and_goes_without_a_trace(site: Any, production: Any, emulator: Any) -> None:
    before = emulator.state()
    checked = site.run("lab_vpc", "--check")
    assert (checked.code, checked.changes, emulator.state()) == (0, 1, before), checked.output
    assert "would be created" in checked.said
    made = site.run("lab_vpc")
    assert (made.code, made.changes) == (0, 1), made.output
    assert "InterfaceLaba" in made.output
    again = site.run("lab_vpc", lab_vpc_state="")
    assert (again.code, again.changes) == (0, 0), again.output
    gone = site.run("lab_vpc", "-e", "lab_vpc_state=absent")
    assert (gone.code, gone.changes, emulator.state()) == (0, 1, before), gone.output
    assert site.run("lab_vpc", "-e", "lab_vpc_state=absent").changes == 0


@pytest.mark.parametrize("given", ["left, right", "[left,right]", ["left", "right"]])
def test_the_targets_of_a_lab_may_be_named_in_any_form(
    site: Any, production: Any, given: Any
) -> None:
    made = site.run("lab_vpc", lab_vpc_targets=given)
    assert made.code == 0, made.output
    for name in ("InterfaceLeft", "InterfaceRight", "TableClient"):
        assert name in made.output
    assert site.run("lab_vpc", lab_vpc_state="absent").code == 0
