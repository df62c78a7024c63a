# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.tests.demo import commands as demo
from ansible_collections.netops.floating_ip.tests.demo.commands import (
    Commands,
    StepFailed,
    undisturbed,
    wait_until,
)

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def commands(tmp_path: Path, said: list[str]) -> Commands:
    return Commands(tmp_path, tmp_path / "logs", dict(os.environ), said.append)


def test_a_command_is_printed_as_a_shell_takes_it_and_its_output_is_kept(
    commands: Commands, said: list[str]
) -> None:
    done = commands.run("greet", ["echo", "one word", "$HOME"])
    assert said == ["$ echo 'one word' '$HOME'"]
    assert done.output == "one word $HOME\n"
    assert done.log.name == "01-greet.log"
    assert not commands.started


def test_a_command_that_fails_names_its_log_and_its_last_line(commands: Commands) -> None:
    commands.run("first", ["true"])
    with pytest.raises(StepFailed) as failed:
        commands.run("second", ["sh", "-c", "echo before; echo 'no such VPC' >&2; exit 3"])
    assert str(failed.value) == "second ended with code 3: no such VPC (see logs/02-second.log)"


def test_a_command_that_takes_too_long_is_ended(commands: Commands) -> None:
    with pytest.raises(StepFailed, match=r"slow took more than 0 s.*01-slow\.log"):
        commands.run("slow", SLEEP, timeout=0.2)
    assert not commands.started


def test_a_command_that_does_not_exist_fails_the_step(commands: Commands) -> None:
    with pytest.raises(StepFailed, match="none could not be started"):
        commands.run("none", ["/no/such/command"])


def test_what_ends_by_itself_in_the_background_fails_the_step(commands: Commands) -> None:
    process = commands.start("server", ["sh", "-c", "echo the port is taken; exit 1"])
    process.popen.wait()
    with pytest.raises(StepFailed, match="server ended with code 1: the port is taken"):
        commands.check()


def test_what_we_killed_ourselves_does_not(commands: Commands) -> None:
    commands.kill(commands.start("server", SLEEP))
    commands.check()


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param("trap 'sleep 0.5; exit' TERM", id="slow"),
        pytest.param("trap '' TERM", id="stubborn"),
    ],
)
def test_stopping_ends_everything_and_what_it_started_in_turn(
    ending: str, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that was started ends at the first word; its child outlives it for a while."""
    monkeypatch.setattr(demo, "PATIENCE", 1.0)
    other = commands.start("other", SLEEP)
    child = f'bash -c "{ending}; echo \\$\\$; sleep 60 & wait; sleep 60"'
    parent = commands.start("parent", ["bash", "-c", f"{child} & exec sleep 60"])
    wait_until("the child is there", lambda: parent.log.read_text().endswith("\n"), 5)
    commands.stop_all()
    assert not other.is_running
    status = Path("/proc", parent.log.read_text().strip(), "status")
    assert not status.exists() or "zombie" in status.read_text()


def test_a_process_that_ends_in_disorder_fails_the_step(commands: Commands) -> None:
    process = commands.start(
        "monitor", ["sh", "-c", "trap 'exit 4' TERM; echo ready; sleep 60 & wait"]
    )
    wait_until("it is ready", lambda: process.log.read_text() == "ready\n", 5)
    with pytest.raises(StepFailed, match="monitor ended with code 4"):
        commands.stop(process)


def test_waiting_in_vain_says_what_for() -> None:
    began = time.monotonic()
    with pytest.raises(StepFailed, match="still not so: web-b answers"):
        wait_until("web-b answers", lambda: False, 0.1)
    assert time.monotonic() - began < 1


def test_an_interrupt_waits_until_what_was_started_is_noted() -> None:
    # As at a terminal: a shell starts what it runs in the background with this signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    noted = []

    def start() -> None:
        with undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            noted.append("the process")

    try:
        with pytest.raises(KeyboardInterrupt):
            start()
    finally:
        signal.signal(signal.SIGINT, before)
    assert noted == ["the process"]
