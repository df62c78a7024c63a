# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Hooks: programs of the operator's, run when this host has become or is no longer the holder.

Each floating IP has a thread of its own for them, so that one that hangs holds up no other. What
a hook was last run for is remembered: it is not run twice for the same, but once in each boot.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional

from .._definition.model import FloatingIp
from .._report.event import Kind
from .._store import document
from .children import Ended, run_child
from .events import Reporter

LAST_WAIT = 1.0  # seconds for a hook under way when the monitor ends; then it is killed
PRIVATE = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")  # the monitor's own


class News(NamedTuple):
    """What AWS shows. `holder`: by name, None where no target is it."""

    definition: FloatingIp
    own: str
    is_ours: bool
    holder: Optional[str]


class Told(NamedTuple):
    """What the hooks were last run for, and in which boot."""

    is_ours: bool
    boot_id: str


Run = Callable[..., Ended]


@dataclass
class Hooks:
    """`directory`: where it is remembered what they were run for."""

    directory: str
    boot_id: str
    report: Reporter
    run: Run = run_child
    _runners: dict[str, _Runner] = field(default_factory=dict)

    @property
    def is_idle(self) -> bool:
        return all(runner.is_idle for runner in self._runners.values())

    def tell(self, news: News) -> None:
        """Have the hook run, if it was not for this. Returns at once."""
        hooks, name = news.definition.hooks, news.definition.name
        if not (hooks.on_gained or hooks.on_lost):
            return
        if name not in self._runners:
            self._runners[name] = _Runner(self, os.path.join(self.directory, f"{name}.hooks"))
        self._runners[name].tell(news)

    def close(self) -> None:
        """End those under way, in a second at most; they are run again at the next start."""
        for runner in self._runners.values():
            runner.end()
        for runner in self._runners.values():
            runner.thread.join(LAST_WAIT + 0.5)


class _Runner:
    """Runs the hooks of one floating IP, one after the other. Of several news the last counts."""

    def __init__(self, hooks: Hooks, path: str) -> None:
        self._hooks = hooks
        self._path = path
        self._news: Optional[News] = None
        self._last: Optional[bool] = None
        self._changed = threading.Condition()
        self._is_over = False
        self._is_running = False
        self.thread = threading.Thread(target=self._serve, name="floating-ip hooks", daemon=True)
        self.thread.start()

    @property
    def is_idle(self) -> bool:
        return self._news is None and not self._is_running

    def tell(self, news: News) -> None:
        with self._changed:
            if news.is_ours != self._last:
                self._last, self._news = news.is_ours, news
                self._changed.notify()

    def end(self) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def _serve(self) -> None:
        try:
            self._serve_until_over()
        finally:
            self._is_running = False

    def _next(self) -> Optional[News]:
        """What is told next, however long that takes; None once it is over."""
        with self._changed:
            self._is_running = False
            while self._news is None and not self._is_over:
                self._changed.wait()
            if self._is_over:
                return None
            news, self._news, self._is_running = self._news, None, True
            return news

    def _serve_until_over(self) -> None:
        told = load(self._path)
        for news in iter(self._next, None):
            if is_due(told, news.is_ours, self._hooks.boot_id) and not self._run(news):
                return
            if told is not None or news.is_ours:
                told = Told(news.is_ours, self._hooks.boot_id)
                self._save(news, told)

    def _run(self, news: News) -> bool:
        """Whether the hook came to an end; False where the monitor's own end cut it off."""
        hooks = news.definition.hooks
        command = hooks.on_gained if news.is_ours else hooks.on_lost
        if not command:
            return True
        ended = self._hooks.run(
            command, environment_of(news), hooks.timeout, lambda: self._is_over, LAST_WAIT
        )
        if ended.is_cut_off:
            return False
        word = "on_gained" if news.is_ours else "on_lost"
        sentence = f"The hook {word}, {command[0]}, {ended.sentence(hooks.timeout)}."
        kind = Kind.NOTICE if ended.code == 0 else Kind.PROBLEM
        data: dict[str, Any] = {"what": "hook", "alarm": ended.code != 0, "output": ended.output}
        self._hooks.report.say(kind, news.definition.name, sentence, news.own, **data)
        return True

    def _save(self, news: News, told: Told) -> None:
        raw = json.dumps(told._asdict(), sort_keys=True)
        try:
            document.write(self._path, f"{raw}\n".encode(), f"{self._path}.new")
        except OSError as error:
            why = error.strerror or error
            sentence = f"Its hooks may be run again after a restart: {self._path}: {why}."
            self._hooks.report.say(Kind.PROBLEM, news.definition.name, sentence)


def is_due(told: Optional[Told], is_ours: bool, boot_id: str) -> bool:
    """Whether a hook is to be run. A host that never had the address has not lost it."""
    if is_ours:
        return told is None or told != Told(True, boot_id)
    return told is not None and told.is_ours


def environment_of(news: News) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    return {
        **ours,
        "FLOATING_IP_NAME": news.definition.name,
        "FLOATING_IP_TARGET": news.own,
        "FLOATING_IP_HOLDER": news.holder or "",
        "FLOATING_IP_ADDRESSES": " ".join(news.definition.addresses),
    }


def load(path: str) -> Optional[Told]:
    """What the hooks were last run for; None where nobody can tell."""
    try:
        raw = json.loads(document.read(path).data)
        return Told(bool(raw["is_ours"]), str(raw["boot_id"]))
    except (OSError, ValueError, KeyError, TypeError, document.Unusable):
        return None
