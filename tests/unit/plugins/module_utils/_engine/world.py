# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A world in virtual time around the engine: targets, cells in AWS, an observer that obeys it.

Nothing sleeps. A probe that times out ends `timeout` later, a look answers at once unless EC2
cannot be read, and a write takes effect at once unless the world says otherwise.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    Policy,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    decision as engine,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    learn,
    observe,
    plan,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Cell,
    Look,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    OPERATOR,
    Context,
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Answer,
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    MARKS,
    START,
    Script,
    cell,
    definition,
    interface,
    look,
    marks,
)


@dataclass
class World:
    definition: FloatingIp
    scripts: Mapping[str, Script]
    points: list[str | None] = field(default_factory=lambda: ["a"])  # where each table points
    ec2: Script = lambda seconds: "+"
    reference: Script | None = None  # a witness that is asked with every round
    observer: engine.Observer = field(default_factory=engine.Observer)
    context: Context = field(default_factory=Context)
    blackholes: set[str] = field(default_factory=set)  # targets whose routes are blackholes
    fails: Mapping[int, Action] = field(default_factory=dict)  # what becomes of a table's writes
    pause: Pause | None = None
    now: float = START
    moves: list[tuple[float, str]] = field(default_factory=list)  # (seconds since the start, to)
    said: list[tuple[float, engine.Decision]] = field(default_factory=list)
    notices: list[learn.Notice] = field(default_factory=list)
    looks: int = 0
    is_killed_in_move: bool = False  # the next move dies right after its intent was recorded
    last_look: Look | None = None
    _next_round: float = 0.0
    _events: list[tuple[float, int, str | ProbeResult]] = field(default_factory=list)
    _number: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.context = engine.restore(self.context, "boot", self.now, self.definition)
        self._push(self.now, "round")

    @property
    def seconds(self) -> float:
        return self.now - START

    @property
    def holder(self) -> str:
        """The letter of the target that every cell points at, or `.`."""
        held = set(self.points)
        point = held.pop() if len(held) == 1 else None
        return point if point is not None and len(point) == 1 else "."

    def run(self, until: float) -> World:
        """Play until so many seconds after the start."""
        while self._events and self._events[0][0] < START + until - 1e-6:
            self.now, _order, event = heapq.heappop(self._events)
            if isinstance(event, ProbeResult):
                self._hear([event], [])
            elif self.now >= self._next_round:
                self._start_round()
        self.now = START + until
        return self

    def _push(self, at: float, event: str | ProbeResult) -> None:
        heapq.heappush(self._events, (at, next(self._number), event))

    def _start_round(self) -> None:
        quick = []
        for name, script in self.scripts.items():
            evidence = MARKS[script(self.seconds)]
            late = self.definition.probe.timeout if evidence is Evidence.TIMEOUT else 0.0
            result = ProbeResult(name, evidence, evidence.value, self.now, self.now + late)
            if late:
                self._push(result.ended, result)
            else:
                quick.append(result)
        answers = []
        if self.reference is not None and self.reference(self.seconds) == "+":
            answers.append(Answer("witness", self.now))
        self._next_round = self.now + self.definition.probe.interval
        self._push(self._next_round, "round")
        self._hear(quick, answers)

    def _hear(self, results: Sequence[ProbeResult], answers: Sequence[Answer]) -> None:
        own, is_known = self.observer.target, self.observer.is_known
        self.context = observe.observe(
            self.context, results, answers, self.definition, self.now, own, is_known
        )
        self._hurry()
        self.decide()

    def _hurry(self) -> None:
        """While a target fails and is not yet down, the next round is a fast one."""
        soon = self.now + observe.pace(self.context, self.definition, self.now)
        if soon < self._next_round:
            self._next_round = soon
            self._push(soon, "round")

    def decide(self) -> engine.Decision:
        """Ask, look as often as it asks for that, and obey."""
        for _turn in range(4):
            decision = engine.decide(self.view())
            self.said.append((self.seconds, decision))
            if decision.verdict is not engine.Verdict.LOOK:
                break
            self.look()
        else:
            raise AssertionError(f"it looks for ever: {decision.reason}")
        if decision.to is not None:
            self._move(decision)
        return decision

    def view(self) -> engine.View:
        return engine.View(
            self.definition, self.context, self.observer, self.now, self.last_look, self.pause
        )

    def look(self) -> None:
        self.looks += 1
        self.last_look = self._seen()
        self.context, notices = learn.learn(
            self.context, self.definition, self.last_look, self.now, "noon"
        )
        self.notices.extend(notices)

    def _seen(self) -> Look:
        if self.ec2(self.seconds) != "+":
            return Look(self.now, error="EC2 does not answer")
        seen = look(self.now, self.points, "".join(t.name for t in self.definition.targets))
        readings = tuple(
            replace(reading, blackhole=point in self.blackholes)
            for reading, point in zip(seen.readings, self.points, strict=True)
        )
        return replace(seen, readings=readings)

    def _move(self, decision: engine.Decision) -> None:
        assert decision.to is not None and self.last_look is not None
        self.moves.append((self.seconds, decision.to))
        self.context = engine.started(
            self.context, self.definition, decision.to, decision.source, decision.reason,
            self.now, "noon", self.now + 30,
        )  # fmt: skip
        if self.is_killed_in_move:
            self.is_killed_in_move = False
            return
        changes = plan.plan_move(self.last_look, f"eni-{decision.to}")
        chosen = [c for c in changes if not decision.cells or c.cell in decision.cells]
        outcomes = {one.cell: one for one in plan.predict(self.last_look, [])}
        outcomes.update({c.cell: self._write(c.cell, decision.to) for c in chosen})
        self.context = engine.finished(self.context, [*outcomes.values()], self.now, "noon")
        self.look()

    def _write(self, changed: Cell, to: str) -> Outcome:
        number = int(changed.id.split("-")[1])
        before = interface(self.points[number])
        action = self.fails.get(number, Action.MOVED)
        if action is Action.MOVED:
            self.points[number] = to
        is_written = action is not Action.FAILED
        return Outcome(changed, before, f"eni-{to}", action, is_written=is_written)

    def someone_moves(self, to: str) -> None:
        """Another party moves every cell, without a word to us."""
        self.points = [to for _point in self.points]

    def operator_moves(self, to: str) -> None:
        """An operator's move, announced before and recorded after."""
        self.context = engine.started(
            self.context, self.definition, to, OPERATOR, "asked for", self.now, "noon", self.now + 9
        )
        outcomes = [self._write(cell(number), to) for number in range(len(self.points))]
        self.context = engine.finished(self.context, outcomes, self.now, "noon")

    def restart(self, after: float = 0.0, boot: str = "boot", goes_on: bool = False) -> None:
        """The observer is killed and starts again so many seconds later; or its window changes."""
        self.context = replace(self.context, saved_at=self.now)
        self.now += after
        self._events, self._next_round = [], self.now
        self.last_look = None
        restored = engine.restore(self.context, boot, self.now, self.definition, goes_on)
        self.context = restored
        self._push(self.now, "round")

    def automatic_moves(self) -> int:
        return sum(move.source == MONITOR for move in self.context.moves)


def pair(a: str | Script, b: str | Script, policy: Policy | None = None, **more: Any) -> World:
    """A world of two targets that a row of marks or a function of the seconds describes."""
    scripts = {"a": a, "b": b, **more.pop("also", {})}
    rows = {name: marks(row) if isinstance(row, str) else row for name, row in scripts.items()}
    probe = more.pop("probe", None)
    described = definition("".join(rows), probe, policy)
    return World(described, rows, **more)


def healthy(points: list[str | None], **more: Any) -> World:
    """A world of two healthy targets, five seconds old."""
    targets = more.pop("targets", "ab")
    policy, probe = more.pop("policy", None), more.pop("probe", None)
    scripts = more.pop("scripts", {name: marks("+") for name in targets})
    return World(definition(targets, probe, policy), scripts, points=points, **more).run(5)
