# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a runbook must not do by mistake: it fails with a sentence, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

ROLE = "arn:aws:iam::210987654321:role/floating-ip"
NOT_NAMED = "No floating IP was named: set floating_ip to a name a list of names or 'all'."


@pytest.fixture
def pair(site: Any, production: Any) -> Any:
    """Two floating IPs on the same tables, and a monitor."""
    path = site.folder / "group_vars" / "production.yml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    values["floating_ips"].append(
        {**values["floating_ips"][0], "name": "web", "addresses": ["100.64.10.11"]}
    )
    path.write_text(yaml.safe_dump(values), encoding="utf-8")
    site.observe("production", "db-a")
    return site


def refused(site: Any, emulator: Any, sentence: str, *given: str, **extra: Any) -> None:
    before = emulator.state()
    played = site.run(*given, **extra)
    assert played.code != 0, played.output
    assert sentence in played.said
    assert emulator.state() == before


def test_traffic_is_interrupted_only_by_name(pair: Any, emulator: Any) -> None:
    refused(pair, emulator, NOT_NAMED, "failover", floating_ip="")
    refused(pair, emulator, NOT_NAMED, "drain", target="db-a")
    refused(pair, emulator, NOT_NAMED, "teardown", floating_ip="", confirm="")
    several = "A target can be named for one floating IP alone and db web are selected"
    refused(pair, emulator, several, "failover", floating_ip="db,web", to="db-b")
    refused(pair, emulator, several, "failback", floating_ip="all", to="db-b")


def test_names_that_there_are_not_are_told_with_those_that_there_are(
    pair: Any, emulator: Any
) -> None:
    unknown = "No floating IP is called 'wep'. Did you mean web? There are db web."
    refused(pair, emulator, unknown, "failover", floating_ip="wep")
    there_are = "Floating IP db has no target 'db-c'; it has db-a db-b."
    refused(pair, emulator, there_are, "failover", floating_ip="db", to="db-c")
    nobody = "No floating IP here has a target 'db-c'"
    refused(pair, emulator, nobody, "drain", floating_ip="db", target="db-c")
    refused(pair, emulator, "state=drained needs target", "drain", floating_ip="db", target="")


def test_a_teardown_is_confirmed_in_the_same_words(pair: Any, emulator: Any) -> None:
    sentence = "set confirm to the same value as floating_ip"
    refused(pair, emulator, sentence, "teardown", "-e", "floating_ip=db")
    refused(pair, emulator, sentence, "teardown", floating_ip=["db", "web"], confirm="db")


def test_a_run_that_reaches_nothing_fails(pair: Any, emulator: Any) -> None:
    limited = "the limit 'elsewhere' leaves none of them: correct --limit"
    refused(pair, emulator, limited, "deploy", "--limit", "elsewhere")
    refused(pair, emulator, limited, "pause", "--limit", "elsewhere", floating_ip="db")
    (pair.folder / "hosts.yml").write_text("all: {hosts: {lonely: }}\n", encoding="utf-8")
    nothing = "has no such group or it is empty: check the inventory (-i)."
    refused(pair, emulator, nothing, "status")
    refused(pair, emulator, nothing, "failover", floating_ip="db")


def test_monitors_that_would_fight_are_refused_before_anything_is_changed(
    pair: Any, emulator: Any
) -> None:
    pair.observe("production", "watcher")
    fight = "Monitors would fight over db web: watcher would watch it beside db-a"
    refused(pair, emulator, fight, "deploy", "--check")
    refused(pair, emulator, fight, "deploy")
    refused(pair, emulator, fight, "validate")


def test_a_target_of_nothing_needs_no_monitor(pair: Any) -> None:
    pair.targets = ("spare",)
    pair.observe("production", "spare")
    assert "There is no monitor on this host" in pair.run("validate", "--limit", "production").said
    judged = pair.run("validate", "--limit", "production-aws,spare")
    assert "spare is ready." in judged.said, judged.output
    assert "There is no monitor on this host" not in judged.said


@pytest.mark.parametrize("settings", [{"role_arn": ROLE}, {"region": "eu-central-1"}])
def test_a_drill_stops_no_instance_that_the_controller_itself_cannot(
    pair: Any, emulator: Any, settings: dict[str, str]
) -> None:
    path = pair.folder / "group_vars" / "production.yml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    values["floating_ips"][0]["aws"] = settings
    path.write_text(yaml.safe_dump(values), encoding="utf-8")
    pair.ask("production", "client-a")
    sentence = "by the controller's own credentials of one Region at a time"
    refused(pair, emulator, sentence, "drill", floating_ip="all", drill_fault="stop_instance")
    alone = pair.run("drill", "--check", floating_ip="web", drill_fault="stop_instance")
    assert sentence not in alone.said and "that is not paused" in alone.said, alone.output
