# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""One floating IP as the monitor watches it: what it believes now, and what it is doing."""

from __future__ import annotations

import collections
from dataclasses import dataclass, field
from typing import Optional

from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._engine.context import Context, Pause
from .._engine.decision import Decision, Observer, View
from .._engine.health import Evidence, Health
from .._engine.interrupted import is_under_way
from .._engine.observe import pace

NEVER = float("-inf")


@dataclass
class Told:
    """What was last told of a watch: only what differs from it is told again."""

    decision: Optional[Decision] = None  # the last one that was no look
    look: Optional[str] = None  # why it looked
    looking_since: Optional[float] = None  # it has decided nothing else since than to look
    look_error: Optional[str] = None
    health: dict[str, Health] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)  # probes in a row that did not pass
    evidence: dict[str, Evidence] = field(default_factory=dict)  # of the last one that was told


@dataclass
class Watch:
    definition: FloatingIp
    observer: Observer
    context: Context
    next_round: float  # when all targets are probed next
    look: Optional[Look] = None
    resolved_at: Optional[float] = None  # when selectors and targets were last resolved
    busy: bool = False  # a look or a move is under way
    moving: bool = False  # a move is
    wants_look: bool = False  # someone else announced a move: the last look is out of date
    was_stopped: bool = False  # for a while this process did not run: so is it then
    pause: Optional[Pause] = None
    has_word: Optional[bool] = None  # for `alias: holder`: whether this host was told to have it
    decision: Optional[Decision] = None
    problem: Optional[str] = None  # of the context's file, as last told
    saved_at: float = NEVER
    refreshed_at: float = NEVER  # when its files were last looked at
    decided_at: float = NEVER
    warmed_for: Optional[float] = None  # since when the holder failed as connections were opened
    told: Told = field(default_factory=Told)
    probing: collections.Counter[str] = field(default_factory=collections.Counter)  # by target

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def health(self) -> dict[str, Health]:
        return self.told.health

    def view(self, now: float) -> View:
        return View(self.definition, self.context, self.observer, now, self.look, self.pause)

    def address_of(self, target: str) -> Optional[str]:
        """Where to probe: as defined, else the interface's own address as the last look had it."""
        given = self.definition.target(target).probe_address
        if given is not None or self.look is None:
            return given
        return next((p.address for p in self.look.places if p.target == target), None)

    def must_look(self, now: float) -> str:
        """What the last look knows nothing of: someone else's move that has ended, or anything."""
        if self.was_stopped and not self.moving:
            return "the monitor was stopped for a while"
        if self.wants_look and not is_under_way(self.context.intent, now):
            return "someone else announced a move of it"
        return ""

    def is_late(self, now: float) -> bool:
        """Whether its round is due since so long that this process cannot have run meanwhile."""
        return now - self.next_round > self.definition.probe.timeout

    def must_resolve(self, now: float) -> bool:
        """Selectors and instance ids are resolved again at each reconcile, and after a failure."""
        if self.look is None or self.look.error is not None or self.resolved_at is None:
            return True
        return now - self.resolved_at >= self.definition.policy.reconcile_interval

    def start_round(self, now: float) -> tuple[str, ...]:
        """The targets to probe now. Rounds that were missed are not made up for.

        At the normal pace a target whose last probe is under way still is left out, so that slow
        probes do not pile up; at the fast one they overlap, or a time-out would set the pace.
        """
        seconds = pace(self.context, self.definition, now)
        due = self.next_round + seconds
        self.next_round = due if due > now else now + seconds
        is_fast = seconds < self.definition.probe.interval
        names = [target.name for target in self.definition.targets]
        return tuple(name for name in names if is_fast or not self.probing[name])

    def hurry(self, now: float) -> None:
        """A failed probe brings the next round forward to the fast pace."""
        self.next_round = min(self.next_round, now + pace(self.context, self.definition, now))
