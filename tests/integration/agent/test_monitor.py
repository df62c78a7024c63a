# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The monitor as a process: real probes, the emulator, real signals."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    Path,
    Services,
    wait_until,
)

Holders = Callable[[], Sequence[str]]
QUIET = 1.5  # seconds in which nothing must happen: several probes, looks and cooldowns


def test_a_killed_server_is_left_and_the_story_is_told_in_order(
    agent: Agent, services: Services, holders: Holders
) -> None:
    agent.monitor()
    agent.await_calm()
    services.stop("db-a")
    wait_until("every table leads to db-b", lambda: holders() == ["db-b"])
    agent.await_holder("db-b")
    kinds = [event.kind for event in agent.events(Kind.INTENT, Kind.CELL, Kind.MOVED)]
    assert kinds == [Kind.INTENT, Kind.CELL, Kind.CELL, Kind.MOVED]
    story = [event.kind for event in agent.events()]
    assert story.index(Kind.PROBE_FAILED) < story.index(Kind.INTENT) < story.index(Kind.MOVED)
    down = [e for e in agent.events(Kind.HEALTH) if e.data["health"] == "down"]
    assert [event.target for event in down] == ["db-a"]
    (moved,) = agent.events(Kind.MOVED)
    assert moved.target == "db-b"
    assert agent.run("status").code == 0
    services.start("db-a")
    agent.await_health(db_a="up")
    assert holders() == ["db-b"]  # failback is manual


def test_while_both_are_down_nothing_moves_and_status_says_why(
    agent: Agent, services: Services, emulator: Emulator, holders: Holders
) -> None:
    agent.monitor()
    agent.await_calm()
    services.stop()
    agent.await_health(db_a="down", db_b="down")
    before = emulator.last_event()
    time.sleep(QUIET)
    assert emulator.events(before) == [] and holders() == ["db-a"]
    done = agent.run("status")
    assert done.code == 1 and "no other target is proven up" in done.out
    services.start("db-b")
    wait_until("db-b has it", lambda: holders() == ["db-b"])
    assert len(agent.events(Kind.INTENT)) == 1


def test_a_hung_holder_is_noticed_by_time_outs_alone(
    agent: Agent, services: Services, holders: Holders
) -> None:
    agent.monitor()
    agent.await_calm()
    services.hang("db-a")
    wait_until("db-b has it", lambda: holders() == ["db-b"])
    failed = {event.data["evidence"] for event in agent.events(Kind.PROBE_FAILED)}
    assert "timeout" in failed


def test_references_judge_a_standby_that_hangs_while_nothing_else_answers(
    agent: Agent, services: Services, path: Path, define: Callable[..., None], holders: Holders
) -> None:
    """Neither another target nor EC2 answers: without the reference nobody could tell."""
    with socket.create_server(("127.0.3.99", 0), backlog=512) as reference:
        port = reference.getsockname()[1]
        define(policy={"references": [f"127.0.3.99:{port}"]})
        agent.monitor()
        agent.await_calm()
        path.cut()
        services.hang("db-a", "db-b")
        agent.await_health(db_a="down", db_b="down")
    assert holders() == ["db-a"]


def test_without_aws_nothing_moves_it_says_so_and_goes_on_when_aws_is_back(
    agent: Agent, services: Services, path: Path, holders: Holders
) -> None:
    agent.monitor()
    agent.await_calm()
    path.cut()
    services.stop("db-a")
    agent.await_health(db_a="down")
    wait_until("it says so", lambda: agent.events(Kind.PROBLEM), seconds=30)
    done = agent.run("status", "--offline")
    assert "check the path from here to the AWS API" in done.out
    assert holders() == ["db-a"]
    path.mend()
    wait_until("db-b has it", lambda: holders() == ["db-b"])
    agent.await_holder("db-b")
    assert len(agent.events(Kind.INTENT)) == 1 and len(agent.events(Kind.PROBLEM)) <= 2


def test_sigterm_ends_it_in_order_with_everything_saved(agent: Agent) -> None:
    agent.monitor()
    agent.await_health(db_a="up", db_b="up")
    assert agent.end() == 0
    saved = json.loads((agent.context / "db.json").read_text())
    assert saved["runs"]["db-a"]["length"] >= 2
    assert agent.events()[-1].kind is Kind.STOPPED
    done = agent.run("status", "--json")
    assert done.code == 1 and done.json[0]["monitor"] == "not running"
    assert (agent.home / "stderr").read_text() == ""


def test_sigterm_in_the_middle_of_a_move_ends_the_move_first(
    agent: Agent, services: Services, emulator: Emulator, holders: Holders
) -> None:
    agent.monitor()
    agent.await_calm()
    emulator.settings(latency_seconds={"ReplaceRoute": 1.0})
    services.stop("db-a")
    wait_until("it moves", lambda: agent.events(Kind.INTENT))
    assert agent.end() == 0
    assert holders() == ["db-b"]
    assert [event.kind for event in agent.events()][-2:] == [Kind.MOVED, Kind.STOPPED]
    intent = json.loads((agent.context / "db.json").read_text())["intent"]
    assert intent["to"] == "db-b" and intent["moving"] is False


def test_killed_in_the_middle_of_a_move_it_finishes_it_after_a_restart(
    agent: Agent, services: Services, emulator: Emulator, holders: Holders
) -> None:
    agent.monitor()
    agent.await_calm()
    emulator.fault("timeout", "ReplaceRoute", count=None, seconds=1.0)
    services.stop("db-a")
    wait_until("it moves", lambda: agent.events(Kind.INTENT))
    agent.end(signal.SIGKILL)
    intent = json.loads((agent.context / "db.json").read_text())["intent"]
    assert intent["to"] == "db-b" and intent["moving"] is True and holders() == ["db-a"]
    emulator.clear_faults()
    agent.monitor()
    wait_until("db-b has it", lambda: holders() == ["db-b"])
    agent.await_holder("db-b")
    history = agent.run("history", "--json")
    assert [move["to"] for move in history.json] == ["db-b"]


def test_another_monitor_of_the_same_directory_is_refused(agent: Agent) -> None:
    agent.monitor()
    done = agent.run("monitor", "--observer")
    assert done.code == 4 and "Another monitor runs" in done.err


def test_a_reader_of_its_events_that_goes_away_stops_nothing(
    agent: Agent, services: Services, holders: Holders
) -> None:
    import subprocess

    command = agent.command("monitor", "--observer")
    process: Any = subprocess.Popen(
        command, env=agent.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        process.stdout.readline()
        process.stdout.close()
        agent.await_calm()
        services.stop("db-a")
        wait_until("db-b has it", lambda: holders() == ["db-b"])
    finally:
        process.terminate()
        assert b"The events cannot be written" in process.stderr.read()
        process.stderr.close()
        process.wait(20)
    assert process.returncode == 0


def test_a_context_directory_that_is_missing_is_made(agent: Agent) -> None:
    agent.context.rmdir()
    agent.monitor()
    agent.await_health(db_a="up", db_b="up")
    assert agent.context.stat().st_mode & 0o777 == 0o750


def test_one_bad_definition_stops_only_its_own(agent: Agent) -> None:
    (agent.definitions / "web.json").write_text('{"name": "web"}', encoding="utf-8")
    agent.monitor()
    agent.await_health(db_a="up", db_b="up")
    (problem,) = agent.events(Kind.PROBLEM)
    assert "web.json" in problem.sentence
