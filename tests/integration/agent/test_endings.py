# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SIGTERM in the middle of anything."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Sequence

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    Services,
    wait_until,
)

Holders = Callable[[], Sequence[str]]
SOON = 8.0  # seconds, on a machine that is busy: one as a rule; a look takes more than ten


def seconds_to_end(agent: Agent, number: int = signal.SIGTERM) -> float:
    before = time.monotonic()
    assert agent.end(number) == 0
    return time.monotonic() - before


def test_a_look_that_hangs_is_abandoned(
    agent: Agent, services: Services, emulator: Emulator
) -> None:
    agent.monitor()
    agent.await_calm()
    emulator.fault("timeout", "Describe.*", count=None, seconds=30)
    services.stop("db-a")
    agent.await_health(db_a="down")
    time.sleep(0.3)
    assert seconds_to_end(agent) < SOON
    assert agent.events()[-1].kind is Kind.STOPPED
    saved = json.loads((agent.context / "db.json").read_text())
    assert saved["runs"]["db-a"]["health"] == "down"


def test_the_very_first_look_too(agent: Agent, emulator: Emulator) -> None:
    emulator.fault("timeout", ".*", count=None, seconds=30)
    agent.monitor()
    agent.await_health(db_a="up", db_b="up")
    assert seconds_to_end(agent, signal.SIGINT) < SOON


def test_a_hook_under_way_has_a_second_left(
    agent: Agent, define: Callable[..., None], holders: Holders
) -> None:
    define(hooks={"on_gained": ["sleep", "60"], "timeout": 60})
    agent.monitor("--target", "db-a")
    agent.await_calm()
    assert seconds_to_end(agent) < SOON
    assert not (agent.context / "db.hooks").exists()  # it will be run again


def test_the_very_first_moment_too(agent: Agent) -> None:
    process = agent.monitor()
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGHUP)
    assert seconds_to_end(agent) < SOON


def test_a_reload_in_the_middle_of_a_move_waits_for_it(
    agent: Agent, services: Services, emulator: Emulator, holders: Holders
) -> None:
    process = agent.monitor()
    agent.await_calm()
    emulator.settings(latency_seconds={"ReplaceRoute": 1.0})
    services.stop("db-a")
    wait_until("it moves", lambda: agent.events(Kind.INTENT))
    process.send_signal(signal.SIGHUP)
    wait_until(
        "the next window has begun",
        lambda: any(
            "next window has begun" in event.sentence for event in agent.events(Kind.STARTED)
        ),
    )
    kinds = [event.kind for event in agent.events(Kind.INTENT, Kind.MOVED, Kind.STARTED)]
    assert kinds == [Kind.STARTED, Kind.INTENT, Kind.MOVED, Kind.STARTED]
    assert holders() == ["db-b"] and process.poll() is None
