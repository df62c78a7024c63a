# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public commands: printed exactly, run with a log of their own, timed, and ended by their id."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Argv = Sequence[str]
Say = Callable[[str], None]
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # SIGHUP: the terminal is closed
PATIENCE = 5.0  # seconds between asking a process to end and making it


class StepFailed(Exception):
    """A step did not do what it says; the text is a sentence that names the log."""


@dataclass(frozen=True)
class Done:
    output: str  # stdout and stderr as they came
    seconds: float
    log: Path


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back what would end the demo: between a start and its note, a process would be lost."""
    held: list[int] = []

    def hold(number: int, _frame: object) -> None:
        held.append(number)

    kept = {number: signal.signal(number, hold) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        for number in held[:1]:
            signal.raise_signal(number)


def _runs(group: int) -> bool:
    """Whether a process of this group runs: what has ended is there until its parent asks."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                return True
    return False


@dataclass
class Process:
    """A process that goes on in the background."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def is_running(self) -> bool:
        return self.popen.poll() is None

    def stop(self) -> None:
        """Ask it to end, with all that it started itself, and make them after five seconds."""
        if self.is_running:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.popen.pid, number)
                with contextlib.suppress(StepFailed):
                    wait_until(f"{self.name} has ended", self._has_ended, PATIENCE)
                    break
            self.popen.wait()

    def _has_ended(self) -> bool:
        """With all that it started: its children may outlive it."""
        return not _runs(self.popen.pid)


@dataclass
class Commands:
    """Runs commands in one folder and environment. Log names count up: NN-name.log."""

    folder: Path
    logs: Path
    environment: Mapping[str, str]
    say: Say
    started: list[Process] = field(default_factory=list)
    logged: list[Path] = field(default_factory=list)  # every log so far

    def run(
        self, name: str, argv: Argv, timeout: float = 120.0, codes: Sequence[int] = (0,)
    ) -> Done:
        """Run it to its end. StepFailed, with the log's name, on an exit code not among these."""
        self.say(f"$ {shlex.join(argv)}")
        began = time.monotonic()
        process = self._spawn(name, argv)
        try:
            code = process.popen.wait(timeout)
        except subprocess.TimeoutExpired:
            raise StepFailed(f"{name} took more than {timeout:.0f} s{self._see(process)}") from None
        finally:
            process.stop()
            self.started.remove(process)
        if code not in codes:
            raise StepFailed(f"{name} ended with code {code}{self._see(process)}")
        output = process.log.read_text(encoding="utf-8", errors="replace")
        return Done(output, time.monotonic() - began, process.log)

    def start(self, name: str, argv: Argv) -> Process:
        """Start it and leave it running until `stop_all`."""
        self.say(f"$ {shlex.join(argv)} &")
        return self._spawn(name, argv)

    def _spawn(self, name: str, argv: Argv) -> Process:
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{len(self.logged) + 1:02}-{name}.log"
        self.logged.append(log)
        with log.open("wb") as stream, undisturbed():
            try:
                # A session of its own: Ctrl-C reaches the demo alone, which then ends all in order.
                popen = subprocess.Popen(
                    argv,
                    cwd=self.folder,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as error:
                raise StepFailed(f"{name} could not be started: {error}") from None
            process = Process(name, popen, log)
            self.started.append(process)
        return process

    def check(self) -> None:
        """StepFailed where a process in the background has ended by itself."""
        for process in self.started:
            if not process.is_running:
                code = process.popen.returncode
                raise StepFailed(f"{process.name} ended with code {code}{self._see(process)}")

    def kill(self, process: Process) -> None:
        """End a process in the background as its crash would: at once, with nothing tidied up."""
        self.started.remove(process)
        process.popen.kill()
        process.popen.wait()

    def stop(self, process: Process) -> None:
        """End a process in the background in order. StepFailed where that is not how it ended."""
        self.started.remove(process)
        process.stop()
        if code := process.popen.returncode:
            raise StepFailed(f"{process.name} ended with code {code}{self._see(process)}")

    def stop_all(self) -> None:
        """End whatever was started here and still runs, the newest first."""
        while self.started:
            self.started.pop().stop()

    def _see(self, process: Process) -> str:
        """Where to read on, and the last line that it wrote."""
        lines = process.log.read_text(encoding="utf-8", errors="replace").split("\n")
        written = [line.strip() for line in lines if line.strip()]
        last = written[-1] if written else "it wrote nothing"
        path = os.path.relpath(process.log, self.folder)
        return f": {last[:300]} (see {path})"


def wait_until(what: str, check: Callable[[], bool], timeout: float, every: float = 0.05) -> float:
    """How long it took (s) until `check` was true; StepFailed after `timeout`."""
    began = time.monotonic()
    while not check():
        if time.monotonic() - began > timeout:
            raise StepFailed(f"after {timeout:.0f} s still not so: {what}")
        time.sleep(every)
    return time.monotonic() - began
