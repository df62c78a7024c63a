# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long a busy machine let those wait that an outage waits for."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PACE = 0.02  # seconds between two looks


class Starved:
    """The kernel's own account of these processes: seconds in which they could run, and did not."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = pids
        self._threads: dict[int, float] = {}
        self._sums: list[tuple[float, float]] = []  # when, and seconds by then
        self._ends = threading.Event()
        self._look()

    def feel(self) -> None:
        while not self._ends.wait(_PACE):
            self._look()

    def end(self) -> None:
        self._ends.set()

    def within(self, start: float, end: float) -> float:
        """Seconds of it between these moments, of `time.time`."""
        before = max((total for at, total in self._sums if at <= start), default=0.0)
        after = min((total for at, total in self._sums if at >= end), default=self._sums[-1][1])
        return after - before

    def _look(self) -> None:
        total, now = self._sums[-1][1] if self._sums else 0.0, time.time()
        for thread, waited in _waited(self._pids):
            known = self._threads.get(thread, waited if not self._sums else 0.0)
            total += max(0.0, waited - known)
            self._threads[thread] = waited
        self._sums.append((now, total))


@contextmanager
def feeling_it(pids: Sequence[int]) -> Iterator[Starved]:
    starved = Starved(pids)
    thread = threading.Thread(target=starved.feel, daemon=True)
    thread.start()
    try:
        yield starved
    finally:
        starved.end()
        thread.join()


def _waited(pids: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Each thread of theirs, and how many seconds it has waited for a processor."""
    for pid in pids:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                with contextlib.suppress(OSError):
                    text = (task / "schedstat").read_text(encoding="ascii")
                    yield int(task.name), int(text.split()[1]) / 1e9
