# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Claims and releases as processes: killed, too fast, beside a monitor, by root and by others."""

from __future__ import annotations

import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World
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
NOBODY = 65534
PATIENT = 12.0  # seconds: longer than a killed claim's marker, with a machine that is busy


@pytest.fixture
def instance(agent: Agent, lab: World) -> Iterator[Metadata]:
    """The metadata service says that this host is db-b; nothing else tells the region."""
    with metadata(tree(lab.eni("db-b"))) as made:
        for name in ("AWS_EC2_METADATA_DISABLED", "AWS_REGION", "AWS_DEFAULT_REGION"):
            agent.environment.pop(name, None)
        agent.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = made.url
        yield made


def start(agent: Agent, verb: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        agent.command(verb, *arguments),
        env=agent.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def intent(agent: Agent) -> dict[str, Any]:
    """The intent on disk; empty while there is none."""
    try:
        found = json.loads((agent.context / "db.json").read_text())["intent"]
    except FileNotFoundError:
        return {}
    return dict(found or {})


def kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@pytest.mark.usefixtures("instance")
def test_a_host_claims_and_releases_what_the_metadata_service_says_it_is(
    agent: Agent, holders: Holders
) -> None:
    claimed = agent.run("claim", "db")
    assert (claimed.code, claimed.err) == (0, "") and holders() == ["db-b"]
    released = agent.run("release", "db")
    assert (released.code, released.err) == (0, "") and holders() == ["db-a"]
    again = agent.run("release", "db")
    assert again.code == 0 and "not held by db-b, but by db-a" in again.out


def test_an_answer_of_the_metadata_service_lasts_for_this_boot(
    agent: Agent, instance: Metadata, holders: Holders
) -> None:
    assert agent.run("claim", "db").code == 0
    instance.status = 503
    assert agent.run("release", "db").code == 0 and holders() == ["db-a"]


def test_without_any_answer_it_says_how_to_name_the_target(
    agent: Agent, instance: Metadata, holders: Holders
) -> None:
    instance.status = 401
    done = agent.run("claim", "db")
    assert done.code == 1 and "--target" in done.err and holders() == ["db-a"]


def test_a_claim_that_was_killed_before_its_first_call_is_finished_by_the_monitor(
    agent: Agent, holders: Holders
) -> None:
    agent.monitor("--target", "db-b")
    agent.await_calm()
    claim = start(agent, "claim", "db", "--target", "db-b")
    wait_until("the intent is on disk", lambda: intent(agent).get("to") == "db-b")
    kill(claim)
    assert holders() == ["db-a"]
    wait_until("the monitor has finished it", lambda: holders() == ["db-b"], PATIENT)
    agent.await_holder("db-b")
    assert intent(agent)["moving"] is False


def test_a_claim_that_was_killed_in_the_middle_of_its_writes_is_finished_by_the_monitor(
    agent: Agent, emulator: Emulator, holders: Holders
) -> None:
    agent.monitor("--target", "db-b")
    agent.await_calm()
    emulator.fault("timeout", "ReplaceRoute", seconds=3.0)  # the first one; the other is done
    claim = start(agent, "claim", "db", "--target", "db-b")
    wait_until("half of it is done", lambda: holders() == ["db-a", "db-b"])
    kill(claim)
    wait_until("the monitor has finished it", lambda: holders() == ["db-b"], PATIENT)


def test_killed_at_any_instant_a_claim_is_done_or_has_never_been(
    agent: Agent, holders: Holders
) -> None:
    """The intent tells which: without it nothing happens, with it the monitor sees to it."""
    agent.monitor("--target", "db-b")
    agent.await_calm()
    chance = random.Random(3)
    for _round in range(4):
        claim = start(agent, "claim", "db", "--target", "db-b")
        time.sleep(chance.uniform(0.05, 0.9))
        kill(claim)
        wanted = ["db-b"] if intent(agent).get("to") == "db-b" else ["db-a"]
        wait_until(f"{wanted} hold it", lambda wanted=wanted: holders() == wanted, PATIENT)
        wait_until("all is over", lambda: not intent(agent).get("moving"), PATIENT)
        assert agent.run("move", "db", "--to", "db-a").code == 0
        agent.await_holder("db-a")


def test_a_claim_that_cannot_reach_aws_is_finished_when_it_is_back(
    agent: Agent, path: Any, holders: Holders
) -> None:
    agent.monitor("--target", "db-b")
    agent.await_calm()
    path.cut()
    done = agent.run("claim", "db", "--target", "db-b")
    assert done.code == 1 and "monitor of this host goes on with it" in done.err
    path.mend()
    wait_until("the monitor has finished it", lambda: holders() == ["db-b"], PATIENT)


def test_a_claim_by_a_host_whose_service_is_down_is_corrected_by_the_monitor(
    agent: Agent, services: Services, holders: Holders
) -> None:
    agent.monitor("--target", "db-b")
    agent.await_calm()
    services.stop("db-b")
    agent.await_health(db_b="down")
    assert agent.run("claim", "db", "--target", "db-b").code == 0
    assert holders() == ["db-b"]
    wait_until("it has gone back", lambda: holders() == ["db-a"], PATIENT)


def test_of_a_claim_and_a_release_at_once_the_last_word_counts(
    agent: Agent, holders: Holders
) -> None:
    agent.monitor("--target", "db-b")
    agent.await_calm()
    claim = start(agent, "claim", "db", "--target", "db-b")
    wait_until("the claim is under way", lambda: intent(agent).get("to") == "db-b")
    release = start(agent, "release", "db", "--target", "db-b")
    assert (claim.wait(20), release.wait(20)) == (0, 0)
    assert holders() == ["db-a"]
    time.sleep(2.5)  # a reconcile look and some decisions
    assert holders() == ["db-a"]


@pytest.fixture
def shared(agent: Agent, packed: pathlib.Path) -> Iterator[Agent]:
    """The same agent in a directory that everybody reaches; the context is nobody's."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        home.chmod(0o755)
        shutil.copytree(agent.definitions, home / "definitions")
        (home / "context").mkdir(0o750)
        os.chown(home / "context", NOBODY, NOBODY)
        program = shutil.copy(packed, home / "floating-ip.pyz")
        yield Agent(pathlib.Path(program), home, agent.environment)


def run_as_nobody(command: Sequence[str]) -> bytes:
    """Its standard output. The system's Python runs it, for everybody reaches that one."""
    done = subprocess.run(
        ["/usr/bin/python3", *command[1:]],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_claims_an_unprivileged_monitor_can_read_and_change(shared: Agent) -> None:
    assert shared.run("claim", "db", "--target", "db-b").code == 0
    owners = {path.stat().st_uid for path in shared.context.rglob("*")}
    assert owners == {NOBODY}
    as_nobody = ["/usr/bin/python3", *shared.command("drain", "db-a", "--json")[1:]]
    done = subprocess.run(
        as_nobody, user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    (found,) = json.loads(done.stdout)
    assert (found["drained"], found["intent"]["to"]) == (["db-a"], "db-b")
    assert shared.run("claim", "db", "--target", "db-a").code == 0
    assert json.loads((shared.context / "db.json").read_text())["drained"] == ["db-a"]
