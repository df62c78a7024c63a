# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Work beside the loop: AWS calls run in threads, and their results come back to the loop."""

from __future__ import annotations

import collections
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

THREADS = 16  # accounts and Regions that may hang before those that answer have to wait


class Jobs(Protocol):
    """`done` and `failed` are called in the loop's own thread, by what `finished` gives."""

    @property
    def under_way(self) -> int:
        """Jobs whose end the loop has not heard of."""

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `work` beside the loop; afterwards `done` gets its result, or `failed` its error."""

    def finished(self) -> Iterator[Callable[[], None]]:
        """What the loop must call now, in the order in which the jobs ended."""

    def wait(self, seconds: float) -> None:
        """Until a job has ended, at most so long."""


@dataclass
class ThreadJobs:
    """Jobs on a few threads. `wake` interrupts the loop's wait when one is done.

    What is still under way when the process ends is abandoned.
    """

    wake: Callable[[], None]
    under_way: int = 0
    _work: queue.SimpleQueue[Callable[[], None]] = field(default_factory=queue.SimpleQueue)
    _ended: collections.deque[Callable[[], None]] = field(default_factory=collections.deque)
    _threads: list[threading.Thread] = field(default_factory=list)
    _one_ended: threading.Event = field(default_factory=threading.Event)

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        def carry_out() -> None:
            self._ended.append(_outcome(work, done, failed))
            self._one_ended.set()
            self.wake()

        self.under_way += 1
        if len(self._threads) < min(self.under_way, THREADS):
            name = f"floating-ip AWS {len(self._threads)}"
            self._threads.append(threading.Thread(target=self._serve, name=name, daemon=True))
            self._threads[-1].start()
        self._work.put(carry_out)

    def finished(self) -> Iterator[Callable[[], None]]:
        while self._ended:
            self.under_way -= 1
            yield self._ended.popleft()

    def wait(self, seconds: float) -> None:
        if not self._ended:
            self._one_ended.wait(seconds)
        self._one_ended.clear()

    def _serve(self) -> None:
        while True:
            self._work.get()()


def _outcome(
    work: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> Callable[[], None]:
    """Do the work; what the loop must then call."""
    try:
        return partial(done, work())
    except BaseException as error:  # noqa: BLE001 - the loop is told of whatever it was
        return partial(failed, error)
