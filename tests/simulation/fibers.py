# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work that waits in the middle: it runs in a thread, and yet never beside anything else.

Whoever goes on holds the baton, and hands it back when it waits or ends.
"""

from __future__ import annotations

import collections
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ansible_collections.netops.floating_ip.tests.simulation.kernel import Kernel


class Ended(BaseException):
    """The process that this work belongs to is gone: nothing in it goes on."""


class Owner(Protocol):
    """A process: whether it is there, and until when it is frozen."""

    is_alive: bool

    def resumes_at(self) -> float:
        """When its work goes on; no later than now unless it is frozen."""


class Fiber:
    """Some work of a process that goes on when the kernel says so."""

    def __init__(
        self, kernel: Kernel, work: Callable[[], None], owner: Owner, job: int = 0
    ) -> None:
        self.kernel, self.work, self.owner, self.job = kernel, work, owner, job
        self._worker: Worker | None = None
        self.is_gathering = False  # it has nothing left to do but to wait for its parts
        self._is_ended = False
        self._is_parked = True

    def go_on(self) -> None:
        """In the kernel: let it run until it waits or ends."""
        if self._is_ended or not self._is_parked:
            return
        if self.owner.is_alive and self.owner.resumes_at() > self.kernel.now:
            self.kernel.at(self.owner.resumes_at(), self.go_on)
            return
        if not self.owner.is_alive and self._worker is None:
            self._over()
            return
        self._hand_over()

    def end(self) -> None:
        """In the kernel: it goes on no more."""
        self.owner = GONE
        self.go_on()

    def park(self) -> None:
        """In the work: hand back the baton until go_on."""
        assert self._worker is not None
        self._is_parked = True
        self._worker.back()
        if not self.owner.is_alive:
            raise Ended

    def _hand_over(self) -> None:
        if self._worker is None:
            self._worker = IDLE.pop() if IDLE else Worker()
            self._worker.take(self._run)
        before, self.kernel.current = self.kernel.current, self
        self._is_parked = False
        self._worker.forth()
        self.kernel.current = before
        if self._is_ended:
            IDLE.append(self._worker)
            self._over()
            self._worker.raise_error()

    def _run(self) -> None:
        try:
            self.work()
        except Ended:
            pass
        finally:
            self._is_ended = True

    def _over(self) -> None:
        self._is_ended = True
        self.kernel.finished(self)


class _Gone:
    is_alive = False

    def resumes_at(self) -> float:
        return 0.0


GONE = _Gone()


class Worker:
    """A thread that waits for work; never runs while the one that gave it work does."""

    def __init__(self) -> None:
        self._forth, self._back = threading.Lock(), threading.Lock()
        self._forth.acquire()
        self._back.acquire()
        self._work: Callable[[], None] | None = None
        self._error: BaseException | None = None
        threading.Thread(target=self._serve, name="virtual time", daemon=True).start()

    def take(self, work: Callable[[], None]) -> None:
        self._work = work

    def forth(self) -> None:
        """Let the thread run until it waits or has done its work."""
        self._forth.release()
        self._back.acquire()

    def back(self) -> None:
        """In the thread: wait."""
        self._back.release()
        self._forth.acquire()

    def raise_error(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _serve(self) -> Any:
        while True:
            self._forth.acquire()
            work = self._work
            assert work is not None
            try:
                work()
            except BaseException as error:  # noqa: BLE001 - raised again by who waits
                self._error = error
            self._back.release()


IDLE: collections.deque[Worker] = collections.deque()
