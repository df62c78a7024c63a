# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One series of runs beside ours: a pair of hosts with keepalived, struck again and again."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from .outage import phases
from .outage_figures import Outage, Outages
from .stand import BenchFailed
from .tap import Tap, advertisement
from .watching import PACE, Watching

LONGEST = 12.0  # seconds that an outage may last before it counts as one that never ends
PATIENCE = 40.0  # seconds until the first of the two has the address again
CALM = 0.3  # seconds that it must have had it


@dataclass(frozen=True)
class Lane:
    """Lanes go on side by side, for nearly all of it is waiting.

    `first`: the one that has it unless it breaks; `wire` is where it can be heard, a network
    namespace and a link, and `source` what it sends from.
    """

    what: str
    interval: float
    wire: tuple[str, str]
    source: str
    strike: Callable[[], object]
    mend: Callable[[], object]
    watched: Watching
    asked: Callable[[], str | None]  # who answers just now
    first: str
    loses_nothing: bool = False  # where all goes well: then there is no outage to wait for

    def run(self, runs: int, enough: threading.Event) -> Outages:
        found: list[Outage] = []
        for phase in phases(runs):
            if found and enough.is_set():
                break
            try:
                found.append(self._struck(phase))
            except BenchFailed as failure:
                if not found:
                    raise BenchFailed(f"{self.what}: {failure}") from failure
                print(f"{self.what}, after {len(found)} runs: {failure}", file=sys.stderr)
                break  # fewer are worth more than none
        return Outages(self.what, self.interval, tuple(found))

    def _struck(self, phase: float) -> Outage:
        self._calm()
        with Tap(self.wire, advertisement(self.source)) as tap:
            tap.following(time.time(), PATIENCE)
        time.sleep(phase * self.interval)
        began = time.time()
        self.strike()
        found = self._left(began) if self.loses_nothing else self._outage(began)
        self.mend()
        return found

    def _outage(self, began: float) -> Outage:
        outage = self.watched.outage_since(began, LONGEST)
        return Outage(outage.seconds, outage.packets)

    def _left(self, began: float) -> Outage:
        self.watched.left(self.first, began, LONGEST)
        lost = self.watched.lost_since(began)
        return Outage(lost * PACE, lost)

    def _calm(self) -> None:
        end, since = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() - since < CALM:
            if self.asked() != self.first:
                since = time.monotonic()
            if time.monotonic() > end:
                raise BenchFailed(f"{self.what}: {self.first} does not get the address back.")
            time.sleep(0.03)


class Running(Protocol):
    def run(self, runs: int, enough: threading.Event) -> Outages: ...


def side_by_side(lanes: Sequence[Running], runs: int) -> Iterator[Outages]:
    """What they have found, all at once. BenchFailed, when all that others found is told, if some
    found nothing; when this is interrupted, they end after the run that they are at.
    """
    enough, failures = threading.Event(), []
    with ThreadPoolExecutor(max(1, len(lanes))) as pool:
        try:
            for found in [pool.submit(lane.run, runs, enough) for lane in lanes]:
                try:
                    yield found.result()
                except BenchFailed as failure:
                    failures.append(str(failure))
        finally:
            enough.set()
    if failures:
        raise BenchFailed(" ".join(failures))
