# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Work beside the loop: AWS calls run in threads, and their results come back to the loop."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

THREADS = 16  # accounts and Regions that may hang before those that answer have to wait


class Jobs(Protocol):
    """`done` and `failed` are called in the loop's own thread, by what `finished` gives."""

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `work` beside the loop; afterwards `done` gets its result, or `failed` its error."""

    def finished(self) -> Iterator[Callable[[], None]]:
        """What the loop must call now, in the order in which the jobs ended."""

    def close(self) -> None:
        """Wait for the jobs under way: a move is never left without its verification."""


@dataclass
class ThreadJobs:
    """Jobs on a few threads. `wake` interrupts the loop's wait when one is done."""

    wake: Callable[[], None]
    threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, thread_name_prefix="floating-ip-aws")
    )
    _ended: collections.deque[Callable[[], None]] = field(default_factory=collections.deque)

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        def end(future: Future[Any]) -> None:
            self._ended.append(lambda: _conclude(future, done, failed))
            self.wake()

        self.threads.submit(work).add_done_callback(end)

    def finished(self) -> Iterator[Callable[[], None]]:
        while self._ended:
            yield self._ended.popleft()

    def close(self) -> None:
        self.threads.shutdown(wait=True)


def _conclude(
    future: Future[Any], done: Callable[[Any], None], failed: Callable[[BaseException], None]
) -> None:
    error = future.exception()
    if error is None:
        done(future.result())
    else:
        failed(error)
