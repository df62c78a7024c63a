# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""When a window of the monitor ends: between rounds, with nothing under way, at a calm moment.

The next window is at its first probe within `START` seconds. So all rounds are brought forward to
one moment, the end comes after them, and no interval between two rounds gets longer by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Optional

from .._engine.observe import is_undecided
from .watch import Watch

START = 0.4  # seconds that a start may take without delaying a probe
PATIENCE = 30.0  # seconds that the end of a window waits for a calm moment
PATIENCE_ASKED = 2.0  # the same for one that was asked for


@dataclass
class Window:
    """`seconds`: its length, 0 for one that never ends by itself; `began`: of the loop's clock.

    `is_quiet`: whether nothing beside the loop, events and hooks, is being done. `is_stuck`:
    whether some thread waits for a disk that does not answer; no process can execute itself then.
    """

    seconds: float
    began: float
    is_quiet: Callable[[], bool] = lambda: True
    is_stuck: Callable[[], bool] = lambda: False
    asked_at: Optional[float] = None
    is_gathered: bool = False  # the rounds fall together

    def ask(self, now: float) -> None:
        """End it as soon as that does no harm."""
        if self.asked_at is None:
            self.asked_at = now

    def begin(self, now: float) -> None:
        """Another one, of the same program: the next could not be started."""
        self.began, self.asked_at, self.is_gathered = now, None, False

    def is_over(self, watches: Iterable[Watch], under_way: int, now: float) -> bool:
        """Whether to end it now. Brings rounds forward. `under_way`: probes in flight."""
        waited, patience = self._waited(now)
        watched = list(watches)
        if waited < 0 or any(watch.moving for watch in watched):
            return False
        return self._may_end(watched, under_way, now, waited / patience) and not self.is_stuck()

    def _may_end(
        self, watched: Sequence[Watch], under_way: int, now: float, impatience: float
    ) -> bool:
        """`impatience`: from 1 on rounds may be late by a start, from 2 on looks are abandoned."""
        if impatience >= 2:
            return True
        if any(watch.busy for watch in watched) or not self.is_quiet():
            return False
        if impatience >= 1:
            return not under_way
        return self._is_calm(watched, under_way, now)

    def _is_calm(self, watches: Sequence[Watch], under_way: int, now: float) -> bool:
        if any(is_undecided(watch.context, watch.definition, now) for watch in watches):
            return False
        if not self.is_gathered:
            self.is_gathered = True
            for watch in watches:
                watch.next_round = now
        return not under_way and all(_has_room(watch, now) for watch in watches)

    def _waited(self, now: float) -> tuple[float, float]:
        """Since when it could end, below zero where it could not yet; and how long to wait."""
        if self.asked_at is not None:
            return now - self.asked_at, PATIENCE_ASKED
        return (now - self.began - self.seconds if self.seconds else -1.0), PATIENCE


def _has_room(watch: Watch, now: float) -> bool:
    """Whether a start fits in before the next round."""
    return watch.next_round - now >= min(START, watch.definition.probe.interval / 2)
