# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""One program of the operator's: in a process group of its own, for a while, with what it says."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

LONGEST_OUTPUT = 2000  # bytes that are kept
_TICK = 0.05  # seconds


@dataclass(frozen=True)
class Ended:
    """`code`: None where it was killed or could not be started; `problem` says the latter.

    Below zero it is the signal that ended it.
    """

    code: Optional[int]
    seconds: float = 0.0
    output: str = ""
    problem: str = ""
    is_cut_off: bool = False  # by the monitor's own end

    def sentence(self, timeout: float) -> str:
        if self.problem:
            return f"cannot be run: {self.problem}"
        if self.code is None:
            return f"was killed after {timeout:g} s"
        said = self.output.strip()
        return f"ended with {self.code} in {self.seconds:.1f} s" + (f": {said}" if said else "")


def run_child(
    command: Sequence[str],
    environment: Mapping[str, str],
    timeout: float,
    is_over: Callable[[], bool],
    grace: float,
) -> Ended:
    """Run it, wait for its end, kill its whole group after `timeout`; for a thread of its own.

    Once `is_over`, it has `grace` seconds left. Programs that it leaves behind are left alone.
    """
    started = time.monotonic()
    listen, tell = os.pipe()
    try:
        os.set_blocking(listen, False)
        pid = _spawned(command, environment, tell)
    except (OSError, ValueError) as error:
        os.close(tell)
        os.close(listen)
        return Ended(None, problem=str(getattr(error, "strerror", None) or error))
    os.close(tell)
    try:
        return _Awaited(pid, listen, started, started + timeout).end(is_over, grace)
    finally:
        os.close(listen)


def _spawned(command: Sequence[str], environment: Mapping[str, str], tell: int) -> int:
    """Its process. The signals that this one blocks or ignores are as usual for it."""
    return os.posix_spawnp(
        command[0],
        list(command),
        dict(environment),
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, tell, 1),
            (os.POSIX_SPAWN_DUP2, tell, 2),
        ],
        setpgroup=0,
        setsigmask=(),
        setsigdef=(signal.SIGPIPE, signal.SIGXFSZ),  # Python ignores these two
    )


@dataclass
class _Awaited:
    """A program under way. `until`: when it is killed, of `time.monotonic`."""

    pid: int
    pipe: int
    started: float
    until: float
    is_cut_off: bool = False

    def end(self, is_over: Callable[[], bool], grace: float) -> Ended:
        said = bytearray()
        while True:
            code = self._code()
            if code is not None:
                self._hear(said, 0.0)
                return Ended(code, time.monotonic() - self.started, _text(said))
            self._hear(said, _TICK)
            now = time.monotonic()
            if is_over() and not self.is_cut_off:
                self.is_cut_off, self.until = True, min(self.until, now + grace)
            if now >= self.until:
                self._kill()
                return Ended(None, now - self.started, _text(said), is_cut_off=self.is_cut_off)

    def _code(self) -> Optional[int]:
        """How it ended; None while it has not."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid == 0:
            return None
        return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)

    def _hear(self, said: bytearray, wait: float) -> None:
        """Take what it says, so that it never waits for us; keep the beginning."""
        if not select.select([self.pipe], [], [], wait)[0]:
            return
        data = os.read(self.pipe, 65536)
        said += data[: LONGEST_OUTPUT - len(said)]
        if not data:  # it closed its output and goes on
            time.sleep(wait)

    def _kill(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except OSError:  # it changed its group or its user
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _text(said: bytearray) -> str:
    return bytes(said).decode("utf-8", "replace")
