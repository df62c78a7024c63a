# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What the verb `drill` acts by: AWS, probes, the meter, signals; and what it tells meanwhile."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any, Optional, cast

from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._monitor.events import Reporter
from .._operations import instances
from .._operations.candidates import candidates
from .._operations.drill_acts import Means, Meter
from .._operations.edge import Edge
from .._operations.look import look
from .._operations.move import Moved
from .._operations.order import Prepared, Wish, prepare
from .._operations.prove import prove
from .._report.event import Event, Kind, to_dict, utc
from .._store.clock import boottime
from .._store.drill import write_drills
from .installed import Settings
from .move import carry_out, drained
from .output import tell
from .reach import edge

_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
HERE = "drill"  # who told it, in the report
AGENT = "agent"  # by whom a drill is run, as is remembered of it
LONGEST = 900.0  # seconds that a drill takes at most


@dataclass
class Telling:
    """The events so far; any thread may add one."""

    events: list[Event] = field(default_factory=list)

    def told(self) -> list[dict[str, Any]]:
        return [{**to_dict(event), "host": HERE} for event in list(self.events)]


def means_of(
    settings: Settings, definition: FloatingIp, telling: Telling, meter: Optional[Meter]
) -> Means:
    """A drill's means on this host. Signals that would end it interrupt it from now on."""
    report = Reporter(telling.events.append, boottime, lambda: utc(time.time()))
    _interruptible()
    host = _Host(settings, definition, report, edge(settings, report.call))
    return Means(
        look=host.look,
        prepare=host.prepare,
        move=host.move,
        meter=cast(Meter, meter),
        say=host.say,
        remember=host.remember,
        start=host.start,
        stop=host.stop,
        forbidden=host.forbidden,
        wall=time.time,
        sleep=time.sleep,
        shielded=shielded,
    )


@dataclass(frozen=True)
class _Host:
    """One floating IP, as this host reaches it."""

    settings: Settings
    definition: FloatingIp
    report: Reporter
    edge: Edge

    def look(self) -> Look:
        return look(self.edge, [self.definition])[self.definition.name]

    def prepare(self, wish: Wish) -> Prepared:
        looks = {self.definition.name: self.look()}
        barred = replace(wish, drained=drained(self.settings, [self.definition]))
        probed = candidates([self.definition], looks, barred)
        proven = replace(barred, proofs=prove(probed, looks, self.edge.clock))
        return prepare([self.definition], looks, proven)

    def move(self, prepared: Prepared) -> Moved:
        (moved,) = carry_out(self.settings, self.edge, prepared.orders, "a drill")
        self.report.moved(self.definition, moved)
        return moved

    def start(self, instance: str) -> Optional[str]:
        return instances.start(self.edge, self.definition, instance)

    def stop(self, instance: str) -> Optional[str]:
        return instances.stop(self.edge, self.definition, instance)

    def forbidden(self, instance: str) -> Optional[str]:
        return instances.forbidden(self.edge, self.definition, instance)

    def say(self, sentence: str, **data: Any) -> None:
        self.report.say(Kind.STEP, self.definition.name, sentence, **data)
        tell(sentence)

    def remember(self, running: Optional[dict[str, Any]]) -> None:
        about = None if running is None else {**running, "by": AGENT, "until": _until(running)}
        directory = str(self.settings.context)
        problem = write_drills(directory, self.definition.name, running=about)
        if problem is not None:
            tell(problem)


def _until(running: dict[str, Any]) -> float:
    """When it has ended for certain, so that a runbook need not ask whether it goes on."""
    return float(running["began"]) + LONGEST


def _interruptible() -> None:
    for number in _ENDS:
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: Optional[FrameType]) -> None:
    raise KeyboardInterrupt


@contextmanager
def shielded() -> Iterator[None]:
    """No signal that ends a process counts meanwhile: the address is on its way back."""
    kept = [(number, signal.signal(number, signal.SIG_IGN)) for number in _ENDS]
    try:
        yield
    finally:
        for number, handler in kept:
            signal.signal(number, handler)
