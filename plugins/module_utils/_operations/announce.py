# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Announce: an operator's move is in the context before the first call and after the last.

A claim's is there even before its first look, and its marker is short: should the claim be killed,
a monitor beside it takes over within seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from .._definition.model import FloatingIp
from .._engine.change import Change
from .._engine.context import OPERATOR, Context, Intent
from .._engine.decision import finished
from .._store.clock import boottime, wall_time_iso
from .._store.file import FileStore
from . import contexts
from .move import Moved, Order, time_allowed

CLAIM_MARKER = 5.0  # seconds: a claim's process that takes longer has a monitor finish its work


@dataclass(frozen=True)
class Intended:
    """`epoch`: the intent's. `problem`: a sentence; this host's observers could not be told."""

    epoch: int
    problem: Optional[str] = None
    intent: Optional[Intent] = None


@dataclass(frozen=True)
class Announced:
    """An order of which this host's observers know. `problem`: see Intended."""

    order: Order
    epoch: int
    problem: Optional[str] = None
    intent: Optional[Intent] = None


def intend(
    store: FileStore, definition: FloatingIp, to: str, reason: str, seconds: float
) -> Intended:
    """Record an operator's intent, and a marker that keeps this host's monitor away so long."""
    updated = store.update(
        definition.name,
        lambda context: contexts.announced(context, definition, to, reason, seconds),
    )
    intent = updated.context.intent
    return Intended(intent.epoch if intent else 0, updated.problem, intent)


def announce(store: FileStore, order: Order, reason: str) -> Announced:
    """Record the intent and its marker, so that this host's monitor keeps out of the way."""
    seconds = time_allowed(len(order.look.readings))
    return announced(store, order, intend(store, order.definition, order.to, reason, seconds))


def announced(store: FileStore, order: Order, intended: Intended) -> Announced:
    """An order for an intent that is recorded already; it stops once there is a newer one."""
    check = NewestCheck(store, order.definition.name, intended.epoch)
    told = replace(order, is_newest=check)
    return Announced(told, intended.epoch, intended.problem, intended.intent)


def leave_to_monitor(store: FileStore, name: str, epoch: int) -> None:
    """End the marker of an intent that came to nothing here: a monitor goes on with it now."""

    def ended(context: Context) -> Context:
        intent = context.intent
        if intent is None or intent.epoch != epoch or not intent.moving:
            return context
        return replace(context, intent=replace(intent, marker_until=boottime()))

    store.update(name, ended)


def withdraw(store: FileStore, name: str, to: str) -> Optional[str]:
    """Overrule an intent that leads to this target and is not done. A sentence if that failed."""

    def withdrawn(context: Context) -> Context:
        intent = context.intent
        if intent is None or intent.to != to or not intent.moving:
            return context
        stays = context.holder or intent.origin or intent.to
        over = replace(intent, to=stays, epoch=intent.epoch + 1, moving=False, cause="")
        return replace(context, intent=replace(over, source=OPERATOR))

    return store.update(name, withdrawn).problem


@dataclass
class NewestCheck:
    """Whether the intent of that epoch is still the newest, and not paused.

    A file that changed is read again. For one thread: the store is not for several.
    """

    store: FileStore
    name: str
    epoch: int
    newest: int = 0  # the epoch that the file last showed

    def __call__(self, change: Change) -> bool:
        if self.store.changed(self.name):
            intent = self.store.load(self.name).context.intent
            self.newest = intent.epoch if intent else 0
        return self.newest <= self.epoch

    def is_paused(self, change: Change) -> bool:
        return self.store.paused(self.name) is not None


def conclude(store: FileStore, announced: Sequence[Announced], results: Sequence[Moved]) -> None:
    """Record what the moves came to. What cannot be saved is found again by the next look."""
    for one, moved in zip(announced, results):
        store.update(moved.name, _conclusion(one, moved))


def _conclusion(one: Announced, moved: Moved) -> Callable[[Context], Context]:
    return lambda context: finished(
        context, moved.outcomes, boottime(), wall_time_iso(), one.intent
    )
