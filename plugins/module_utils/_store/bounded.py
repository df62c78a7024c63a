# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A file store that answers in time even while its disk hangs, as a stalled volume does.

An fsync on such a disk may take minutes, and no failover may wait for it. So a thread of its own
talks to the disk; while that one hangs, contexts are kept in memory, and catch up afterwards.
"""

from __future__ import annotations

import queue
import threading
from typing import Callable, NamedTuple, Optional, Union

from .._engine.context import Context, Pause
from .._engine.memory import merge
from .file import FileStore, Loaded, Updated

SECONDS = 2.0  # longer than the store waits for its lock
_Reply = Union[Loaded, Updated, Exception]


class _Job(NamedTuple):
    call: Callable[[], _Reply]
    replies: queue.SimpleQueue[_Reply]  # takes one


class BoundedStore:
    """The same verbs as FileStore's. A change must be pure: it may be applied twice."""

    def __init__(self, store: FileStore, seconds: float = SECONDS) -> None:
        self._store = store
        self._seconds = seconds
        self._known: dict[str, Context] = {}  # what the caller was last given
        self._ahead: dict[str, Context] = {}  # of these, what the disk has not seen
        self._untold: set[str] = set()  # what the disk answered too late for the caller
        self._late: Optional[queue.SimpleQueue[_Reply]] = None  # where a hanging call will answer
        self._work: queue.SimpleQueue[Optional[_Job]] = queue.SimpleQueue()
        self._thread: Optional[threading.Thread] = None

    def load(self, name: str) -> Loaded:
        """The context; what is remembered of it while the disk hangs."""
        loaded = self._in_time(lambda: self._store.load(name))
        self._note(name, loaded)
        if not isinstance(loaded, Loaded):
            return Loaded(self._known.get(name, Context()), self._hanging())
        ahead = self._ahead.get(name)
        context = loaded.context if ahead is None else merge(ahead, loaded.context)
        self._known[name] = context
        return Loaded(context, loaded.problem)

    def update(self, name: str, change: Callable[[Context], Context]) -> Updated:
        """Replace the context by `change(context)`; in memory only while the disk hangs."""
        ahead = self._ahead.get(name)

        def whole(stored: Context) -> Context:
            return change(stored if ahead is None else merge(ahead, stored))

        updated = self._in_time(lambda: self._store.update(name, whole))
        self._note(name, updated)
        if isinstance(updated, Updated):
            self._ahead.pop(name, None)
            self._known[name] = updated.context
            return updated
        context = change(self._known.get(name, Context()))
        self._known[name] = self._ahead[name] = context
        return Updated(context, self._hanging())

    def changed(self, name: str) -> bool:
        """Whether the disk has something to tell: also what a late answer told nobody."""
        is_untold = name in self._untold and not self._is_hanging()
        return is_untold or self._store.changed(name)

    def pause(self, name: str, pause: Pause) -> Optional[str]:
        return self._store.pause(name, pause)

    def resume(self, name: str) -> Optional[str]:
        return self._store.resume(name)

    def paused(self, name: str) -> Optional[Pause]:
        return self._store.paused(name)

    def close(self) -> None:
        """Let the thread end; one that hangs ends with the process."""
        self._work.put(None)
        if self._thread is not None:
            self._thread.join(self._seconds)

    def _note(self, name: str, reply: Optional[_Reply]) -> None:
        if reply is None:
            self._untold.add(name)
        else:
            self._untold.discard(name)

    def _hanging(self) -> str:
        return (
            f"The disk of the state directory has not answered for {self._seconds:g} s: check it. "
            "Until it does the context is kept in memory only."
        )

    def _in_time(self, call: Callable[[], _Reply]) -> Optional[_Reply]:
        """What the call returns; None while it, or an earlier one, hangs. Its errors are raised."""
        if self._is_hanging():
            return None
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._serve, name="floating-ip store", daemon=True
            )
            self._thread.start()
        replies: queue.SimpleQueue[_Reply] = queue.SimpleQueue()
        self._work.put(_Job(call, replies))
        try:
            reply = replies.get(timeout=self._seconds)
        except queue.Empty:
            self._late = replies
            return None
        if isinstance(reply, Exception):
            raise reply
        return reply

    def _is_hanging(self) -> bool:
        if self._late is not None and not self._late.empty():
            self._late = None
        return self._late is not None

    def _serve(self) -> None:
        while True:
            job = self._work.get()
            if job is None:
                return
            try:
                job.replies.put(job.call())
            except Exception as error:  # noqa: BLE001 # the caller's thread raises it
                job.replies.put(error)
