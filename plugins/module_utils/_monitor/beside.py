# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The real world beside the loop: its threads, its directories, its clocks."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Optional

from .._aws.identity import Identity
from .._definition.model import FloatingIp
from .._operations.announce import NewestCheck
from .._operations.edge import Edge
from .._probe.prober import Prober
from .._report.event import Event, Sink, utc
from .._store.bounded import BoundedStore
from .._store.clock import boot_id, boottime
from .._store.file import FileStore
from .._store.status import write_status
from .aside import Aside
from .assemble import Parts
from .events import Reporter
from .handover import taken_over
from .hooks import Hooks
from .host import Host
from .jobs import ThreadJobs
from .loop import Loop
from .whereabouts import Whereabouts


@dataclass(frozen=True)
class Setup:
    """`target`: which target this host is, by name; None on a host that is none.

    `sink` and `complain` are called from threads of the monitor's; the latter takes sentences that
    cannot be told as events. `problems`: sentences about definitions that are not watched.
    `window`: seconds until the monitor begins anew, 0 for never; `obstacle` says why it cannot.
    `identify`: asks who this host is, where no `target` says so. `runtime`: where the words for
    aliases are kept, if anywhere.
    """

    definitions: Sequence[FloatingIp]
    context: str
    target: Optional[str]
    sink: Sink
    complain: Callable[[str], None]
    problems: Sequence[str] = ()
    window: float = 0.0
    obstacle: Callable[[], Optional[str]] = lambda: None
    identify: Optional[Callable[[], Identity]] = None
    runtime: Optional[str] = None


class Beside:
    """All of it, opened; what must be closed at the end is in `opened`."""

    def __init__(self, setup: Setup, opened: ExitStack) -> None:
        self.setup = setup
        self._opened = opened
        self._events = Aside("events", setup.complain)
        self._states = Aside("status", setup.complain)
        opened.callback(self._events.close)
        opened.callback(self._states.close)
        self._store = BoundedStore(FileStore(setup.context))
        opened.callback(self._store.close)
        self._prober = Prober(boottime)
        opened.callback(self._prober.close)
        self._report = Reporter(self._emit, boottime, wall)
        self._hooks = Hooks(setup.context, boot_id(), self._report)
        opened.callback(self._hooks.close)

    def parts(self, edge_with: Callable[[Reporter], Edge]) -> Parts:
        return Parts(
            self._prober,
            ThreadJobs(self._prober.wake),
            edge_with(self._report),
            self._store,
            self._report,
            boot_id(),
            self._newest,
            self._write,
            taken_over(os.environ),
            Host(self._report, self.setup.runtime, self._hooks),
        )

    def chores(self) -> tuple[Callable[[Loop], None], ...]:
        """What the loop's thread has to do at each turn."""
        if self.setup.identify is None:
            return ()
        here = Whereabouts(self.setup.identify, self.setup.context, boot_id(), self._prober.wake)
        here.begin()
        self._opened.callback(here.close)
        return (here.tell,)

    def is_quiet(self) -> bool:
        """Whether nothing is being written or run beside the loop."""
        return self._events.is_idle and self._states.is_idle and self._hooks.is_idle

    def _emit(self, event: Event) -> None:
        self._events.do(lambda: self.setup.sink(event))

    def _write(self, name: str, status: dict[str, Any]) -> None:
        self._states.do(lambda: write_status(self.setup.context, name, status))

    def _newest(self, name: str, epoch: int) -> NewestCheck:
        return NewestCheck(FileStore(self.setup.context), name, epoch)


def wall() -> str:
    """The time of day, for people only."""
    return utc(time.time())
