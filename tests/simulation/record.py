# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What happened, as somebody knows who saw everything: the judge's evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Look
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event
from ansible_collections.netops.floating_ip.tests.simulation.client import Answered, Tried
from ansible_collections.netops.floating_ip.tests.simulation.cloud import Cloud
from ansible_collections.netops.floating_ip.tests.simulation.prober import Probed
from ansible_collections.netops.floating_ip.tests.simulation.schedule import Schedule


@dataclass(frozen=True)
class Life:
    """One process of an observer: when it began, and whether it knew what the last one knew."""

    started: float
    boot_id: str
    gap: float  # seconds since the one before was last seen; infinite where there was none
    goes_on: bool = False  # it is the next window of the one before
    before: Context = field(default_factory=Context)  # what the one before believed in the end
    stored: Context | None = None  # what the disk said as this one began; None: nothing
    context: Context = field(default_factory=Context)  # what this one began with


@dataclass(frozen=True)
class Seen:
    """A look as the observer took it in: the holder is worked out anew from what it shows."""

    at: float  # when it was taken in
    began: float
    points: tuple[str | None, ...]
    dead: bool  # something it leads to is a blackhole
    holder: str | None
    is_error: bool


@dataclass(frozen=True)
class Announced:
    """An automatic move, at the moment at which its intent was written."""

    at: float
    host: str
    to: str
    intent: Intent
    before: Intent | None  # the intent that stood there
    sentence: str
    seen: Seen
    look: Look
    drained: tuple[str, ...] | None  # according to this host's disk; None: it tells nothing
    thought_drained: tuple[str, ...]  # according to the observer
    is_paused: bool  # according to this host's disk
    is_known: bool  # which target this host is
    cells: tuple[str, ...]  # for a repair: which
    job: int
    is_alarmed: bool

    def __str__(self) -> str:
        return f"at {self.at:.2f} {self.host} moves it to {self.to}: {self.sentence}"


@dataclass
class Ordered:
    """An operator's move. `done_at`: when it had ended; `is_whole`: every cell was moved."""

    at: float
    to: str
    told: tuple[str, ...]
    is_forced: bool = False
    done_at: float | None = None
    is_whole: bool = False
    is_change: bool = False


@dataclass
class Observed:
    """What one observer lived through."""

    host: str
    target: str | None
    lives: list[Life] = field(default_factory=list)
    probed: list[Probed] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    moves: list[Announced] = field(default_factory=list)
    resets: list[float] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    last_reason: str = ""
    is_alarmed: bool = False


@dataclass
class Record:
    """A whole run. `events` are (seconds, host, event), of every observer."""

    schedule: Schedule
    cloud: Cloud
    observers: dict[str, Observed]
    events: list[tuple[float, str, Event]] = field(default_factory=list)
    ordered: list[Ordered] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    ended: float = 0.0
    settled: bool = False
    discontent: tuple[str, ...] = ()  # observers that in the end do not see one holder and hold

    @property
    def moves(self) -> list[Announced]:
        found = [move for one in self.observers.values() for move in one.moves]
        return sorted(found, key=lambda move: (move.at, move.host))

    def digest(self) -> Any:
        """What two runs of one schedule must have in common: everything."""
        writes = [(w.at, w.who, w.key, w.before, w.after) for w in self.cloud.writes]
        return [writes, [(at, host, event.sentence) for at, host, event in self.events]]
