# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Put a monitor together, begin it and end it. What it touches is handed in: see `Parts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._engine.context import Context
from .._engine.decision import Observer, merge, restore
from .._engine.looks import FIRST_LOOK
from .._operations.announce import NewestCheck
from .._operations.edge import Edge
from .._report.event import Kind
from .._store.bounded import BoundedStore
from .acts import Acts
from .contexts import Contexts
from .events import Reporter
from .handover import Handed, Handover
from .host import Host
from .jobs import Jobs
from .loop import Loop, Probing
from .status import LET_GO, StatusBoard
from .watch import Watch

STAGGER = 0.05  # seconds between the first rounds of two floating IPs, while there is room
BEAT = 1.0  # seconds


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
    newest: Callable[[str, int], NewestCheck]
    write_status: Callable[[str, dict[str, Any]], object]
    handover: Optional[Handover] = None  # of the window before this one; None: there was none
    host: Optional[Host] = None


def assemble(definitions: Sequence[FloatingIp], target: Optional[str], parts: Parts) -> Loop:
    """A loop that watches the definitions. `target`: which target this host is, if any."""
    report = parts.report
    watches = {
        definition.name: _watch(definition, target, parts, (number, len(definitions)))
        for number, definition in enumerate(definitions)
    }
    contexts = Contexts(parts.store, report, report.clock)
    host = parts.host or Host(report)
    clock, wall = report.clock, report.wall
    acts = Acts(parts.edge, parts.jobs, contexts, report, clock, wall, parts.newest, host)
    board = StatusBoard(parts.write_status, clock, wall, parts.boot_id)
    handed = parts.handover or {}
    known = {name: one for name, one in handed.items() if name in watches}
    let_go = tuple(sorted(set(handed) - set(watches)))
    return Loop(watches, parts.prober, acts, contexts, report, board, clock, known, let_go=let_go)


def _watch(
    definition: FloatingIp, target: Optional[str], parts: Parts, place: tuple[int, int]
) -> Watch:
    """The watch, its context restored on disk too: there it must count on this boot's clock."""
    now = parts.report.clock()
    handed = (parts.handover or {}).get(definition.name)
    updated = parts.store.update(
        definition.name, lambda stored: _restored(stored, handed, definition, parts)
    )
    names = [one.name for one in definition.targets]
    watch = Watch(
        definition,
        Observer(target if target in names else None),
        updated.context,
        next_round=_first_round(definition, handed, now, place),
        problem=updated.problem,
        saved_at=now + STAGGER * place[0],  # so that later on they are not saved all at once
    )
    if handed is not None:
        watch.health.update(handed.health)
        watch.decision = watch.told.decision = handed.decision
        watch.told.look = FIRST_LOOK  # each window begins with one: it is no news
    return watch


def _restored(
    stored: Context, handed: Optional[Handed], definition: FloatingIp, parts: Parts
) -> Context:
    if handed is not None and handed.context is not None:
        stored = merge(handed.context, stored)
    goes_on = handed is not None
    return restore(stored, parts.boot_id, parts.report.clock(), definition, goes_on)


def _first_round(
    definition: FloatingIp, handed: Optional[Handed], now: float, place: tuple[int, int]
) -> float:
    """As it was due, or a little earlier, as the end of a window brings rounds together.

    `place`: its number, from 0, and of how many.
    """
    interval = definition.probe.interval
    if handed is None:
        return now + _spread(place, interval)
    due = min(handed.next_round, now + interval)
    return max(now, due - _spread(place, interval / 2))


def _spread(place: tuple[int, int], seconds: float) -> float:
    """Its part of that time: rounds at one moment would make each other late."""
    number, count = place
    return number * min(STAGGER, seconds / count)


def begin(loop: Loop, problems: Sequence[str] = ()) -> None:
    """Say what is watched, and what is wrong already. `problems`: of definitions that are not."""
    for problem in problems:
        loop.report.say(Kind.PROBLEM, "", problem)
    for name in loop.let_go:
        loop.board.let_go(name)
        loop.report.say(Kind.STOPPED, name, LET_GO)
    for watch in loop.watches.values():
        own = f", as {watch.observer.target}" if watch.observer.target else ""
        if watch.name not in loop.taken_over:
            loop.report.say(Kind.STARTED, watch.name, f"The monitor watches it{own}.")
        if watch.problem is not None:
            loop.report.say(Kind.PROBLEM, watch.name, watch.problem)
    if loop.taken_over:
        names = ", ".join(sorted(loop.taken_over))
        seconds = loop.clock() - max(one.left_at for one in loop.taken_over.values())
        again = f"The next window has begun after {seconds:.2f} s: {names} is watched on."
        loop.report.say(Kind.STARTED, "", again, seconds=round(seconds, 3))


def end(loop: Loop, is_renewal: bool = False, wait: Callable[[], None] = lambda: None) -> None:
    """Let the moves under way end, and save everything that is remembered.

    Nobody waits for a look: it changes nothing. `wait` is called at least once in `BEAT` seconds.
    """
    watches = loop.watches.values()
    while any(watch.moving for watch in watches):
        wait()
        loop.acts.jobs.wait(BEAT)
        loop.acts.finish_jobs()
    loop.contexts.save(watches)
    if is_renewal:
        return
    loop.board.close(watches)
    for watch in watches:
        loop.report.say(Kind.STOPPED, watch.name, "The monitor has stopped.")
