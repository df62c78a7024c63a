# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work that waits in the middle: it has a stack of its own, and never runs beside anything else.

Whoever goes on holds the baton, and hands it back when it waits or ends.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from greenlet import getcurrent, greenlet

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
        self._stack: greenlet | None = None  # None until it goes on for the first time
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
        if not self.owner.is_alive and self._stack is None:
            self._over()
            return
        self._hand_over()

    def end(self) -> None:
        """In the kernel: it goes on no more."""
        self.owner = GONE
        self.go_on()

    def park(self) -> None:
        """In the work: hand back the baton until go_on."""
        self._is_parked = True
        parent = getcurrent().parent
        assert parent is not None
        parent.switch()
        if not self.owner.is_alive:
            raise Ended

    def _hand_over(self) -> None:
        """What the work raises goes through here to the kernel."""
        if self._stack is None:
            self._stack = greenlet(self._run)  # made in the kernel, so that this is its parent
        before, self.kernel.current = self.kernel.current, self
        self._is_parked = False
        try:
            self._stack.switch()
        finally:
            self.kernel.current = before
            if self._stack.dead:
                self._over()

    def _run(self) -> None:
        with contextlib.suppress(Ended):
            self.work()

    def _over(self) -> None:
        self._is_ended = True
        self.kernel.finished(self)


class _Gone:
    is_alive = False

    def resumes_at(self) -> float:
        return 0.0


GONE = _Gone()
