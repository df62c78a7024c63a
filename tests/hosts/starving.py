# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long this machine lets a process wait that wants to run: what a busy one adds to an outage.

A bound of time with this added is exact on an idle machine, and means something on a busy one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

CAP = 0.5  # seconds that this machine may starve an outage by and still be a judge of it
_NAP = 0.005  # seconds
_KEPT = 100_000  # late ticks: more than there are in ten minutes


class TooBusy(Exception):
    """This machine was too busy to judge by it how long something lasted: try again."""


def hold_to(seconds: float, lasted: float, starved: float) -> None:
    """AssertionError if something lasted longer, beyond what it was starved by.

    TooBusy where that is so much that it could hide anything.
    """
    told = f"it lasted {lasted:.3f} s, {seconds:.3f} s are allowed, {starved:.3f} s it was starved"
    if lasted > seconds and starved > CAP:
        raise TooBusy(f"This machine was too busy to judge by it: {told}.")
    assert lasted <= seconds + starved, told


@dataclass
class Starved:
    """Its ticks that came late: when, and by how many seconds."""

    ends: threading.Event = field(default_factory=threading.Event)
    _late: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def feel(self) -> None:
        while not self.ends.is_set():
            asleep = time.monotonic()
            time.sleep(_NAP)
            late = time.monotonic() - asleep - _NAP
            if late > 0.1 * _NAP:
                self._late.append((time.time(), late))

    @property
    def seconds(self) -> float:
        """In all; none on an idle machine."""
        return self.between(0.0, time.time())

    def between(self, start: float, end: float) -> float:
        """Between two moments of `time.time`; a tick counts by its part in it."""
        parts = (min(at, end) - max(at - late, start) for at, late in list(self._late))
        return sum(part for part in parts if part > 0.0)


@contextmanager
def feeling_it() -> Iterator[Starved]:
    starved = Starved()
    thread = threading.Thread(target=starved.feel, name="starved", daemon=True)
    thread.start()
    try:
        yield starved
    finally:
        starved.ends.set()
        thread.join()
