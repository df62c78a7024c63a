# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The course of one window: what is done around each turn of the loop, and how it ends."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Optional

from .._report.event import Kind
from .loop import LONGEST_WAIT, Loop
from .notify import Notifier
from .orders import Orders
from .summary import status_line
from .watch import NEVER
from .window import Window

STATUS_INTERVAL = 1.0  # seconds at least between two status lines
STATUS_LOOK = 0.2  # seconds between two looks at what the line would be: it names every floating IP


class Ending(enum.Enum):
    STOPPED = "stopped"
    ABANDONED = "abandoned"  # stopped, while a read of AWS or a reader of the events hangs
    RENEWED = "renewed"  # this process is to execute itself again, for the next window


@dataclass
class Course:
    """`is_over` is asked before each turn. `obstacle` says why no next window can start, if so.

    `chores`: called at each turn, with the loop.
    """

    orders: Orders
    window: Window
    notifier: Notifier
    clock: Callable[[], float]
    obstacle: Callable[[], Optional[str]]
    is_renewal: bool = False  # this window follows another one
    chores: tuple[Callable[[Loop], None], ...] = ()
    ending: Ending = Ending.STOPPED
    _is_ready: bool = False
    _line: str = field(default="", repr=False)
    _line_at: float = NEVER
    _line_seen_at: float = NEVER
    _beat_at: float = NEVER

    def is_over(self, loop: Loop) -> bool:
        now = self.clock()
        for chore in self.chores:
            chore(loop)
        self._tell(loop, now)
        self.orders.hear()
        if self.orders.take_reload():
            self.notifier.reloading()
            self.window.ask(now)
        if not self.orders.stop and self.window.is_over(loop.watches.values(), loop.under_way, now):
            self._renew(loop)
        return self.orders.stop or self.ending is Ending.RENEWED

    def go_on(self) -> None:
        """After all: what was to come next cannot, for now."""
        self.ending = Ending.STOPPED
        self.window.begin(self.clock())
        self.notifier.ready()

    def _renew(self, loop: Loop) -> None:
        problem = self.obstacle()
        if problem is not None:
            loop.report.say(Kind.PROBLEM, "", problem)
            self.go_on()
            return
        self.ending = Ending.RENEWED

    def _tell(self, loop: Loop, now: float) -> None:
        """To the service manager: that it is ready, how it stands, that it turns."""
        if not self._is_ready and (self.is_renewal or loop.rounds):
            self._is_ready = True
            self.notifier.ready()
        watchdog = self.notifier.watchdog
        if watchdog is not None and now - self._beat_at >= watchdog / 2 - LONGEST_WAIT:
            self._beat_at = now
            self.notifier.alive()
        is_due = now - self._line_at >= STATUS_INTERVAL
        if is_due and now - self._line_seen_at >= STATUS_LOOK:
            self._line_seen_at = now
            line = status_line(loop.watches.values(), now)
            if line != self._line:
                self._line, self._line_at = line, now
                self.notifier.status(line)
