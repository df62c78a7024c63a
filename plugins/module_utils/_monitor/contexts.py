# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The files of each watch: take up what commands write there, and save what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .._engine.context import Context
from .._engine.decision import merge
from .._report.event import Kind
from .._store.bounded import BoundedStore
from .events import Reporter
from .watch import Watch

SAVE_INTERVAL = 30.0  # seconds between saves of run lengths; moves and intents are saved at once


@dataclass
class Contexts:
    """The loop's only way to the store."""

    store: BoundedStore
    report: Reporter
    clock: Callable[[], float]

    def refresh(self, watch: Watch) -> bool:
        """Take up what commands wrote; whether there was anything. Saves run lengths when due."""
        now = watch.refreshed_at = self.clock()
        is_news = self._heed_pause(watch)
        if self.store.changed(watch.name):
            self.save([watch])
            return True
        if now - watch.saved_at >= SAVE_INTERVAL and not watch.busy:
            self.save([watch])
        return is_news

    def _heed_pause(self, watch: Watch) -> bool:
        pause = self.store.paused(watch.name)
        if pause == watch.pause:
            return False
        watch.pause = pause
        self.report.pause(watch)
        return True

    def save(self, watches: Iterable[Watch]) -> None:
        """Save what is remembered, and take up what others wrote meanwhile.

        After someone else's move AWS is looked at: the last look is older than that.
        """
        for watch in watches:
            before = watch.context
            self.update(watch, lambda context: context)
            if watch.context.intent != before.intent:
                watch.wants_look = True
            self.report.orders(watch, before)

    def update(self, watch: Watch, change: Callable[[Context], Context]) -> None:
        """Change the context on disk under its lock, together with what others wrote there.

        What `change` raises is raised here, and then nothing has changed. It must be pure.
        """
        now, believed = self.clock(), watch.context

        def changed(stored: Context) -> Context:  # another thread's, and maybe run long after
            return replace(change(merge(believed, stored)), saved_at=now)

        updated = self.store.update(watch.name, changed)
        watch.context, watch.saved_at = updated.context, now
        if updated.problem is not None and updated.problem != watch.problem:
            self.report.say(Kind.PROBLEM, watch.name, updated.problem)
        watch.problem = updated.problem
