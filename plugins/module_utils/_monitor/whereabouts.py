# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which target this host is: asked for beside the loop, so that no probe and no start waits.

The answer is remembered for this boot, for the metadata service may be down at the next start.
Each window asks again: interfaces come and go.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Optional

from .._aws.errors import AwsError
from .._aws.identity import Identity
from .._engine.decision import Observer
from .._operations.here import remember, remembered, target_of
from .._report.event import Kind
from .loop import Loop
from .watch import NEVER, Watch

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between two questions; doubles


@dataclass
class Whereabouts:
    """Tells the watches who this host is, as soon as that is known. `begin` starts asking.

    `ask` raises AwsError. `directory`: the context's. `wake` interrupts the loop's wait.
    """

    ask: Callable[[], Identity]
    directory: str
    boot_id: str
    wake: Callable[[], None]
    _remembered: Optional[Identity] = None
    _answer: Optional[Identity] = None
    _problem: str = ""
    _told: object = None
    _over: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        self._answer = self._remembered = remembered(self.directory, self.boot_id)
        threading.Thread(target=self._serve, name="floating-ip identity", daemon=True).start()

    def close(self) -> None:
        self._over.set()

    def tell(self, loop: Loop) -> None:
        """To be called in the loop's thread, again and again."""
        now = self._answer, self._problem
        if now == self._told:
            return
        self._told = now
        for watch in loop.watches.values():
            self._place(loop, watch)

    def _place(self, loop: Loop, watch: Watch) -> None:
        identity = self._answer
        if identity is None:
            watch.observer = Observer(None, is_known=False, problem=self._problem)
            return
        watch.observer = Observer(target_of(watch.definition, identity))
        if identity != self._remembered:
            who = watch.observer.target or "none of its targets"
            sentence = f"This host, {identity.instance_id}, is {who}."
            loop.report.say(Kind.NOTICE, watch.name, sentence, watch.observer.target, what="here")
            watch.decided_at = NEVER  # what waited for this is decided now

    def _serve(self) -> None:
        pause = FIRST_PAUSE
        while not self._over.is_set():
            try:
                self._answer = found = self.ask()
            except AwsError as error:
                self._problem = str(error)
            else:
                self.wake()
                remember(self.directory, found, self.boot_id)
                return
            self.wake()
            self._over.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
