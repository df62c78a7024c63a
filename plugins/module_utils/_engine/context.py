# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What is remembered between runs. `now` and every `…_at` are seconds of CLOCK_BOOTTIME."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional

from .cells import Cell
from .health import Answer, Run

OPERATOR, MONITOR, EXTERNAL = "operator", "monitor", "external"  # sources of an intent or a move

# Why an address was moved, as a word.
FAILOVER, FAILBACK, ASSIGN = "failover", "failback", "assign"
DRAIN, RESUME, REPAIR, REQUEST, SEEN = "drain", "resume", "repair", "request", "seen"

# What a move came to. After FAILED and CONFLICT nothing of the address is where it should be; in a
# CONFLICT AWS had acknowledged it, and someone else undid it before it was read.
DONE, PARTIAL, FAILED, UNVERIFIED = "done", "partial", "failed", "unverified"
CONFLICT = "conflict"
FRUITLESS = (FAILED, CONFLICT)

KEPT_MOVES = 100


@dataclass(frozen=True)
class Intent:
    """The recorded destination of a move. `marker_until`: until then someone is moving it."""

    to: str
    epoch: int
    moving: bool
    source: str
    time: str  # wall clock, ISO 8601 UTC: for people only, nothing is decided by it
    reason: str = ""
    marker_until: float = 0.0
    cause: str = ""  # one of the words above
    origin: Optional[str] = None  # the holder when it began; None: absent, split or foreign
    started_at: float = 0.0


@dataclass(frozen=True)
class MoveRecord:
    """One move that was seen or made. `result`: one of the words above, or seen."""

    at: float
    time: str
    origin: Optional[str]  # the holder before; None: absent, split or foreign
    to: str
    source: str
    reason: str
    result: str = DONE
    seconds: float = 0.0
    cause: str = ""
    reversal: bool = False  # it took back what our move had just given, from a target that was up


@dataclass(frozen=True)
class Unheld:
    """No target holds every cell: since when it has been so, in just this way."""

    at: float  # when the first look that showed it began
    shape: str  # a digest of where every cell points


@dataclass(frozen=True)
class Attempt:
    """One repair of one cell, or one move that failed there."""

    cell: Cell
    at: float


@dataclass(frozen=True)
class Context:
    runs: Mapping[str, Run] = field(default_factory=dict)
    intent: Optional[Intent] = None
    moves: tuple[MoveRecord, ...] = ()  # newest last
    drained: tuple[str, ...] = ()
    holder: Optional[str] = None  # the last holder that a look showed
    holder_since: Optional[float] = None  # the moment after which its failures count (see judge.py)
    boot_id: str = ""
    saved_at: float = 0.0
    holding: str = ""  # the last Holding that a readable look showed, as its word
    holder_seen_up: bool = False  # it was proven up at least once since it became the holder
    answers: tuple[Answer, ...] = ()  # the latest ones, from outside this host
    unheld: Optional[Unheld] = None
    attempts: tuple[Attempt, ...] = ()
    orders: int = 0  # drains, undrains and resets that operators gave: the higher number is newer
    reset_at: Optional[float] = None  # an operator's reset: moves before it no longer count
    woken_at: Optional[float] = None  # when this observer last went on after it had been stopped

    def run_of(self, target: str) -> Run:
        return self.runs.get(target, NO_RUN)


NO_RUN = Run()


@dataclass(frozen=True)
class Pause:
    """No automatic write at all. Kept apart from the context: an unreadable pause still pauses."""

    by: str
    reason: str
    time: str
