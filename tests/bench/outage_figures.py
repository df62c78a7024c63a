# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Outages as values: what a client saw, beside what the arithmetic says. No clock, no input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import judging

from .figures import Spread, spread

HEADINGS = (
    "what",
    "pace",
    "runs",
    "least",
    "median",
    "most",
    "by arithmetic",
    "at most",
    "API",
    "overhead",
    "most overhead",
    "lost",
)


@dataclass(frozen=True)
class Outage:
    """One fault, in seconds.

    `waited`: from the first lost packet until the first probe of the holder began that it did not
    answer. `api`: what the calls to AWS took, that the address had to wait for. Both are None
    where nothing tells. `lost`: packets. `start`: since 1970.
    """

    seconds: float
    lost: int
    waited: float | None = None
    api: float | None = None
    start: float = 0.0


@dataclass(frozen=True)
class Outages:
    """One line: a fault, and what came of it.

    `judging`: seconds from the start of the first probe that fails to the one that proves it down,
    by the arithmetic; None where it is not ours or there is no fault. `propagation`: seconds.
    """

    what: str
    interval: float
    found: tuple[Outage, ...]
    judging: float | None = None
    propagation: float = 0.0

    @property
    def seconds(self) -> Spread:
        return spread(one.seconds for one in self.found)

    @property
    def api(self) -> float | None:
        """The median of what AWS took."""
        known = [one.api for one in self.found if one.api is not None]
        return spread(known).median if known else None

    @property
    def expected(self) -> float | None:
        """The arithmetic's for a fault in the middle of an interval, AWS's part included."""
        if self.judging is None:
            return None
        return self.interval / 2 + self.judging + (self.api or 0.0) + self.propagation

    @property
    def longest(self) -> float | None:
        """The arithmetic's worst case, with the longest that AWS took."""
        if self.judging is None:
            return None
        api = max((one.api for one in self.found if one.api is not None), default=0.0)
        return self.interval + self.judging + api + self.propagation

    @property
    def overhead(self) -> Spread | None:
        """What each outage lasted beyond the arithmetic for the very moment of its fault."""
        if self.judging is None:
            return None
        known = [
            one.seconds - one.waited - self.judging - one.api - self.propagation
            for one in self.found
            if one.waited is not None and one.api is not None
        ]
        return spread(known) if known else None

    @property
    def lost(self) -> int:
        """The most packets lost in any run."""
        return max(one.lost for one in self.found)


def judging_of(probe: Mapping[str, Any], is_refused: bool) -> float:
    """The arithmetic's part of it for these settings, beside the defaults."""
    return judging(Probe(**probe), is_refused)


def api_seconds(calls: Sequence[Mapping[str, Any]]) -> float:
    """What the calls took that an address waited for: the writes, which go out together, and the
    last look before them.
    """
    writes = [call for call in calls if call["action"] in ("ReplaceRoute", "CreateRoute")]
    if not writes:
        return 0.0
    began = min(call["at"] for call in writes)
    reads = [call for call in calls if call["action"].startswith("Describe")]
    looks = [call["seconds"] for call in reads if call["at"] + call["seconds"] <= began]
    ended = max(call["at"] + call["seconds"] for call in writes)
    return float(ended - began + (looks[-1] if looks else 0.0))


def line_of(row: Outages) -> tuple[str, ...]:
    times, overhead = row.seconds, row.overhead
    return (
        row.what,
        f"{row.interval:g} s",
        str(len(row.found)),
        *(_seconds(one) for one in (times.least, times.median, times.most)),
        _seconds(row.expected),
        _seconds(row.longest),
        _seconds(row.api),
        _seconds(overhead.median if overhead else None),
        _seconds(overhead.most if overhead else None),
        str(row.lost),
    )


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
