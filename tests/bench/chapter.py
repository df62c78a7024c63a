# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One part of the benchmark as it is told: a table, what was promised of it, how to read it.

Values that JSON carries, so that what was measured outlives an interruption.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from .figures import Promise

Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chapter:
    """`table`: the headings first. `load`: how busy the machine was as it began: processes that
    wanted to run, on average over a minute.
    """

    name: str
    title: str
    table: Table
    legend: str
    promises: tuple[Promise, ...] = ()
    remarks: tuple[str, ...] = ()
    load: float = 0.0


Tell = Callable[[Chapter], None]  # takes what is known so far, each time that there is more


def to_json(chapter: Chapter) -> dict[str, Any]:
    return asdict(chapter)


def from_json(raw: dict[str, Any]) -> Chapter:
    """The chapter; TypeError or KeyError where it was written by another version."""
    table = tuple(tuple(line) for line in raw["table"])
    promises = tuple(Promise(**one) for one in raw["promises"])
    return Chapter(
        **{**raw, "table": table, "promises": promises, "remarks": tuple(raw["remarks"])}
    )
