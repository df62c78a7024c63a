# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Seconds to pixels, and where the time axis has its numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 1000  # pixels of a whole chart
LEFT, RIGHT = 168, 14  # of its margins
_TICKS = 9  # about so many numbers
_STEPS = (1.0, 2.0, 5.0, 10.0)
_LONG_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)


@dataclass(frozen=True)
class Scale:
    """From `start` to `end`, in seconds."""

    start: float
    end: float

    def x(self, at: float) -> float:
        """The place of a moment; what lies outside is at the edge."""
        share = (at - self.start) / max(self.end - self.start, 1e-9)
        return LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)

    def shows(self, at: float) -> bool:
        return self.start <= at <= self.end

    def span(self, start: float, end: float) -> tuple[float, float]:
        """Where a stretch begins, and how wide its visible part is."""
        x = self.x(start)
        return x, self.x(end) - x


def ticks(start: float, end: float) -> Iterator[tuple[float, str]]:
    """Moments with a round number of seconds, each with how it is written."""
    step = _step((end - start) / _TICKS)
    digits = max(0, -math.floor(math.log10(step) + 1e-9)) if step < 1 else 0
    number = math.ceil(start / step - 1e-9)
    while number * step <= end + 1e-9:
        yield number * step, f"{number * step:.{digits}f} s"
        number += 1


def _step(least: float) -> float:
    if least <= 0:
        return 1.0
    if least >= 1:
        return float(next((one for one in _LONG_STEPS if one >= least), _LONG_STEPS[-1]))
    scale = 10.0 ** math.floor(math.log10(least))
    return next(one * scale for one in _STEPS if one * scale >= least * 0.999999)
