# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Monitors as processes, with many targets on loopback addresses, and what is told of them."""

from __future__ import annotations

import compileall
import json
import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator

from . import farm
from .stand import BenchFailed

PATIENCE = 60.0  # seconds for a state that a monitor must come to
_TICK = os.sysconf("SC_CLK_TCK")


def unpacked(folder: Path) -> Path:
    """The agent as hosts have it, compiled, in this folder."""
    packed = folder / "packed"
    packed.write_bytes(_bundle.build())
    program = folder / "program"
    with zipfile.ZipFile(packed) as file:
        file.extractall(program)
    compileall.compile_dir(program, quiet=1)
    return program


class Servers:
    """The farm, as a process of its own."""

    def __init__(self, port: int, count: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(farm.__file__), str(port), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._read() != "ready":
            raise BenchFailed(f"The farm of {count} web servers did not start.")

    def close(self, number: int) -> float:
        """End one; when, by CLOCK_BOOTTIME."""
        return self._tell(f"close {number}")

    def open(self, number: int) -> float:
        return self._tell(f"open {number}")

    def end(self) -> None:
        self._process.communicate()

    def _tell(self, line: str) -> float:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return float(self._read())

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@dataclass
class Monitor:
    """A monitor in a folder of its own. `told`: its events of health, oldest first."""

    program: Path
    folder: Path
    environment: Mapping[str, str]
    told: list[Mapping[str, Any]] = field(default_factory=list)
    _read_to: int = 0

    @cached_property
    def process(self) -> subprocess.Popen[bytes]:
        _allow_many_files()
        where = [f"--{name}={self.folder / name}" for name in ("definitions", "context", "events")]
        with (self.folder / "stderr").open("ab") as stderr:
            return subprocess.Popen(
                [sys.executable, "-I", str(self.program), "monitor", "--observer", *where],
                env=dict(self.environment),
                stdout=stderr,
                stderr=stderr,
            )

    def write(self, definitions: Sequence[Mapping[str, Any]]) -> None:
        for name in ("definitions", "context"):
            (self.folder / name).mkdir(parents=True)
        for one in definitions:
            file = self.folder / "definitions" / f"{one['name']}.json"
            file.write_text(json.dumps(one), encoding="utf-8")

    def hear(self) -> None:
        """Take in what it has told since."""
        file = self.folder / "events"
        if not file.exists():
            return
        with file.open("rb") as stream:
            stream.seek(self._read_to)
            text = stream.read()
        whole = text.rfind(b"\n") + 1
        self._read_to += whole
        events = (json.loads(line) for line in text[:whole].splitlines())
        self.told += [event for event in events if event["kind"] == "health"]

    def await_health(self, wanted: Mapping[tuple[str, str], str], since: int = 0) -> None:
        """Wait until it has told this of these (floating IP, target), from that event on."""
        end = time.monotonic() + PATIENCE
        while True:
            self.hear()
            found = {
                (e["floating_ip"], e["target"]): e["data"]["health"] for e in self.told[since:]
            }
            if wanted.items() <= found.items():
                return
            if self.process.poll() is not None or time.monotonic() > end:
                lacking = len(wanted.items() - found.items())
                said = (self.folder / "stderr").read_text(errors="replace")[-2000:]
                raise BenchFailed(f"The monitor is silent on {lacking} targets. {said}")
            time.sleep(0.02)

    @property
    def cpu(self) -> float:
        """Seconds of a processor that it has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    @property
    def memory(self) -> float:
        """MB that it holds in memory (RSS)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        return 0.0

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def environment_of(emulator: Emulator) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**kept, **emulator.environment()}


def _allow_many_files() -> None:
    """A probe is a socket: as many as a service manager would be told to allow. It is inherited."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536), most))
