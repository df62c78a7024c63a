# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What the monitor tells: one event for each thing that changed, none for what stayed the same."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from .._aws.calls import CallRecord
from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._engine.change import Outcome
from .._engine.context import Context
from .._engine.decision import Decision, Verdict
from .._engine.health import FAILURES, Evidence, Health, ProbeResult, health_of
from .._engine.learn import Notice
from .._operations.move import Moved
from .._operations.result import entry_of
from .._report.event import Event, Kind, Sink
from .._report.table import summary
from .watch import Watch

_PASSING = re.compile(r"\b\d+(\.\d+)?(?= (s|ms|seconds?|minutes?|hours?)\b)|\b0x[0-9a-f]+\b")


@dataclass(frozen=True)
class Reporter:
    """`clock` is the loop's, `wall` the time of day as text: for people only.

    `sink` takes events from any thread.
    """

    sink: Sink
    clock: Callable[[], float]
    wall: Callable[[], str]
    _reads: dict[str, str] = field(default_factory=dict)  # how each kind of read last ended

    def say(
        self, kind: Kind, name: str, sentence: str, target: Optional[str] = None, **data: Any
    ) -> None:
        self.sink(Event(self.clock(), self.wall(), kind, name, sentence, target, data))

    def probes(self, watch: Watch, results: Sequence[ProbeResult]) -> None:
        """Probes that did not pass: the first ones in a row, then only what is another evidence."""
        for result in results:
            if self._is_news(watch, result):
                sentence = f"A probe of {result.target} {_ended(result)}: {result.reason}."
                evidence = result.evidence.value
                self.say(Kind.PROBE_FAILED, watch.name, sentence, result.target, evidence=evidence)

    @staticmethod
    def _is_news(watch: Watch, result: ProbeResult) -> bool:
        told, target = watch.told, result.target
        if result.evidence is Evidence.PASSED:
            told.failures[target] = 0
            return False
        told.failures[target] = told.failures.get(target, 0) + 1
        if watch.health.get(target) is Health.DOWN:
            return False
        is_first = told.failures[target] <= watch.definition.probe.fall
        is_other = told.evidence.get(target) is not result.evidence
        told.evidence[target] = result.evidence
        return is_first or is_other

    def health(self, watch: Watch, now: float) -> None:
        """Each target whose health changed since it was last told."""
        for target in watch.definition.targets:
            run = watch.context.run_of(target.name)
            health = health_of(run, watch.definition.probe, now)
            before = watch.health.get(target.name, Health.UNKNOWN)
            if health is before:
                continue
            watch.health[target.name] = health
            because = f": {run.reason}" if run.reason else ""
            sentence = f"{target.name} is {health.value}, was {before.value}{because}."
            self.say(Kind.HEALTH, watch.name, sentence, target.name, health=health.value)

    def decision(self, watch: Watch, decision: Decision) -> None:
        """A decision that differs from the last one, in more than how many seconds it says."""
        if decision.verdict is Verdict.LOOK:
            reason = lasting(decision.reason)
            is_news = reason != watch.told.look
            watch.told.look = reason
            if watch.told.looking_since is None:
                watch.told.looking_since = watch.decided_at
        else:
            is_news = _gist(decision) != _gist(watch.told.decision)
            watch.told.decision, watch.told.looking_since = decision, None
        if is_news:
            self.say(
                Kind.DECISION,
                watch.name,
                decision.reason,
                decision.to,
                verdict=decision.verdict.value,
                alarm=decision.alarm,
            )

    def look(self, watch: Watch, seen: Look) -> None:
        """That AWS cannot be read, or can be again."""
        error = None if seen.error is None else lasting(seen.error)
        before, watch.told.look_error = watch.told.look_error, error
        if error is not None and error != before:
            self.say(Kind.PROBLEM, watch.name, f"AWS could not be read. {seen.error}")
        elif error is None and before is not None:
            self.say(Kind.LOOK, watch.name, "AWS can be read again.")

    def moved(self, definition: FloatingIp, moved: Moved) -> None:
        for outcome in moved.outcomes:
            self.say(
                Kind.CELL,
                definition.name,
                _cell_sentence(outcome),
                outcome=outcome.action.value,
                cell=outcome.cell.id,
            )
        self.say(
            Kind.MOVED,
            definition.name,
            f"{summary(entry_of(moved))}.",
            moved.holder,
            seconds=round(moved.seconds, 3),
        )

    def notice(self, definition: FloatingIp, notice: Notice) -> None:
        self.say(
            Kind.NOTICE,
            definition.name,
            f"{notice.sentence}.",
            notice.target,
            what=notice.kind,
            alarm=notice.alarm,
        )

    def pause(self, watch: Watch) -> None:
        if watch.pause is None:
            self.say(Kind.RESUME, watch.name, "It is not paused any more.")
        else:
            pause = watch.pause
            reason = pause.reason or "no reason was given"
            self.say(Kind.PAUSE, watch.name, f"{pause.by} paused it: {reason}.")

    def orders(self, watch: Watch, before: Context) -> None:
        """The drains, undrains and resets since that context."""
        now = watch.context
        for target in now.drained:
            if target not in before.drained:
                self.say(Kind.DRAIN, watch.name, f"{target} was drained.", target)
        for target in before.drained:
            if target not in now.drained:
                self.say(Kind.UNDRAIN, watch.name, f"{target} is not drained any more.", target)
        if now.reset_at != before.reset_at:
            self.say(Kind.NOTICE, watch.name, "The breaker was reset.", what="reset", alarm=False)

    def call(self, record: CallRecord) -> None:
        """One AWS call; of reads only those that end in another way than the one before."""
        outcome = record.error or "ok"
        if record.operation.startswith("Describe"):
            if self._reads.get(record.operation) == outcome:
                return
            self._reads[record.operation] = outcome
        took = record.seconds * 1000
        self.say(
            Kind.CALL,
            "",
            f"{record.operation} {record.resource}: {outcome} in {took:.0f} ms.",
            operation=record.operation,
            resource=record.resource,
            milliseconds=round(took, 1),
            outcome=outcome,
        )


@functools.lru_cache(maxsize=1024)  # every round says again what the one before said
def lasting(sentence: str) -> str:
    """The sentence without what changes by the mere passing of time: its durations."""
    return _PASSING.sub("some", sentence)


def _gist(decision: Optional[Decision]) -> object:
    if decision is None:
        return None
    return decision.verdict, decision.to, decision.alarm, lasting(decision.reason)


def _ended(result: ProbeResult) -> str:
    return "failed" if result.evidence in FAILURES else "could not be made"


def _cell_sentence(outcome: Outcome) -> str:
    error = f": {outcome.error}" if outcome.error else "."
    return f"{outcome.cell.address} in {outcome.cell.id}: {outcome.action.value}{error}"
