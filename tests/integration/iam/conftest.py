# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What our own code asks of AWS, recorded by the emulator; and an IAM that enforces policies."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import (
    Connections,
    connect,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.integration.iam.enforcing import Iam, start
from ansible_collections.netops.floating_ip.tests.integration.iam.judge import (
    Asked,
    History,
    asked_by,
)


@dataclass
class Recorder:
    """Does work over a connection of its own, and tells what it asked AWS for."""

    edge: Edge
    emulator: Emulator

    def asked(self, work: Callable[[Edge], Any], sees_new_tags: bool = True) -> list[Asked]:
        """Unless it `sees_new_tags`, IAM knows only those from before the work began."""
        self.emulator.clear_calls()
        since = float("inf") if sees_new_tags else time.time()
        work(self.edge)
        calls = self.emulator.calls()
        history = History(self.emulator.state(), self.emulator.events(), since)
        return [one for call in calls for one in asked_by(call, history)]


@pytest.fixture
def recorder(emulator: Emulator) -> Iterator[Recorder]:
    made = []

    def client(aws: Any) -> Any:
        made.append(connect(aws))
        return made[-1]

    yield Recorder(Edge(Connections(client).ec2), emulator)
    for one in made:
        one.client.close()


@pytest.fixture(scope="session")
def iam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iam]:
    """ministack, with AUTH=true."""
    home = tmp_path_factory.mktemp("ministack")
    process, made = start(sys.executable, home)
    deadline = time.monotonic() + 30
    try:
        while not made.answers():
            log = (home / "log").read_text(encoding="utf-8")
            assert process.poll() is None and time.monotonic() < deadline, log
            time.sleep(0.05)
        yield made
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
