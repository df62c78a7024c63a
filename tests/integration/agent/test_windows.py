# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Windows: the monitor executes itself again and again, and nobody can tell by what it does."""

from __future__ import annotations

import itertools
import json
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.integration.agent.conftest import (
    ADDRESS,
    write_definition,
)
from ansible_collections.netops.floating_ip.tests.integration.agent.notify_socket import Manager
from ansible_collections.netops.floating_ip.tests.integration.agent.program import (
    POLICY,
    PROBE,
    Agent,
)
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    Path,
    Services,
    wait_until,
)

Holders = Callable[[], Sequence[str]]
WATCHDOG = 6.0  # seconds
USUAL = {**PROBE, "interval": 1.0, "timeout": 0.5, "fast_interval": 0.1}


@pytest.fixture
def manager(agent: Agent) -> Iterator[Manager]:
    made = Manager()
    agent.environment.update(made.environment(WATCHDOG))
    yield made
    made.close()


def changes(agent: Agent) -> list[float]:
    """How long each change of windows took, in seconds: what a start takes on this machine."""
    begun = [event for event in agent.events(Kind.STARTED) if not event.floating_ip]
    return [event.data["seconds"] for event in begun]


def run_of(agent: Agent, target: str) -> dict[str, Any]:
    saved: dict[str, Any] = json.loads((agent.context / "db.json").read_text())
    run: dict[str, Any] = saved["runs"][target]
    return run


def test_between_windows_no_probe_is_late_and_no_run_is_broken(
    agent: Agent, services: Services, define: Callable[..., None], holders: Holders
) -> None:
    define(probe=USUAL)
    process = agent.monitor("--window", "2")
    wait_until("three windows have begun", lambda: len(changes(agent)) >= 3, seconds=60)
    probed = services.probed["db-a"]
    took = max(changes(agent))  # a machine that is busy takes its time, for probes as well
    assert process.poll() is None
    gaps = sorted(later - at for at, later in itertools.pairwise(probed))
    assert gaps[-2] < 1.0 + max(0.2, took)  # there were three changes: one gap may be the machine's
    if took < 3 * USUAL["interval"]:
        assert run_of(agent, "db-a")["length"] >= len(probed) - 2
        assert len(agent.events(Kind.HEALTH)) == 2  # each target came up once
    assert agent.events(Kind.STARTED)[0].floating_ip == "db"
    assert agent.events(Kind.STOPPED) == [] and holders() == ["db-a"]


def test_a_holder_that_dies_as_a_window_changes_is_left_as_fast_as_ever(
    agent: Agent, services: Services, define: Callable[..., None], holders: Holders
) -> None:
    """Refused at the latest a second after its death, and twice more at the fast pace.

    The fastest of three counts: it shows what it takes, the others how busy the machine is. So
    does the fastest change of windows, a third of a second where nothing else runs.
    """
    define(probe=USUAL, policy={"settle": 0, "cooldown": 0})
    agent.monitor("--window", "3")
    agent.await_calm()
    took = []
    for holder, other in (("db-a", "db-b"), ("db-b", "db-a"), ("db-a", "db-b")):
        agent.await_health(db_a="up", db_b="up")
        before = len(changes(agent))
        wait_until("a window begins", lambda: len(changes(agent)) > before)  # noqa: B023 - at once
        services.stop(holder)
        died = time.monotonic()
        wait_until("the other has it", lambda: holders() == [other])  # noqa: B023 - at once
        took.append(time.monotonic() - died)
        services.start(holder)
    assert min(took) < 1.0 + max(1.0, min(changes(agent)) / 0.3)


def test_a_reload_takes_up_what_changed_and_keeps_what_is_known(
    agent: Agent, define: Callable[..., None], manager: Manager
) -> None:
    define(probe=USUAL)
    process = agent.monitor()
    agent.await_calm()
    wait_until("it is ready", lambda: manager.values("READY"))
    before = time.monotonic()
    define(probe=USUAL, policy={"failback": "auto"})
    process.send_signal(signal.SIGHUP)
    wait_until("the next window has begun", lambda: changes(agent))
    wait_until("it is ready again", lambda: len(manager.values("READY")) == 2)
    (stamp,) = manager.values("MONOTONIC_USEC")
    assert manager.values("RELOADING") == ["1"] and before < int(stamp) / 1e6 < time.monotonic()
    assert process.poll() is None
    length = run_of(agent, "db-b")["length"]
    assert length >= 2 or changes(agent)[0] > 3 * USUAL["interval"]
    time.sleep(2 * USUAL["interval"])
    assert agent.end() == 0
    assert run_of(agent, "db-b")["length"] > length
    assert agent.events(Kind.STOPPED) != [] and manager.values("STOPPING") == ["1"]


def test_a_definition_that_is_not_sound_any_more_stops_only_its_own(
    agent: Agent, lab: World, services: Services
) -> None:
    process = agent.monitor()
    agent.await_calm()
    (agent.definitions / "web.json").write_text("{}", encoding="utf-8")
    process.send_signal(signal.SIGHUP)
    wait_until("it is said", lambda: [e for e in agent.events(Kind.PROBLEM) if "web" in e.sentence])
    agent.await_health(db_a="up", db_b="up")
    (agent.definitions / "web.json").unlink()
    (agent.definitions / "db.json").write_text("{}", encoding="utf-8")
    process.send_signal(signal.SIGHUP)
    wait_until(
        "it goes on with the old ones",
        lambda: [e for e in agent.events(Kind.PROBLEM) if "that it has" in e.sentence],
    )
    services.stop("db-b")
    agent.await_health(db_b="down")
    write_definition(agent, lab, services.port)
    before = len(changes(agent))
    process.send_signal(signal.SIGHUP)
    wait_until("the next window has begun", lambda: len(changes(agent)) > before)
    assert process.poll() is None


def test_without_its_last_definition_it_watches_nothing_and_says_so_until_there_is_one(
    agent: Agent, lab: World, services: Services, manager: Manager, ec2: Any
) -> None:
    process = agent.monitor()
    agent.await_calm()
    (agent.definitions / "db.json").unlink()
    process.send_signal(signal.SIGHUP)
    wait_until("it lets go of it", lambda: agent.told()["stopped"])
    wait_until("the manager hears", lambda: "watches nothing" in manager.values("STATUS")[-1])
    assert len(manager.values("READY")) == 2 and agent.events(Kind.STOPPED)[-1].floating_ip == "db"
    for table in lab.tables:
        ec2.delete_route(RouteTableId=table, DestinationCidrBlock=f"{ADDRESS}/32")
    time.sleep(2 * POLICY["reconcile_interval"])
    found = ec2.describe_route_tables(RouteTableIds=list(lab.tables))["RouteTables"]
    assert f"{ADDRESS}/32" not in str(found)
    write_definition(agent, lab, services.port)
    process.send_signal(signal.SIGHUP)
    wait_until("it watches it again", lambda: not agent.told()["stopped"])
    assert process.poll() is None and agent.end() == 0


def test_the_manager_hears_that_it_turns_and_who_holds_what(
    agent: Agent, services: Services, manager: Manager, path: Path
) -> None:
    agent.monitor()
    agent.await_calm()
    calm = "db: db-a holds it and is up; db-b is ready"
    wait_until("it says who holds it", lambda: calm in manager.values("STATUS"))
    path.cut()
    services.stop("db-a")
    wait_until(
        "it says what it waits for",
        lambda: "check the path from here" in manager.values("STATUS")[-1],
        seconds=30,
    )
    assert manager.values("READY") == ["1"]
    beats = manager.times("WATCHDOG=1")
    assert max(later - at for at, later in itertools.pairwise(beats)) < WATCHDOG


def test_a_loop_that_hangs_is_silent(agent: Agent, manager: Manager) -> None:
    process = agent.monitor()
    wait_until("it is heard", lambda: manager.values("WATCHDOG"))
    process.send_signal(signal.SIGSTOP)
    time.sleep(0.5)
    before = len(manager.heard)
    time.sleep(WATCHDOG / 2 + 1)
    assert len(manager.heard) == before
    process.send_signal(signal.SIGCONT)
    wait_until("it is heard again", lambda: len(manager.heard) > before)
