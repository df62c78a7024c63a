# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Chores beside the loop: events and status go to the journal and the disk by another thread.

Either may hang, as a full pipe or a stalled volume does, and no failover may wait for it.
"""

from __future__ import annotations

import queue
import threading
from typing import Callable, Optional

LIMIT = 10_000  # chores that wait; beyond these, new ones are dropped and counted
PATIENCE = 2.0  # seconds that the end of a run waits for what is left

Chore = Callable[[], Optional[str]]  # a sentence where it could not be done; may raise OSError


class Aside:
    """Does chores one after the other. Any thread may hand them in.

    `complain` hears of each new problem once, not of every chore that meets it.
    """

    def __init__(self, name: str, complain: Callable[[str], None], limit: int = LIMIT) -> None:
        self._complain = complain
        self._chores: queue.Queue[Optional[Chore]] = queue.Queue(limit)
        self._problem: Optional[str] = None
        self._dropped = 0
        self._thread = threading.Thread(target=self._serve, name=f"floating-ip {name}", daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether every chore is done."""
        return not self._chores.unfinished_tasks

    def do(self, chore: Chore) -> None:
        """Have it done soon; returns at once."""
        try:
            self._chores.put_nowait(chore)
        except queue.Full:
            self._dropped += 1

    def close(self, seconds: float = PATIENCE) -> None:
        """Do what is left, in so much time; what then still hangs ends with the process."""
        try:
            self._chores.put(None, timeout=seconds)
        except queue.Full:
            return
        self._thread.join(seconds)

    def _serve(self) -> None:
        while True:
            chore = self._chores.get()
            if chore is not None:
                self._note(_problem_of(chore))
            self._chores.task_done()
            if chore is None:
                return

    def _note(self, problem: Optional[str]) -> None:
        if problem is not None and problem != self._problem:
            self._complain(problem)
        self._problem = problem
        if problem is None and self._dropped:
            dropped, self._dropped = self._dropped, 0
            self._complain(f"{dropped} events or states were dropped while nobody took them.")


def _problem_of(chore: Chore) -> Optional[str]:
    try:
        return chore()
    except (OSError, ValueError) as error:  # ValueError: the stream is closed
        return f"The events cannot be written: {error}."
