# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Put a monitor together, begin it and end it. What it touches is handed in: see `Parts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._engine.change import Change
from .._engine.decision import Observer, restore
from .._operations.edge import Edge
from .._report.event import Kind
from .._store.bounded import BoundedStore
from .acts import Acts
from .contexts import Contexts
from .events import Reporter
from .jobs import Jobs
from .loop import Loop, Probing
from .status import StatusBoard
from .watch import Watch

STAGGER = 0.05  # seconds at most between the first rounds of two floating IPs


@dataclass(frozen=True)
class Parts:
    """The world around a loop: real in run.py, virtual in a simulation.

    The clock is that of `report`: seconds of CLOCK_BOOTTIME. For `newest` see Acts.
    """

    prober: Probing
    jobs: Jobs
    edge: Edge
    store: BoundedStore
    report: Reporter
    boot_id: str
    newest: Callable[[str, int], Callable[[Change], bool]]
    write_status: Callable[[str, dict[str, Any]], object]
    stopping: Callable[[], bool]


def assemble(definitions: Sequence[FloatingIp], target: Optional[str], parts: Parts) -> Loop:
    """A loop that watches the definitions. `target`: which target this host is, if any."""
    report = parts.report
    watches = {
        definition.name: _watch(definition, target, parts, number)
        for number, definition in enumerate(definitions)
    }
    contexts = Contexts(parts.store, report, report.clock)
    acts = Acts(parts.edge, parts.jobs, contexts, report, report.clock, report.wall, parts.newest)
    board = StatusBoard(parts.write_status, report.clock, report.wall, parts.boot_id)
    return Loop(watches, parts.prober, acts, contexts, report, board, report.clock, parts.stopping)


def _watch(definition: FloatingIp, target: Optional[str], parts: Parts, number: int) -> Watch:
    """The watch, its context restored on disk too: there it must count on this boot's clock."""
    now = parts.report.clock()
    restored = parts.store.update(
        definition.name, lambda stored: restore(stored, parts.boot_id, now, definition)
    )
    names = [one.name for one in definition.targets]
    return Watch(
        definition,
        Observer(target if target in names else None),
        restored.context,
        next_round=now + min(STAGGER * number, definition.probe.interval),
        problem=restored.problem,
        saved_at=now + STAGGER * number,  # so that later on they are not saved all at once
    )


def begin(loop: Loop, problems: Sequence[str] = ()) -> None:
    """Say what is watched, and what is wrong already. `problems`: of definitions that are not."""
    for problem in problems:
        loop.report.say(Kind.PROBLEM, "", problem)
    for watch in loop.watches.values():
        own = f", as {watch.observer.target}" if watch.observer.target else ""
        loop.report.say(Kind.STARTED, watch.name, f"The monitor watches it{own}.")
        if watch.problem is not None:
            loop.report.say(Kind.PROBLEM, watch.name, watch.problem)


def end(loop: Loop) -> None:
    """Let the jobs under way end, and save everything that is remembered."""
    watches = loop.watches.values()
    loop.acts.jobs.close()
    loop.acts.finish_jobs()
    loop.contexts.save(watches)
    loop.board.close(watches)
    for watch in watches:
        loop.report.say(Kind.STOPPED, watch.name, "The monitor has stopped.")
