# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Run a monitor on this host: watch until told to stop, leave everything saved."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._operations.announce import NewestCheck
from .._operations.edge import Edge
from .._probe.prober import Prober
from .._report.event import Event, Kind, Sink, utc
from .._store.bounded import BoundedStore
from .._store.clock import boot_id, boottime
from .._store.file import FileStore
from .._store.status import write_status
from .aside import Aside
from .assemble import Parts, assemble, begin, end
from .events import Reporter
from .jobs import ThreadJobs


@dataclass(frozen=True)
class Setup:
    """`target`: which target this host is, by name; None on a host that is none.

    `sink` and `complain` are called from threads of the monitor's; the latter takes sentences that
    cannot be told as events. `problems`: sentences about definitions that are not watched.
    """

    definitions: Sequence[FloatingIp]
    context: str
    target: Optional[str]
    sink: Sink
    complain: Callable[[str], None]
    problems: Sequence[str] = ()


def run(setup: Setup, edge_with: Callable[[Reporter], Edge]) -> None:
    """Watch until SIGTERM or SIGINT. A move under way is finished and verified first."""
    with ExitStack() as open_parts:
        parts = _parts(setup, edge_with, open_parts)
        loop = assemble(setup.definitions, setup.target, parts)
        try:
            begin(loop, setup.problems)
            loop.run()
        except Exception as error:
            sentence = f"The monitor ends by a mistake of its own, and must be started: {error!r}."
            parts.report.say(Kind.PROBLEM, "", sentence)
            raise
        finally:
            end(loop)


def wall() -> str:
    """The time of day, for people only."""
    return utc(time.time())


def _parts(setup: Setup, edge_with: Callable[[Reporter], Edge], opened: ExitStack) -> Parts:
    """The real world. What must be closed at the end is in `opened` then."""
    events, states = Aside("events", setup.complain), Aside("status", setup.complain)
    opened.callback(events.close)
    opened.callback(states.close)
    store = BoundedStore(FileStore(setup.context))
    opened.callback(store.close)
    prober = Prober(boottime)
    opened.callback(prober.close)

    def emit(event: Event) -> None:
        events.do(lambda: setup.sink(event))

    def write(name: str, status: dict[str, Any]) -> None:
        states.do(lambda: write_status(setup.context, name, status))

    def newest(name: str, epoch: int) -> NewestCheck:
        return NewestCheck(FileStore(setup.context), name, epoch)

    report = Reporter(emit, boottime, wall)
    jobs, edge, stopping = ThreadJobs(prober.wake), edge_with(report), _on_signal(prober.wake)
    return Parts(prober, jobs, edge, store, report, boot_id(), newest, write, stopping)


def _on_signal(wake: Callable[[], None]) -> Callable[[], bool]:
    """Whether SIGTERM or SIGINT has come; they also wake the loop."""
    stop = threading.Event()

    def end_soon(_number: int, _frame: object) -> None:
        stop.set()
        wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end_soon)
    return stop.is_set
