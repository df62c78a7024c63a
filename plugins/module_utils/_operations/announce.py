# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Announce: an operator's move is in the context before the first call and after the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from .._engine.change import Change
from .._engine.context import OPERATOR, Context
from .._engine.decision import finished, restore, started
from .._store.clock import boot_id, boottime, wall_time_iso
from .._store.file import FileStore
from .move import Moved, Order, time_allowed


@dataclass(frozen=True)
class Announced:
    """`epoch`: the intent's. `problem`: a sentence; this host's observers could not be told."""

    order: Order
    epoch: int
    problem: Optional[str] = None


def announce(store: FileStore, order: Order, reason: str) -> Announced:
    """Record the intent and its marker, so that this host's monitor keeps out of the way."""
    now = boottime()
    deadline = now + time_allowed(len(order.look.readings))
    definition = order.definition

    def intend(context: Context) -> Context:
        if context.boot_id != boot_id():  # else these times would pass for its last boot's
            context = restore(context, boot_id(), now, definition)
        return started(
            context, definition, order.to, OPERATOR, reason, now, wall_time_iso(), deadline
        )

    updated = store.update(definition.name, intend)
    intent = updated.context.intent
    epoch = intent.epoch if intent else 0
    check = NewestCheck(store, definition.name, epoch)
    return Announced(replace(order, is_newest=check), epoch, updated.problem)


@dataclass
class NewestCheck:
    """Whether the intent of that epoch is still the newest; a file that changed is read again.

    For one thread: the store is not for several.
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


def conclude(store: FileStore, announced: Sequence[Announced], results: Sequence[Moved]) -> None:
    """Record what the moves came to. What cannot be saved is found again by the next look."""
    for one, moved in zip(announced, results):
        store.update(moved.name, _conclusion(one, moved))


def _conclusion(one: Announced, moved: Moved) -> Callable[[Context], Context]:
    return lambda context: finished(context, moved.outcomes, boottime(), wall_time_iso(), one.epoch)
