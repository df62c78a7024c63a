# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The file store: one context a floating IP, shared by the monitor and the commands of one host.

It never raises for the disk: whatever is wrong there, the caller gets a context to go on with, and
a sentence that says so. What could not be saved is remembered, and saved by the next update.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Callable, Optional

from .._engine.context import Context, Pause
from .._engine.memory import merge
from . import document, pauses
from .aside import set_aside
from .format import context_bytes, context_of, explained
from .lock import Busy, Patience, locked

_IN_MEMORY = "Until that works the context is kept in memory only."
_REMEMBERED = "The context that this process remembers takes its place."
_EMPTY = "An empty context takes its place: look at the drained targets, and drain them again."
_NAME = re.compile(r"[A-Za-z0-9-]{1,32}\Z")


def is_name(text: str) -> bool:
    """Whether a floating IP can be called that: the store's files are named after it."""
    return _NAME.match(text) is not None


@dataclass(frozen=True)
class Loaded:
    """`problem`: a sentence; the context is then the best that is known."""

    context: Context
    problem: Optional[str] = None


@dataclass(frozen=True)
class Updated:
    """`problem`: a sentence; the context is then in memory only, or took a broken one's place."""

    context: Context
    problem: Optional[str] = None


@dataclass(frozen=True)
class _Known:
    """What this process last saw in a file, or would have written to it."""

    context: Context
    signature: Optional[document.Signature] = None  # of the file then; None: there was none
    is_saved: bool = True


@dataclass(frozen=True)
class _Look:
    """What stands on disk, together with what is known."""

    context: Context
    signature: Optional[document.Signature] = None
    is_saved: bool = True
    may_write: bool = True  # False: a file that cannot be read may hold what an operator asked for
    unusable: Optional[str] = None
    problem: Optional[str] = None


class FileStore:
    """Contexts and pauses in a directory. Not for several threads."""

    def __init__(self, directory: str, patience: Optional[Patience] = None) -> None:
        self._directory = os.path.abspath(directory)
        self._patience = patience or Patience()
        self._known: dict[str, _Known] = {}

    def load(self, name: str) -> Loaded:
        """The context of a floating IP; an empty one where there is none yet."""
        look = self._look(name)
        if look.unusable is not None:
            with self._locked(name) as busy:  # a writer may have replaced it meanwhile
                look = self._cleared(name, self._look(name), may_set_aside=busy is None)
        self._known[name] = _Known(look.context, look.signature, look.is_saved)
        return Loaded(look.context, look.problem)

    def update(self, name: str, change: Callable[[Context], Context]) -> Updated:
        """Replace the context by `change(context)`, alone under the lock. `change` may raise."""
        with self._locked(name) as busy:
            look = self._cleared(name, self._look(name), may_set_aside=busy is None)
            context = change(look.context)
            if busy is None and look.may_write:
                problem = self._save(name, context, look)
            else:
                problem = busy
                self._known[name] = _Known(context, look.signature, is_saved=False)
        return Updated(context, look.problem or problem)

    def changed(self, name: str) -> bool:
        """Whether another process wrote the context since this one last loaded or updated it."""
        known = self._known.get(name)
        try:
            now: Optional[document.Signature] = document.signature_of(os.lstat(self._path(name)))
        except OSError:
            now = None
        return known is None or known.signature != now

    def stranger(self, name: str) -> Optional[str]:
        """A sentence where the context belongs to root, and not to the directory's owner."""
        return document.stranger(self._path(name))

    def pause(self, name: str, pause: Pause) -> Optional[str]:
        """No automatic write from now on. None, or a sentence on what went wrong."""
        return pauses.pause(self._path(name, "pause.json"), pause)

    def resume(self, name: str) -> Optional[str]:
        """End a pause, also one that cannot be read. None, or a sentence on what went wrong."""
        return pauses.resume(self._path(name, "pause.json"))

    def paused(self, name: str) -> Optional[Pause]:
        """The pause in force, or None. One that cannot be read is in force, and says so."""
        return pauses.paused(self._path(name, "pause.json"))

    def _path(self, name: str, kind: str = "json") -> str:
        if not is_name(name):
            raise ValueError(f"{name!r} is no name of a floating IP: letters, digits and dashes")
        return os.path.join(self._directory, f"{name}.{kind}")

    @contextmanager
    def _locked(self, name: str) -> Iterator[Optional[str]]:
        """Yields None under the lock, or a sentence where it could not be had."""
        path = self._path(name, "lock")
        problem = None
        with ExitStack() as held:
            try:
                held.enter_context(locked(path, self._patience))
            except Busy as error:
                problem = f"{error}. {_IN_MEMORY}"
            except OSError as error:
                problem = f"The lock file {path} cannot be used: {explained(error)}. {_IN_MEMORY}"
            yield problem

    def _look(self, name: str) -> _Look:
        known = self._known.get(name)
        best = known or _Known(Context())
        path = self._path(name)
        try:
            found = document.read(path)
            return self._together(context_of(found.data), found.signature, known)
        except FileNotFoundError:
            return self._together(Context(), None, known)
        except document.Unusable as error:
            why = f"The context {path} {error}."
            return _Look(best.context, is_saved=known is None, unusable=why, problem=why)
        except OSError as error:
            why = f"The context {path} cannot be read: {explained(error)}. {_IN_MEMORY}"
            return _Look(best.context, best.signature, best.is_saved, may_write=False, problem=why)

    @staticmethod
    def _together(
        stored: Context, signature: Optional[document.Signature], known: Optional[_Known]
    ) -> _Look:
        """What is stored counts, unless this process still has something to save."""
        if known is None or known.is_saved:
            return _Look(stored, signature)
        if signature == known.signature:
            return _Look(known.context, signature, is_saved=False)
        return _Look(merge(known.context, stored), signature, is_saved=False)

    def _cleared(self, name: str, look: _Look, may_set_aside: bool) -> _Look:
        """The look, after an unusable file was put out of the way."""
        if look.unusable is None:
            return look
        path = self._path(name)
        try:
            kept = f"It was kept as {set_aside(path)}. " if may_set_aside else ""
        except OSError as error:
            stuck = f"{look.unusable} It cannot be moved away: {explained(error)}. {_IN_MEMORY}"
            return replace(look, may_write=False, problem=stuck)
        rest = _REMEMBERED if name in self._known else _EMPTY
        return replace(look, problem=f"{look.unusable} {kept}{rest}")

    def _save(self, name: str, context: Context, look: _Look) -> Optional[str]:
        if look.is_saved and look.signature is not None and context == look.context:
            self._known[name] = _Known(context, look.signature)
            return None
        path = self._path(name)
        try:
            signature = document.write(path, context_bytes(context), f"{path}.new")
        except OSError as error:
            self._known[name] = _Known(context, look.signature, is_saved=False)
            return f"The context {path} cannot be saved: {explained(error)}. {_IN_MEMORY}"
        self._known[name] = _Known(context, signature)
        return None
