# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole demo on a terminal of its own, and every process that belongs to it."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.netops.floating_ip.tests.demo import plan

MARK = "FLOATING_IP_DEMO_CACHE"
PATIENCE = 60.0  # seconds for anything to be written, and for the demo to end


@dataclass
class Watched:
    """`pid` is the demo's, `terminal` its other end; `text` is what it has written so far."""

    pid: int
    terminal: int
    cache: Path
    text: str = ""

    def read_until(self, words: str, since: int = 0) -> int:
        """Where these words end in the text, once they are there behind `since`."""
        until = time.monotonic() + PATIENCE
        while words not in self.text[since:]:
            assert time.monotonic() < until, f"no {words!r} in:\n{self.text}"
            assert self._read(0.2), f"it ended without {words!r}:\n{self.text}"
        return self.text.index(words, since) + len(words)

    def type(self, line: str) -> int:
        """Type it; how far the text had come before that."""
        os.write(self.terminal, line.encode())
        return len(self.text)

    def end(self) -> int:
        """Its exit code, once it has ended by itself."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self._read(0.05)
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it does not end:\n{self.text}")

    def processes(self) -> dict[int, str]:
        """The command of each process that lives and was started with this demo's own folder."""
        mark = f"{MARK}={self.cache}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if mark in (entry / "environ").read_bytes().split(b"\0"):
                        found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        return found

    def close(self) -> None:
        """End whatever is left, by its id."""
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def _read(self, timeout: float) -> bool:
        """Read what there is; False at its end."""
        if select.select([self.terminal], [], [], timeout)[0]:
            try:
                self.text += os.read(self.terminal, 65536).decode(errors="replace")
            except OSError:  # Linux says so where the other end is closed
                return False
        return True


def start(cache: Path, *arguments: str) -> Watched:
    """A demo with a terminal, as a person starts it, and a cache folder of its own."""
    command = [str(plan.ROOT / "dev"), "demo", *arguments]
    variables = {**os.environ, MARK: str(cache), "TERM": "dumb"}
    pid, terminal = pty.fork()
    if not pid:
        os.execve(command[0], command, variables)
    return Watched(pid, terminal, cache)
