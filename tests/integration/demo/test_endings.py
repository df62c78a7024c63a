# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""However the demo ends, nothing of it is left running."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.tests.demo.__main__ import INTERRUPTED
from ansible_collections.netops.floating_ip.tests.integration.demo import watched
from ansible_collections.netops.floating_ip.tests.integration.demo.watched import Watched

EMULATOR = "$ ./dev emulator --port"
PLAYBOOK = "$ ansible-playbook netops.floating_ip.lab_vpc"
MONITOR = " monitor --definitions"
PROMPT = "(floating IP demo) "


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def start(*arguments: str) -> Watched:
        made.append(watched.start(tmp_path, *arguments))
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("number", "step", "running"),
    [
        pytest.param(signal.SIGTERM, EMULATOR, 2, id="ended while it waits"),
        pytest.param(signal.SIGHUP, EMULATOR, 2, id="its terminal closed while it waits"),
        pytest.param(signal.SIGINT, PLAYBOOK, 3, id="interrupted in a playbook"),
        pytest.param(signal.SIGINT, MONITOR, 7, id="interrupted while all of it runs"),
    ],
)
def test_a_signal_ends_all_of_it(
    number: signal.Signals, step: str, running: int, demo: Callable[..., Watched]
) -> None:
    watching = demo()
    watching.read_until(step)
    await_processes(watching, running)
    os.kill(watching.pid, number)
    code = watching.end()
    assert (code, watching.processes()) == (INTERRUPTED, {}), watching.text
    assert "interrupted; all that was started has ended" in watching.text
    assert "Traceback" not in watching.text


def test_ctrl_c_ends_it_too(demo: Callable[..., Watched]) -> None:
    watching = demo()
    watching.read_until(EMULATOR)
    watching.type("\x03")
    assert (watching.end(), watching.processes()) == (INTERRUPTED, {}), watching.text


def test_the_prompt_has_all_of_it_and_its_end_ends_it(demo: Callable[..., Watched]) -> None:
    watching = demo("--keep")
    at = watching.read_until(PROMPT)
    (status,) = (line.strip() for line in watching.text.splitlines() if is_status(line))
    watching.type(f"{status}\r")
    at = watching.read_until("  running  ", at)  # what it says of the monitor
    at = watching.read_until(PROMPT, at)
    watching.type("sleep 600\r")
    await_command(watching, "sleep 600 ")
    watching.type("\x03")
    at = watching.read_until(PROMPT, at)
    watching.type("exit\r")
    assert (watching.end(), watching.processes()) == (0, {}), watching.text
    assert "Every step did what it says" in watching.text[at:]


def is_status(line: str) -> bool:
    """Whether it is the agent's `status` among the commands to try: those have no prompt."""
    return " status --definitions" in line and "$ " not in line


def await_processes(watching: Watched, count: int) -> None:
    until = time.monotonic() + watched.PATIENCE
    while len(watching.processes()) < count:
        assert time.monotonic() < until, watching.processes()
        time.sleep(0.02)


def await_command(watching: Watched, command: str) -> None:
    until = time.monotonic() + watched.PATIENCE
    while command not in watching.processes().values():
        assert time.monotonic() < until, watching.processes()
        time.sleep(0.02)
