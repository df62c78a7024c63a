# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Disks that break under a monitor: it says so, and goes on from AWS's truth."""

from __future__ import annotations

import itertools
import os
import pathlib
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.integration.agent.notify_socket import Manager
from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    Services,
    wait_until,
)

Holders = Callable[[], Sequence[str]]
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk of its own")


@pytest.fixture
def disk(agent: Agent) -> Iterator[pathlib.Path]:
    """A small file system of its own for the contexts."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "floating-ip-test", str(agent.context)]
    subprocess.run(mount, check=True)
    yield agent.context
    if agent.process is not None:
        agent.process.kill()
        agent.process.wait()
        agent.process = None
    subprocess.run(["umount", "-l", str(agent.context)], check=True)


@pytest.fixture
def frozen(agent: Agent, tmp_path: pathlib.Path) -> Iterator[Callable[[str], None]]:
    """A disk for the contexts that hangs after `frozen("--freeze")`, as a stalled volume does."""
    image = tmp_path / "image"
    with image.open("wb") as file:
        file.truncate(32 * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(agent.context)], check=True)

    def turn(how: str) -> None:
        subprocess.run(["fsfreeze", how, str(agent.context)], check=True)

    yield turn
    subprocess.run(["fsfreeze", "--unfreeze", str(agent.context)], check=False)
    if agent.process is not None:
        agent.process.kill()
        agent.process.wait()
        agent.process = None
    subprocess.run(["umount", "-l", str(agent.context)], check=True)


def fill(disk: pathlib.Path) -> pathlib.Path:
    file = disk / "much"
    with file.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 65536)
        except OSError:
            return file


def remounted(disk: pathlib.Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def problems(agent: Agent) -> list[str]:
    return [event.sentence for event in agent.events(Kind.PROBLEM)]


def fails_over(agent: Agent, services: Services, holders: Holders) -> None:
    services.stop("db-a")
    wait_until("db-b has it", lambda: holders() == ["db-b"])


@ROOT
def test_a_full_disk(
    agent: Agent, disk: pathlib.Path, services: Services, holders: Holders
) -> None:
    agent.monitor()
    agent.await_calm()
    much = fill(disk)
    fails_over(agent, services, holders)
    wait_until("it says so", lambda: [p for p in problems(agent) if "free some space" in p])
    much.unlink()
    assert agent.end() == 0
    intent = FileStore(str(disk)).load("db").context.intent
    assert intent is not None and intent.to == "db-b" and not intent.moving


@ROOT
def test_a_disk_that_becomes_read_only_and_a_window_in_it(
    agent: Agent, disk: pathlib.Path, services: Services, holders: Holders
) -> None:
    agent.monitor("--window", "2")
    agent.await_calm()
    remounted(disk, "ro")
    fails_over(agent, services, holders)
    wait_until("it says so", lambda: [p for p in problems(agent) if "mount it writable" in p])
    wait_until("the move is told", lambda: agent.events(Kind.MOVED))
    moved = agent.events(Kind.MOVED)[-1].at
    wait_until(
        "another window has begun",
        lambda: any(e.at > moved + 2 and not e.floating_ip for e in agent.events(Kind.STARTED)),
    )
    remounted(disk, "rw")
    assert agent.end() == 0
    moves = FileStore(str(disk)).load("db").context.moves
    assert [move.to for move in moves] == ["db-b"]  # it went from window to window


@ROOT
def test_a_disk_that_hangs_stops_neither_failover_nor_watchdog(
    agent: Agent, frozen: Callable[[str], None], services: Services, holders: Holders
) -> None:
    manager = Manager()
    agent.environment.update(manager.environment(12.0))
    agent.monitor("--window", "4")
    agent.await_calm()
    frozen("--freeze")
    fails_over(agent, services, holders)
    wait_until("it says so", lambda: [p for p in problems(agent) if "has not answered" in p])
    windows = len(agent.events(Kind.STARTED))
    time.sleep(10)
    assert len(agent.events(Kind.STARTED)) == windows  # it could not execute itself
    beats = manager.times("WATCHDOG=1")
    assert max(later - at for at, later in itertools.pairwise(beats)) < 12
    frozen("--unfreeze")
    wait_until("it goes on", lambda: len(agent.events(Kind.STARTED)) > windows, seconds=60)
    assert agent.end() == 0
    assert [move.to for move in FileStore(str(agent.context)).load("db").context.moves] == ["db-b"]
    manager.close()


@ROOT
def test_a_start_on_a_read_only_disk(
    agent: Agent, disk: pathlib.Path, services: Services, holders: Holders
) -> None:
    remounted(disk, "ro")
    agent.monitor()
    wait_until("it says so", lambda: [p for p in problems(agent) if "mount it writable" in p])
    wait_until("it sees both", lambda: len(agent.events(Kind.HEALTH)) == 2)
    wait_until(
        "it has looked", lambda: [e for e in agent.events(Kind.DECISION) if "db-b" in e.sentence]
    )
    services.stop("db-a")
    wait_until("db-b has it", lambda: holders() == ["db-b"])


@pytest.mark.parametrize("text", ["", "{", '{"version": 1, "runs": 7}', "\0" * 5000])
def test_a_torn_file_before_the_start(
    agent: Agent, services: Services, holders: Holders, text: str
) -> None:
    (agent.context / "db.json").write_text(text)
    agent.monitor()
    wait_until("it says so", lambda: [p for p in problems(agent) if "db.json" in p])
    assert list(agent.context.glob("db.json.corrupt-*"))
    agent.await_calm()
    fails_over(agent, services, holders)


def test_a_file_torn_under_it(agent: Agent, services: Services, holders: Holders) -> None:
    agent.monitor()
    agent.await_calm()
    (agent.context / "db.json").write_text('{"version": 1, "ru')
    fails_over(agent, services, holders)
    wait_until("it says so", lambda: [p for p in problems(agent) if "is no JSON" in p])
    assert FileStore(str(agent.context)).load("db").problem is None
