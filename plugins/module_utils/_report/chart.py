# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A chart over time as values: lanes with bars, marks and a curve. `svg.py` draws it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

# Kinds: how a bar or a mark looks. Each has a class of its own in the style sheet.
ANSWERED, LOST, UNMEASURED = "answered", "lost", "unmeasured"
UP, DOWN, UNKNOWN = "up", "down", "unknown"
FIRST, OTHER, NOWHERE, MOVING = "first", "other", "nowhere", "moving"
CALL, FAILED = "call", "failed"
STEP, DECISION, TOLD = "step", "decision", "told"


@dataclass(frozen=True)
class Bar:
    """`hint` is told to who points at it, and to who cannot see it."""

    start: float
    end: float
    kind: str
    label: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Mark:
    """A moment; one with a number is explained under that number beside the chart.

    `last`: it stands for all numbers from its own to that one.
    """

    at: float
    kind: str
    hint: str = ""
    number: Optional[int] = None
    last: Optional[int] = None


@dataclass(frozen=True)
class Curve:
    """Two values over time: what was usual, and the worst."""

    usual: tuple[tuple[float, float], ...]
    worst: tuple[tuple[float, float], ...]
    unit: str


@dataclass(frozen=True)
class Lane:
    name: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    curve: Optional[Curve] = None
    note: str = ""  # small, below the name


@dataclass(frozen=True)
class Chart:
    """`start` and `end` are seconds: what lies outside is cut off. `key` is an XML name."""

    key: str
    title: str
    description: str
    start: float
    end: float
    lanes: tuple[Lane, ...]
    phases: tuple[Bar, ...] = field(default=())  # shaded through all lanes, named above them
