# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The monitor on a host that is a target: who it is, its hooks, the word for its alias."""

from __future__ import annotations

import pathlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.integration.agent.conftest import ADDRESS
from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    Services,
    wait_until,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fake_metadata import (  # noqa: E501 - the path of a module
    Metadata,
    metadata,
    tree,
)

Holders = Callable[[], Sequence[str]]
SCRIPT = 'echo "$0 $FLOATING_IP_TARGET $FLOATING_IP_HOLDER $FLOATING_IP_ADDRESSES" >>LOG'


@pytest.fixture
def imds(agent: Agent, lab: World) -> Iterator[Metadata]:
    """The agent's host is db-b, as far as that answers."""
    with metadata(tree(lab.eni("db-b"))) as made:
        agent.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = made.url
        agent.environment["AWS_EC2_METADATA_DISABLED"] = "false"
        yield made


def test_it_is_told_by_the_metadata_service_and_remembers(
    agent: Agent, imds: Metadata, services: Services, holders: Holders
) -> None:
    agent.monitor("--asking")
    wait_until("it knows", lambda: agent.told().get("target") == "db-b")
    agent.await_calm()
    services.stop("db-a")
    wait_until("it takes the address", lambda: holders() == ["db-b"])
    agent.end()
    imds.status = 503
    agent.monitor("--asking")
    wait_until("it knows still", lambda: agent.told().get("is_target_known"))
    assert agent.events(Kind.STARTED)[-1].sentence == "The monitor watches it, as db-b."


def test_a_metadata_service_that_hangs_delays_no_probe_and_nothing_is_moved(
    agent: Agent, imds: Metadata, services: Services, holders: Holders
) -> None:
    imds.delay = threading.Event()
    agent.monitor("--asking")
    agent.await_health(db_a="up", db_b="up")
    services.stop("db-a")
    agent.await_health(db_a="down")
    wait_until("it says why", lambda: "which target this host is" in agent.told()["sentence"])
    assert holders() == ["db-a"] and agent.run("status").code == 1
    imds.delay.set()
    wait_until("it takes the address", lambda: holders() == ["db-b"], seconds=60)


def test_what_the_observer_on_the_best_target_lets_be_the_next_one_takes(
    agent: Agent, define: Callable[..., None], holders: Holders, ec2: Any, lab: World
) -> None:
    """Nobody watches on db-a, though it is up: three intervals later it is db-b's turn."""
    define(policy={"reconcile_interval": 1})
    for table in lab.tables:
        ec2.delete_route(RouteTableId=table, DestinationCidrBlock=f"{ADDRESS}/32")
    agent.monitor("--target", "db-b")
    waits = "nobody holds it; the observer on db-a is the one to move it there"
    wait_until("it waits", lambda: agent.told().get("sentence") == waits)
    assert holders() == []
    wait_until("it takes the address", lambda: holders() == ["db-b"])
    moved = agent.events(Kind.INTENT)[-1].sentence
    assert moved.endswith("move to db-b, as the observer on db-a lets it be.")


def told(log: pathlib.Path) -> list[str]:
    return log.read_text().split("\n")[:-1] if log.exists() else []


def hooks(log: pathlib.Path) -> dict[str, list[str]]:
    script = SCRIPT.replace("LOG", str(log))
    return {f"on_{word}": ["sh", "-c", script, word] for word in ("gained", "lost")}


def test_hooks_and_the_word_follow_the_holder(
    agent: Agent,
    services: Services,
    define: Callable[..., None],
    tmp_path: pathlib.Path,
) -> None:
    log, word = tmp_path / "log", tmp_path / "runtime" / "holds" / "db"
    (tmp_path / "runtime").mkdir()
    define(alias="holder", hooks=hooks(log))
    arguments = ("--target", "db-b", "--runtime", str(tmp_path / "runtime"), "--window", "2")
    agent.monitor(*arguments)
    agent.await_calm()
    assert not word.exists() and told(log) == []
    services.stop("db-a")
    wait_until("the word is there", word.exists)
    gained = "gained db-b db-b 100.64.10.10"
    wait_until("the hook was run", lambda: told(log) == [gained])
    agent.end()
    assert word.exists()
    agent.monitor(*arguments)
    services.start("db-a")
    agent.await_health(db_a="up", db_b="up")
    assert agent.run("move", "db", "--to", "db-a").code == 0
    wait_until("the word is gone", lambda: not word.exists())
    wait_until("it was told once", lambda: told(log) == [gained, "lost db-b db-a 100.64.10.10"])


def test_a_hook_that_hangs_holds_up_no_failover_and_is_killed(
    agent: Agent, services: Services, define: Callable[..., None], holders: Holders
) -> None:
    define(hooks={"on_gained": ["sleep", "600"], "timeout": 1.5})
    agent.monitor("--target", "db-a")
    agent.await_calm()
    services.stop("db-a")
    wait_until("db-b has it", lambda: holders() == ["db-b"])
    wait_until(
        "it was killed",
        lambda: [e for e in agent.events(Kind.PROBLEM) if "was killed after 1.5 s" in e.sentence],
    )
