# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Child processes that never block the loop: a file descriptor that becomes readable at the exit.

That is a pidfd (Linux 5.3 or later); elsewhere a thread waits and closes a pipe. No SIGCHLD.
"""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Optional

_LAST_WAIT = 0.2  # seconds for killed children at the very end
_TRIES = 20


class Child:
    """A running program in its own process group; leaving the `with` kills what is left of it."""

    def __init__(self, pid: int, family: Children) -> None:
        self._pid = pid
        self._family = family
        self._reaped = False
        self.exited = _readable_at_exit(pid)  # becomes readable

    def status(self) -> Optional[int]:
        """The exit status, negative for a signal; None if nobody can tell any more. Once only."""
        self._reaped = True
        try:
            status = os.waitpid(self._pid, 0)[1]  # it has exited: this does not block
        except ChildProcessError:  # SIGCHLD is ignored in this process
            return None
        return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        os.close(self.exited)
        if not self._reaped:
            self._family.kill(self._pid)


class Children:
    """Starts programs, and reaps those it had to kill as soon as they are gone."""

    def __init__(self) -> None:
        self._killed: set[int] = set()

    def start(self, argv: Sequence[str], environment: Mapping[str, str]) -> Child:
        """Run a program with its output thrown away; OSError where it cannot be run."""
        self._reap()
        null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
        pid = os.posix_spawnp(
            argv[0],
            list(argv),
            environment,
            file_actions=null,
            setpgroup=0,
            setsigmask=(),
            setsigdef=(signal.SIGPIPE, signal.SIGXFSZ),  # Python ignores these two
        )
        try:
            return Child(pid, self)
        except BaseException:
            self.kill(pid)
            raise

    def kill(self, pid: int) -> None:
        """Kill a child, not reaped yet, with its whole process group."""
        try:
            os.killpg(pid, signal.SIGKILL)
        except OSError:  # it changed its group or its user
            pass
        self._killed.add(pid)
        self._reap()

    def close(self) -> None:
        """Reap the killed, or a re-executed monitor inherits zombies; a short while at most."""
        for _try in range(_TRIES):
            self._reap()
            if not self._killed:
                return
            select.select([], [], [], _LAST_WAIT / _TRIES)

    def _reap(self) -> None:
        self._killed = {pid for pid in self._killed if not _is_reaped(pid)}


def _is_reaped(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _readable_at_exit(pid: int) -> int:
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):  # an old kernel or libc, or a seccomp filter
        return _watched_by_thread(pid)


def _watched_by_thread(pid: int) -> int:
    listen, bell = os.pipe()

    def watch() -> None:
        try:
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # leaves the reaping to the loop
        except ChildProcessError:
            pass
        os.close(bell)

    threading.Thread(target=watch, name="floating-ip command", daemon=True).start()
    return listen
