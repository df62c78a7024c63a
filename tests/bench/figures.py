# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured, as values: samples, rows of the table, promises. No clock, no input."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BURST, REFILL = 50, 5.0  # AWS's token bucket of ReplaceRoute, for an account and Region


@dataclass(frozen=True)
class Sample:
    """One run. Seconds from the decision, or from the start of a program."""

    last_cell: float  # until the last cell was at its destination, by the emulator's own clock
    report: float  # until the move was verified and reported, or the program had ended
    trips: int | None = None  # round trips one after the other; None where they cannot be told


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `limit`: seconds that the bucket alone makes the last cell wait. `latency`: of each call.
    """

    what: str
    cells: int
    samples: tuple[Sample, ...]
    limit: float | None = None
    latency: float = 0.0

    @property
    def last_cell(self) -> Spread:
        return spread(sample.last_cell for sample in self.samples)

    @property
    def report(self) -> Spread:
        return spread(sample.report for sample in self.samples)

    @property
    def ratio(self) -> float | None:
        """The last cell against the bucket's limit; None where that does not hold it up."""
        return self.last_cell.median / self.limit if self.limit else None

    @property
    def trips(self) -> int | None:
        """The most round trips of any run."""
        return max((one.trips for one in self.samples if one.trips is not None), default=None)

    @property
    def time_in_trips(self) -> float | None:
        """The median time until the report, in round trips of that latency; None as for trips."""
        return self.report.median / self.latency if self.trips and self.latency else None


@dataclass(frozen=True)
class Spread:
    least: float
    median: float
    most: float


@dataclass(frozen=True)
class Promise:
    """Something the design promises, and whether this run has kept it.

    `is_kept` is None where it is only compared, or was measured too briefly to be judged. `beside`:
    what else was measured, `theirs` its figure, `ratio` how many times ours that is.
    """

    text: str
    measured: str
    is_kept: bool | None
    beside: str = ""
    theirs: str = ""
    ratio: str = ""


def spread(values: Iterable[float]) -> Spread:
    found = sorted(values)
    return Spread(found[0], statistics.median(found), found[-1])


def ratio_of(theirs: float, ours: float) -> str:
    """How many times ours theirs is; nothing where ours is nothing."""
    return f"{theirs / ours:.2g}" if ours > 0 else ""


def percentile(values: Iterable[float], share: float) -> float:
    """The nearest rank: 0.99 of a hundred values is the last but one."""
    found = sorted(values)
    return found[max(0, math.ceil(share * len(found)) - 1)]


def bucket_limit(cells: int) -> float:
    """Seconds before AWS's bucket lets the last of so many writes through, if it was full."""
    return max(0, cells - BURST) / REFILL


def trips_of(calls: Sequence[Mapping[str, Any]]) -> int:
    """The longest chain of logged calls that each began when the one before had ended.

    Exact where every call takes much longer than it takes to send all that go out together.
    """
    ended, trips = float("-inf"), 0
    for began, end in sorted(
        ((call["at"], call["at"] + call["seconds"]) for call in calls), key=lambda each: each[1]
    ):
        if began >= ended:
            ended, trips = end, trips + 1
    return trips


def ratio_of_pairs(slow: Row, fast: Row) -> float:
    """How many times longer one took than the other: the median of runs made alternately."""
    pairs = zip(slow.samples, fast.samples, strict=True)
    return statistics.median(one.report / other.report for one, other in pairs)
