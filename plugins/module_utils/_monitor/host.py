# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What this host is told of each floating IP: a word for its alias, hooks that it wants run.

Both follow what AWS shows, and neither is on the way to a decision.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Optional

from .._engine.cells import Holding, standing_of
from .._engine.interrupted import is_under_way
from .._engine.lag import may_be_stale
from .._report.event import Kind
from .events import Reporter
from .hooks import Hooks, News
from .watch import Watch

HOLDS = "holds"  # in the runtime directory: one file for each floating IP that this host has
_MODE = 0o755  # of that folder: who follows the words has no right to read what is closed


@dataclass
class Host:
    """`runtime`: the directory for words, if there is one."""

    report: Reporter
    runtime: Optional[str] = None
    hooks: Optional[Hooks] = None
    _said: dict[str, object] = field(default_factory=dict)
    _problems: dict[str, Optional[str]] = field(default_factory=dict)

    def tell(self, watches: Iterable[Watch], now: float) -> None:
        for watch in watches:
            self.give_word(watch, now)
            is_ours = is_ours_by(watch)
            if self.hooks is not None and is_ours is not None:
                holder = standing_of(watch.look)[1] if watch.look is not None else None
                self.hooks.tell(News(watch.definition, str(watch.observer.target), is_ours, holder))

    def give_word(self, watch: Watch, now: float) -> None:
        """Make or remove the file that says whether this host has it, or is about to."""
        follows = watch.definition.alias == "holder"
        word = word_of(watch, now) if follows else False
        saying = word, watch.look.at if watch.look is not None else None
        if word is None or saying == self._said.get(watch.name):
            return
        self._said[watch.name] = saying
        problem = self._written(watch.name, word)
        watch.has_word = word if follows and problem is None else None
        self._note(watch, problem)

    def _written(self, name: str, word: bool) -> Optional[str]:
        if self.runtime is None:
            return (
                "there is no runtime directory (--runtime, or RUNTIME_DIRECTORY)" if word else None
            )
        file = self._file(self.runtime, name)
        try:
            if word:
                open_to_all(os.path.dirname(file))
                os.close(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o644))
            else:
                os.unlink(file)
        except FileNotFoundError:
            return None if not word else f"{self.runtime} is missing"
        except OSError as error:
            return f"{file}: {error.strerror or error}"
        return None

    @staticmethod
    def _file(runtime: str, name: str) -> str:
        return os.path.join(runtime, HOLDS, name)

    def _note(self, watch: Watch, problem: Optional[str]) -> None:
        if problem is not None and problem != self._problems.get(watch.name):
            sentence = f"The alias of this host cannot be switched: {problem}."
            self.report.say(Kind.PROBLEM, watch.name, sentence)
        self._problems[watch.name] = problem


def open_to_all(folder: str) -> None:
    """Make the folder if need be, and let everybody read it. Raises OSError."""
    os.makedirs(folder, exist_ok=True)
    if stat.S_IMODE(os.stat(folder).st_mode) != _MODE:
        os.chmod(folder, _MODE)  # whatever the umask


def forget_others(runtime: str, names: Collection[str]) -> None:
    """Take back the words for floating IPs that are defined no more: nobody else would ever."""
    folder = os.path.join(runtime, HOLDS)
    with suppress(OSError):
        for name in set(os.listdir(folder)) - set(names):
            os.unlink(os.path.join(folder, name))


def word_of(watch: Watch, now: float) -> Optional[bool]:
    """Whether this host's target has the address or is being given it; None where nothing tells.

    A move to it counts from its announcement on: its alias is there before the first packet.
    """
    own, intent = watch.observer.target, watch.context.intent
    if own is None:
        return None
    is_coming = intent is not None and intent.moving and intent.to == own
    if is_coming and (watch.moving or is_under_way(intent, now)):
        return True
    holding, holder = shown(watch)
    if holding is Holding.HELD:
        return holder == own
    return False if holding is Holding.FOREIGN else None


def is_ours_by(watch: Watch) -> Optional[bool]:
    """Whether AWS shows this host's target as the holder; None where it cannot be said."""
    own = watch.observer.target
    holding, holder = shown(watch)
    if own is None or holding in (Holding.UNREADABLE, Holding.SPLIT):
        return None
    return holder == own


def shown(watch: Watch) -> tuple[Holding, Optional[str]]:
    """How the last look shows it; UNREADABLE also where the look may be out of date."""
    look = watch.look
    if look is None or watch.wants_look or watch.was_stopped:
        return Holding.UNREADABLE, None
    return (Holding.UNREADABLE, None) if may_be_stale(watch.context, look) else standing_of(look)
