# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""kill -9 at each write of a context and at each call of AWS in a failover, and at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.integration.agent import killed_writing
from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    PATIENCE,
    Services,
    wait_until,
)

Holders = Callable[[], Sequence[str]]
START, INTENT, CONCLUSION = 1, 2, 3  # the writes of a context in a failover
KILLS = int(os.environ.get("FLOATING_IP_KILLS", "8"))  # at random; 200 take some ten minutes


def whole(agent: Agent) -> Any:
    """The context, of which nothing may be torn."""
    loaded = FileStore(str(agent.context)).load("db")
    assert loaded.problem is None and not list(agent.context.glob("*corrupt*"))
    return loaded.context


def changes_of_holder(agent: Agent) -> list[str]:
    history = agent.run("history", "--json").json
    return [move["to"] for move in history if move["origin"] != move["to"]]


def goes_on(agent: Agent, holders: Holders) -> None:
    """After a kill: the next monitor ends what was begun, once, and loses nothing."""
    whole(agent)
    agent.process = None
    agent.monitor()
    wait_until("db-b has it", lambda: holders() == ["db-b"])
    agent.await_holder("db-b")
    intent = whole(agent).intent
    assert intent is not None and intent.to == "db-b"
    wait_until("nothing is open", lambda: not whole(agent).intent.moving)
    assert changes_of_holder(agent) == ["db-b"]


@pytest.mark.parametrize("instant", killed_writing.INSTANTS)
@pytest.mark.parametrize("number", [START, INTENT, CONCLUSION])
def test_killed_at_a_write_of_the_context(
    agent: Agent, services: Services, holders: Holders, number: int, instant: str
) -> None:
    python, isolated, program, *rest = agent.command("monitor", "--observer")
    deadly = [killed_writing.__file__, program, str(number), instant]
    agent.process = subprocess.Popen([python, isolated, *deadly, *rest], env=agent.environment)
    if number > START:
        agent.await_calm()
    services.stop("db-a")
    assert agent.process.wait(PATIENCE) == -signal.SIGKILL
    goes_on(agent, holders)


CALLS = [
    pytest.param("ReplaceRoute", "timeout", 0, id="at the first write, not made"),
    pytest.param("ReplaceRoute", "late", 0, id="at the first write, made"),
    pytest.param("ReplaceRoute", "timeout", 1, id="at the last write, not made"),
    pytest.param("ReplaceRoute", "late", 1, id="at the last write, made"),
    pytest.param("DescribeRouteTables", "timeout", 0, id="at the look"),
    pytest.param("DescribeRouteTables", "timeout", 1, id="at the verification"),
    pytest.param("DescribeNetworkInterfaces", "timeout", 0, id="as connections are opened"),
]


@pytest.mark.parametrize(("action", "kind", "skip"), CALLS)
def test_killed_at_a_call(
    agent: Agent,
    services: Services,
    emulator: Emulator,
    define: Callable[..., None],
    holders: Holders,
    action: str,
    kind: str,
    skip: int,
) -> None:
    define(policy={"reconcile_interval": 30})
    agent.monitor()
    agent.await_calm()
    emulator.fault(kind, action, skip=skip, seconds=20)
    services.stop("db-a")
    wait_until("it is at the call", lambda: emulator.faults()[0]["applied"])
    agent.end(signal.SIGKILL)
    emulator.clear_faults()
    goes_on(agent, holders)


@pytest.mark.parametrize("action", ["DescribeRouteTables", "DescribeNetworkInterfaces"])
def test_killed_at_a_call_of_the_first_look(
    agent: Agent, services: Services, emulator: Emulator, holders: Holders, action: str
) -> None:
    emulator.fault("timeout", action, seconds=20)
    agent.monitor()
    wait_until("it is at the call", lambda: emulator.faults()[0]["applied"])
    agent.end(signal.SIGKILL)
    emulator.clear_faults()
    services.stop("db-a")
    goes_on(agent, holders)


def test_killed_at_any_moment_of_live_moves(
    agent: Agent, services: Services, define: Callable[..., None], holders: Holders
) -> None:
    """The address goes to and fro; each time the monitor is killed somewhere on the way."""
    # A machine that is busy must not take a server that is slow for one that is down.
    probe = {"interval": 0.3, "timeout": 0.8, "min_down": 0.5}
    define(policy={"max_moves": 1000, "cooldown": 0.1, "settle": 1}, probe=probe)
    chance, holder, other = random.Random(KILLS), "db-a", "db-b"
    agent.monitor("--window", "5")
    moves: list[str] = []
    for _kill in range(KILLS):
        await_readiness(agent, holder)
        services.stop(holder)
        time.sleep(chance.uniform(0.0, 0.6))
        agent.end(signal.SIGKILL)
        whole(agent)
        agent.monitor("--window", "5")
        moves.append(other)
        await_moves(agent, holders, moves)
        services.start(holder)
        holder, other = other, holder
    assert not [e for e in agent.events(Kind.PROBLEM) if "mistake" in e.sentence]


def await_readiness(agent: Agent, holder: str) -> None:
    both = {"db-a": "up", "db-b": "up"}

    def is_ready() -> bool:
        told = agent.told()
        return (told.get("health"), told.get("holder")) == (both, holder)

    wait_until(f"{holder} has it and both are up", is_ready, seconds=60)


def await_moves(agent: Agent, holders: Holders, moves: Sequence[str]) -> None:
    """The last of them was made, and these are all that there were: the history keeps 100."""
    to = moves[-1]
    wait_until(f"{to} has it", lambda: holders() == [to])
    wait_until(f"{to} is recorded", lambda: changes_of_holder(agent)[-1:] == [to])
    assert changes_of_holder(agent)[-10:] == [*moves[-10:]]
