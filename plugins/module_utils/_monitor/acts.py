# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What the loop does about AWS: looks and moves as jobs, their results folded into the watches."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple, Optional

from .._definition.model import Aws
from .._engine.cells import Look
from .._engine.change import Action
from .._engine.context import Context, Intent
from .._engine.decision import Decision, Verdict, finished, started
from .._engine.interrupted import is_under_way
from .._engine.learn import learn
from .._operations.announce import NewestCheck
from .._operations.edge import Edge
from .._operations.move import Moved, Order, foretell, move, time_allowed
from .._report.event import Kind
from .contexts import Contexts
from .events import Reporter
from .host import Host
from .jobs import Jobs
from .looking import Asked, look_at_all
from .warmth import connections_for, newly_failing, open_connections
from .watch import Watch


class Announced(NamedTuple):
    """A move whose intent is on disk."""

    watch: Watch
    intent: Intent
    order: Order


class Overtaken(Exception):
    """Someone else announced a move in this very moment: theirs goes first."""


@dataclass
class Acts:
    """`wall` is the time of day as text, for people.

    `newest` gives the check that a move's thread makes before each write: name, epoch.
    """

    edge: Edge
    jobs: Jobs
    contexts: Contexts
    report: Reporter
    clock: Callable[[], float]
    wall: Callable[[], str]
    newest: Callable[[str, int], NewestCheck]
    host: Host
    _touched: set[str] = field(default_factory=set)

    def finish_jobs(self) -> set[str]:
        """Fold in what the threads have finished; the floating IPs that it was about."""
        for finish in self.jobs.finished():
            finish()
        touched, self._touched = self._touched, set()
        return touched

    def look(self, watches: Sequence[Watch]) -> None:
        """Look at AWS for these: one job for each account and Region."""
        now = self.clock()
        for group in _by_endpoint(watches):
            asked = [Asked(w.definition, None if w.must_resolve(now) else w.look) for w in group]
            for watch in group:
                watch.busy, watch.wants_look, watch.was_stopped = True, False, False
            self._warm(newly_failing(group))
            self.jobs.submit(
                partial(look_at_all, self.edge, asked),
                partial(self._looked, group, {a.definition.name for a in asked if a.last is None}),
                partial(self._look_failed, group, now),
            )

    def _warm(self, watches: Sequence[Watch]) -> None:
        """A move may follow: have its connections open by then, beside the look."""
        if watches:
            aws, number = watches[0].definition.aws, connections_for(watches)
            opening = partial(open_connections, self.edge, aws, number)
            self.jobs.submit(opening, nothing, nothing)

    def _looked(
        self, watches: Sequence[Watch], resolved: set[str], looks: Mapping[str, Look]
    ) -> None:
        for watch in watches:
            seen = looks[watch.name]
            if seen.error is None and watch.name in resolved:
                watch.resolved_at = seen.at
            self._fold_look(watch, seen)

    def _fold_look(self, watch: Watch, seen: Look) -> None:
        """Learn from a look, unless a move was announced since it began: it tells no more then."""
        self.contexts.refresh(watch)
        watch.busy = False
        self._touched.add(watch.name)
        if watch.wants_look:
            return
        self.report.look(watch, seen)
        if not seen.places and watch.look is not None:
            seen = replace(seen, places=watch.look.places)  # targets are probed there meanwhile
        watch.look = seen
        before = watch.context
        watch.context, notices = learn(before, watch.definition, seen, self.clock(), self.wall())
        for notice in notices:
            self.report.notice(watch.definition, notice)
        if (watch.context.intent, watch.context.moves) != (before.intent, before.moves):
            self.contexts.save([watch])

    def _look_failed(self, watches: Sequence[Watch], at: float, error: BaseException) -> None:
        sentence = f"Looking at AWS failed by a mistake of this program: {error!r}; report it."
        for watch in watches:
            self._fold_look(watch, Look(at, error=sentence))

    def move(self, decided: Sequence[tuple[Watch, Decision]]) -> None:
        """Announce and carry out what was decided: one job for each account and Region."""
        decisions = {watch.name: decision for watch, decision in decided}
        for group in _by_endpoint(watch for watch, _decision in decided):
            found = [self._announced(watch, decisions[watch.name]) for watch in group]
            announced = [one for one in found if one is not None]
            if announced:
                self.jobs.submit(
                    partial(move, self.edge, [one.order for one in announced]),
                    partial(self._moved, announced),
                    partial(self._move_failed, announced),
                )

    def _announced(self, watch: Watch, decision: Decision) -> Optional[Announced]:
        """The intent and its marker are on disk before the first call."""
        to, seen = decision.to, watch.look
        if to is None or seen is None:
            return None
        try:
            self.contexts.update(watch, partial(self._intend, watch, decision))
        except Overtaken:
            watch.wants_look = True
            return None
        intent = watch.context.intent
        if intent is None:  # it cannot be: it has just been announced
            return None
        watch.busy = watch.moving = True
        self.host.give_word(watch, self.clock())
        sentence = f"Move number {intent.epoch}, to {to}: {decision.reason}."
        self.report.say(Kind.INTENT, watch.name, sentence, to, epoch=intent.epoch)
        return Announced(watch, intent, self._order(watch, to, seen, decision, intent.epoch))

    def _order(self, watch: Watch, to: str, seen: Look, decision: Decision, epoch: int) -> Order:
        check = self.newest(watch.name, epoch)
        return Order(
            watch.definition,
            to,
            seen,
            cells=decision.cells if decision.verdict is Verdict.REPAIR else None,
            is_newest=check,
            is_paused=check.is_paused,
        )

    def _intend(self, watch: Watch, decision: Decision, context: Context) -> Context:
        """The context with the intent in it. Raises Overtaken: see there."""
        now = self.clock()
        if is_under_way(context.intent, now):
            raise Overtaken
        cells = len(watch.look.readings) if watch.look is not None else 0
        return started(
            context,
            watch.definition,
            str(decision.to),
            decision.source,
            decision.reason,
            now,
            self.wall(),
            now + time_allowed(cells),
        )

    def _moved(self, announced: Sequence[Announced], results: Sequence[Moved]) -> None:
        for one, moved in zip(announced, results):
            watch = one.watch
            self._conclude(one, moved)
            self.report.moved(watch.definition, moved)
            if not watch.wants_look:
                watch.look = moved.look

    def _move_failed(self, announced: Sequence[Announced], error: BaseException) -> None:
        """Nobody knows what was written: the cells are unverified, and looked at again."""
        sentence = f"Moving it failed by a mistake of this program: {error!r}; report it."
        for one in announced:
            self.report.say(Kind.PROBLEM, one.watch.name, sentence)
            (moved,) = foretell([one.order])
            outcomes = tuple(
                replace(outcome, action=Action.UNVERIFIED, error=sentence)
                for outcome in moved.outcomes
            )
            self._conclude(one, replace(moved, outcomes=outcomes))
            one.watch.wants_look = True

    def _conclude(self, one: Announced, moved: Moved) -> None:
        """Record what a move came to; a newer intent that overruled it meanwhile stays."""
        watch, epoch = one.watch, one.intent.epoch
        self.contexts.update(watch, partial(self._conclusion, moved, one.intent))
        newest = watch.context.intent
        watch.wants_look = watch.wants_look or (newest is not None and newest.epoch != epoch)
        watch.busy = watch.moving = False
        self._touched.add(watch.name)

    def _conclusion(self, moved: Moved, carried: Intent, context: Context) -> Context:
        now, time = self.clock(), self.wall()
        return finished(context, moved.outcomes, now, time, carried)


def nothing(_result: object) -> None:
    """Nobody asks how it ended."""


def _by_endpoint(watches: Iterable[Watch]) -> Iterable[Sequence[Watch]]:
    """The watches that one client serves: an account that hangs holds up no other."""
    groups: dict[Aws, list[Watch]] = collections.defaultdict(list)
    for watch in watches:
        groups[watch.definition.aws].append(watch)
    return groups.values()
