# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual time: what happens when, one thing at a time, the same every time.

Nothing sleeps: time jumps to what is due next.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from ansible_collections.netops.floating_ip.tests.simulation.fibers import Fiber, Owner

Result = TypeVar("Result")


class Part(Generic[Result]):
    """One of several things that are done at the same time."""

    def __init__(self, thunk: Callable[[], Result]) -> None:
        self._thunk, self.is_done = thunk, False
        self._results: list[Result] = []
        self._error: Exception | None = None

    def do(self) -> None:
        try:
            self._results.append(self._thunk())
        except Exception as error:  # noqa: BLE001 - raised again where the results are taken
            self._error = error
        self.is_done = True

    def result(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._results[0]


class Event:
    """Something to happen. `act` None: it was called off."""

    __slots__ = ("act",)

    def __init__(self, act: Callable[[], None] | None) -> None:
        self.act = act


class Kernel:
    """The clock and everything that is due."""

    def __init__(self) -> None:
        self.now = 0.0
        self.current: Fiber | None = None
        self._until = 0.0
        self._order = itertools.count()
        self._due: list[tuple[float, int, Event]] = []
        self._under_way: set[Fiber] = set()

    @property
    def job(self) -> int:
        return 0 if self.current is None else self.current.job

    def at(self, moment: float, act: Callable[[], None]) -> Event:
        event = Event(act)
        heapq.heappush(self._due, (max(moment, self.now), next(self._order), event))
        return event

    def run(self, until: float) -> None:
        """Let everything happen that is due by then."""
        self._until = until
        while self._due and self._due[0][0] <= until:
            moment, _order, event = heapq.heappop(self._due)
            self.now = max(self.now, moment)
            if event.act is not None:
                event.act()
        self.now = max(self.now, until)

    def spawn(self, work: Callable[[], None], owner: Owner, job: int = 0) -> None:
        """Begin some work now; it may sleep. What it raises, but for Ended, ends the simulation.

        `job` is a number that it goes by, with all the work that it spawns itself.
        """
        fiber = Fiber(self, work, owner, job or self.job)
        self._under_way.add(fiber)
        self.at(self.now, fiber.go_on)

    def sleep(self, seconds: float) -> None:
        """For work that was spawned: go on so much later, or never if its process ended."""
        fiber = self._here()
        moment = self.now + max(seconds, 0.0)
        if self._is_undisturbed(moment, fiber):
            self.now = moment
            return
        self.at(moment, fiber.go_on)
        fiber.park()

    def gather(self, thunks: Sequence[Callable[[], Result]]) -> list[Result]:
        """For work that was spawned: do all at the same time, and wait for the last."""
        fiber = self._here()
        parts = [Part(thunk) for thunk in thunks]
        for one in parts[1:]:
            self.spawn(partial(self._part, one, parts, fiber), fiber.owner)
        parts[0].do()
        fiber.is_gathering = True
        while not all(one.is_done for one in parts):
            fiber.park()
        fiber.is_gathering = False
        return [one.result() for one in parts]

    def _part(self, part: Part[Any], parts: Sequence[Part[Any]], parent: Fiber) -> None:
        part.do()
        if parent.is_gathering and all(one.is_done for one in parts):
            self.at(self.now, parent.go_on)

    def close(self) -> None:
        """End all work under way."""
        for fiber in list(self._under_way):
            fiber.end()

    def finished(self, fiber: Fiber) -> None:
        self._under_way.discard(fiber)

    def _here(self) -> Fiber:
        if self.current is None:
            raise RuntimeError("only work that was spawned can wait")
        return self.current

    def _is_undisturbed(self, moment: float, fiber: Fiber) -> bool:
        """Whether nothing else happens until then: no need to hand anything over."""
        if moment > self._until or (self._due and self._due[0][0] <= moment):
            return False
        return fiber.owner.is_alive and fiber.owner.resumes_at() <= self.now
