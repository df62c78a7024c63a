# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every verb once, as a process: its exit code and its JSON."""

from __future__ import annotations

import dataclasses
import pathlib
from collections.abc import Callable, Sequence

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    Services,
    wait_until,
)

Holders = Callable[[], Sequence[str]]


def test_probe_says_which_targets_are_up(agent: Agent, services: Services) -> None:
    assert agent.run("probe").code == 0
    services.stop("db-b")
    done = agent.run("probe", "--json")
    assert done.code == 1
    assert {one["target"]: one["health"] for one in done.json} == {"db-a": "up", "db-b": "down"}


def test_status_without_a_monitor_still_says_who_holds_it(agent: Agent) -> None:
    done = agent.run("status", "db", "--json")
    (entry,) = done.json
    assert done.code == 1
    assert (entry["holder"], entry["holding"], entry["monitor"]) == ("db-a", "held", "not running")


def test_move_check_claim_and_history(agent: Agent, holders: Holders, services: Services) -> None:
    foretold = agent.run("move", "db", "--to", "db-b", "--check", "--json")
    assert foretold.code == 0 and holders() == ["db-a"]
    done = agent.run("move", "db", "--to", "db-b", "--json")
    assert done.code == 0 and holders() == ["db-b"]
    (entry,) = done.json["floating_ips"]
    assert (entry["was"], entry["holder"]) == ("db-a", "db-b")
    assert {item["action"] for item in entry["items"]} == {"moved"}
    services.stop("db-a")
    refused = agent.run("move", "db", "--to", "db-a")
    assert refused.code == 4 and "not proven up" in refused.err and holders() == ["db-b"]
    assert agent.run("claim", "db", "--target", "db-a").code == 0
    assert holders() == ["db-a"]
    again = agent.run("claim", "db", "--target", "db-a", "--json")
    assert again.code == 0
    assert {i["action"] for i in again.json["floating_ips"][0]["items"]} == {"left"}
    history = agent.run("history", "--json").json
    assert [move["to"] for move in history if move["origin"] != move["to"]][:2] == ["db-b", "db-a"]


def test_a_move_that_ends_half_way_is_partial(
    agent: Agent, emulator: Emulator, holders: Holders
) -> None:
    denied = {"code": "UnauthorizedOperation", "message": "You may not.", "status": 403}
    emulator.fault("error", "ReplaceRoute", **denied)
    done = agent.run("move", "db", "--json")
    assert done.code == 3 and holders() == ["db-a", "db-b"]
    actions = sorted(item["action"] for item in done.json["floating_ips"][0]["items"])
    assert actions == ["failed", "moved"]


def test_a_move_that_changes_nothing_has_failed(
    agent: Agent, emulator: Emulator, holders: Holders
) -> None:
    denied = {"code": "UnauthorizedOperation", "message": "You may not.", "status": 403}
    emulator.fault("error", "ReplaceRoute", count=None, **denied)
    done = agent.run("move", "db")
    assert done.code == 1 and holders() == ["db-a"]
    assert "Allow ec2:ReplaceRoute" in done.out


def test_orders_reach_a_running_monitor(agent: Agent, holders: Holders) -> None:
    agent.monitor()
    agent.await_health(db_a="up", db_b="up")
    assert agent.run("pause", "db", "--reason", "tests").code == 0
    wait_until("it is paused", lambda: agent.told()["paused"])
    assert agent.run("drain", "db-a", "--json").json[0]["drained"] == ["db-a"]
    assert agent.run("resume").code == 0
    wait_until("the drained holder was left", lambda: holders() == ["db-b"])
    agent.await_holder("db-b")
    assert agent.run("undrain", "db-a").code == 0
    assert agent.run("reset").code == 0
    wait_until("it is not drained", lambda: agent.told()["drained"] == [])
    kinds = (Kind.PAUSE, Kind.DRAIN, Kind.RESUME, Kind.UNDRAIN)
    wait_until("it told", lambda: {e.kind for e in agent.events(*kinds)} == set(kinds))
    moved = agent.run("move", "db", "--preferred", "--json")
    assert moved.code == 0 and holders() == ["db-a"]
    agent.await_holder("db-a")
    sources = [move["source"] for move in agent.run("history", "--json").json]
    assert sources == ["operator", "operator"]  # a drain is an operator's will too


def test_check_config_judges_files_alone(agent: Agent) -> None:
    good, bad = agent.definitions / "db.json", agent.definitions / "web.json"
    assert agent.run("check-config", str(good)).code == 0
    bad.write_text('{"name": "web"}', encoding="utf-8")
    done = agent.run("check-config", str(good), str(bad), "--json")
    assert done.code == 4
    assert [one["name"] for one in done.json] == ["db", None]


def test_it_runs_as_the_one_file_that_hosts_get(agent: Agent, packed: pathlib.Path) -> None:
    done = dataclasses.replace(agent, program=packed).run("move", "db", "--to", "db-b")
    assert (done.code, done.err) == (0, "")


def test_a_wrong_command_line_is_told_apart(agent: Agent) -> None:
    assert agent.run("move").code == 2
    assert agent.run("fly").code == 2
    assert agent.run("move", "dc").code == 4
