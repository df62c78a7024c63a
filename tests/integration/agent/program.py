# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The agent as a process: its directories, its verbs, its monitor, what it told."""

from __future__ import annotations

import json
import pathlib
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    Event,
    Kind,
    from_line,
)
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    PATIENCE,
    wait_until,
)

PROBE: dict[str, Any] = {
    "path": "/",
    "interval": 0.2,
    "timeout": 0.2,
    "fast_interval": 0.05,
    "min_down": 0.1,
}
POLICY = {"cooldown": 0.5, "settle": 2, "reconcile_interval": 2}


@dataclass
class Done:
    """How a verb ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Agent:
    """The program with its directories. `monitor` starts one; it is ended with the test."""

    program: pathlib.Path
    home: pathlib.Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def definitions(self) -> pathlib.Path:
        return self.home / "definitions"

    @property
    def context(self) -> pathlib.Path:
        return self.home / "context"

    def command(self, verb: str, *arguments: str) -> list[str]:
        where = ["--definitions", str(self.definitions), "--context", str(self.context)]
        return [sys.executable, "-I", str(self.program), verb, *where, *arguments]

    def run(self, verb: str, *arguments: str) -> Done:
        done = subprocess.run(
            self.command(verb, *arguments),
            check=False,
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=60,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def monitor(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start one and wait until it says so. Without a word on who it is: an observer."""
        told = len(self.events())
        who = [] if {"--target", "--observer", "--asking"} & {*arguments} else ["--observer"]
        options = [*who, *(one for one in arguments if one != "--asking")]
        with (self.home / "stderr").open("ab") as stderr:
            self.process = subprocess.Popen(
                self.command("monitor", "--events", str(self.home / "events"), *options),
                env=self.environment,
                stdout=stderr,
                stderr=stderr,
            )
        wait_until("the monitor started", lambda: len(self.events()) > told or self._has_ended())
        return self.process

    def _has_ended(self) -> bool:
        if self.process is None or self.process.poll() is None:
            return False
        raise AssertionError((self.home / "stderr").read_text())

    def end(self, number: int = signal.SIGTERM) -> int:
        """Its exit code after this signal."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self.process = None
        return code

    def events(self, *kinds: Kind) -> list[Event]:
        """What it has told, of these kinds."""
        file = self.home / "events"
        if not file.exists():
            return []
        lines = [line for line in file.read_text(encoding="utf-8").split("\n")[:-1] if line]
        found = [from_line(line) for line in lines]
        return [event for event in found if not kinds or event.kind in kinds]

    def told(self) -> dict[str, Any]:
        """What it last wrote for `status`."""
        file = self.context / "db.status.json"
        found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
        return found

    def await_health(self, **wanted: str) -> None:
        names = {name.replace("_", "-"): value for name, value in wanted.items()}
        wait_until(
            f"the monitor sees {names}",
            lambda: names.items() <= self.told().get("health", {}).items(),
        )

    def await_calm(self) -> None:
        """Both are up, and the holder has been seen up since it is known to be the holder.

        Before that a failure of it does not count, and a failover takes `settle` longer.
        """
        calm = "db-a holds it and is up; db-b is ready"
        wait_until(f"the monitor says: {calm}", lambda: self.told().get("sentence") == calm)
        time.sleep(2 * PROBE["interval"])

    def await_holder(self, name: str) -> None:
        wait_until(f"the monitor says that {name} holds it", lambda: self.told()["holder"] == name)
