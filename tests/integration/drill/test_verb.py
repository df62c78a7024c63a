# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`floating-ip drill` and `floating-ip measure` as processes, against the emulator."""

from __future__ import annotations

import json
import pathlib
import signal
import subprocess
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    Services,
    wait_until,
)
from ansible_collections.netops.floating_ip.tests.integration.drill.front import HOST, Front

Holders = Callable[[], Sequence[str]]


def asked(front: Front) -> list[str]:
    """Three seconds for each answer, as other tests may keep this machine busy."""
    return ["--address", HOST, "--port", str(front.port), "--timeout", "3"]


def remembered(agent: Agent) -> Any:
    return json.loads((agent.context / "db.drill.json").read_text())


def files(agent: Agent, ending: str) -> list[pathlib.Path]:
    return sorted((agent.context / "drills").glob(f"db-*{ending}"))


def test_measure_counts_what_a_client_loses(agent: Agent, front: Front) -> None:
    well = agent.run("measure", "db", "--seconds", "1", "--json", *asked(front))
    (one,) = well.json
    assert (well.code, one["lost"]) == (0, 0), well.out
    assert one["sent"] > 50 and one["time"].endswith("Z") and one["host"]
    told = agent.run("measure", "db", "--seconds", "0.5", "--address", "127.0.9.99")
    assert told.code == 1 and "connection refused by 127.0.9.99" in told.out


def test_a_drill_goes_there_and_back_and_tells(
    agent: Agent, front: Front, holders: Holders
) -> None:
    done = agent.run("drill", "db", "--hold", "1", *asked(front))
    assert (done.code, holders()) == (0, ["db-a"]), done.out + done.err
    assert done.out.startswith("PASSED: ")
    (drill,) = json.loads(files(agent, ".json")[0].read_text())["drills"]
    assert [leg["to"] for leg in drill["legs"]] == ["db-b", "db-a"]
    assert drill["measurements"][0]["sent"] > 300
    suite = ElementTree.parse(files(agent, ".xml")[0]).getroot()[0]
    assert (suite.get("failures"), suite.get("name")) == ("0", "floating-ip drill db")
    page = files(agent, ".html")[0].read_text()
    assert (
        "PASSED" in page
        and "<script" not in page
        and "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    )
    kept = remembered(agent)
    assert kept["running"] is None and kept["last"]["passed"] is True
    assert 0 < kept["last"]["api_seconds"] < 5
    status = agent.run("status", "db")
    assert "The last drill, at " in status.out and " passed: " in status.out


def test_an_objective_that_is_missed_fails_it(
    agent: Agent,
    front: Front,
    emulator: Emulator,
    holders: Holders,
    services: Services,
    define: Callable[..., None],
) -> None:
    define(objective_seconds=0.5)
    emulator.settings(latency_seconds={"ReplaceRoute": 1.5})
    process = started(agent, front)
    wait_until("it moves", lambda: emulator.counts().get("ReplaceRoute"))
    services.stop()
    wait_until("it moved", lambda: holders() == ["db-b"])
    services.start("db-a", "db-b")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, holders()) == (1, ["db-a"]), out + err
    assert out.startswith("FAILED: ") and "misses the objective of 0.5 s" in out
    assert remembered(agent)["last"]["passed"] is False


def started(agent: Agent, front: Front, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        agent.command("drill", "db", "--hold", "1", *asked(front), *more),
        env=agent.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_refuses_without_a_healthy_standby_or_an_answer(
    agent: Agent, front: Front, services: Services, holders: Holders, emulator: Emulator
) -> None:
    services.stop("db-b")
    lame = agent.run("drill", "db", *asked(front))
    assert lame.code == 4 and "db-b of db is not proven up" in lame.err, lame.err
    services.start("db-b")
    dumb = agent.run("drill", "db", "--address", "127.0.9.99")
    assert dumb.code == 4 and "does not answer this host" in dumb.err
    long = agent.run("drill", "db", "--fault", "stop_instance", "--hold", "301", *asked(front))
    assert long.code == 4 and "for 0 to 300 seconds" in long.err
    agent.run("pause", "db", "--reason", "tests")
    paused = agent.run("drill", "db", *asked(front))
    assert paused.code == 4 and "is paused" in paused.err
    assert (holders(), emulator.counts().get("ReplaceRoute")) == (["db-a"], None)


def test_interrupted_it_ends_where_it_was(agent: Agent, front: Front, holders: Holders) -> None:
    process = started(agent, front, "--hold", "60")
    wait_until("it is away", lambda: holders() == ["db-b"])
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, holders()) == (130, ["db-a"]), out + err
    assert "The drill was interrupted." in out and remembered(agent)["running"] is None


def test_killed_it_is_put_right_by_the_next_one(
    agent: Agent, front: Front, holders: Holders
) -> None:
    process = started(agent, front, "--hold", "60")
    wait_until("it is away", lambda: holders() == ["db-b"])
    process.kill()
    process.communicate()
    assert remembered(agent)["running"]["was"] == "db-a"
    done = agent.run("drill", "db", "--restore")
    assert (done.code, holders()) == (0, ["db-a"]), done.err
    assert remembered(agent)["running"] is None
    again = agent.run("drill", "db", "--restore")
    assert again.code == 0 and "No drill of db was interrupted here." in again.out


def test_by_a_fault_the_holders_instance_is_stopped_and_started_again(
    agent: Agent, front: Front, services: Services, emulator: Emulator, lab: World, ec2: Any
) -> None:
    def is_on() -> bool:
        instance = lab.targets["db-a"].instance
        return emulator.state()["instances"][instance]["state"] in ("pending", "running")

    process = started(agent, front, "--fault", "stop_instance")
    wait_until("it is stopped", lambda: not is_on())
    services.stop("db-a")
    for table in lab.tables:  # as a monitor elsewhere does
        ec2.replace_route(
            RouteTableId=table,
            DestinationCidrBlock="100.64.10.10/32",
            NetworkInterfaceId=lab.eni("db-b"),
        )
    wait_until("it is started", is_on)
    services.start("db-a")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, out + err
    (drill,) = json.loads(files(agent, ".json")[0].read_text())["drills"]
    assert drill["plan"]["fault"] == "stop_instance" and drill["holder"] == "db-a"
    assert [leg["to"] for leg in drill["legs"]] == ["db-b", "db-a"]
    assert remembered(agent)["running"] is None and is_on()
