# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The loop: probe, look, decide, act. It holds no rule: the engine decides, operations act.

One thread probes and decides; AWS calls run beside it as jobs, so that a slow API delays no probe.
Everything the loop touches is handed in, the clock too: a simulation runs this very code.
"""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from .._engine.decision import Decision, Verdict, decide
from .._engine.health import FAILURES, Answer, ProbeResult
from .._engine.observe import observe
from .._probe.references import answer_of, ask
from .._probe.request import Done, ProbeRequest
from .acts import Acts
from .contexts import Contexts
from .events import Reporter
from .handover import Handover
from .status import StatusBoard
from .watch import NEVER, Watch

LONGEST_WAIT = 0.5  # seconds: the operators' files are looked at at least this often
LONGEST_SILENCE = 1.0  # seconds: time alone changes decisions too, so each is made this often
AWAKE = 5.0  # seconds between two looks because rounds were late: an overloaded host always is
MANY = 50  # floating IPs, from which on a turn takes long enough to be worth waiting for company
COMPANY = 0.005  # seconds that the first of some finished probes waits for others then
WRITES = (Verdict.MOVE, Verdict.REPAIR)


class Probing(Protocol):
    """What the loop needs of the Prober."""

    def start(self, request: ProbeRequest) -> None:
        """Begin a probe."""

    def wait_done(self, until: float) -> Sequence[Done]:
        """The probes that ended, as soon as there is one; none at `until`."""


@dataclass
class Loop:
    """Watches some floating IPs, by name: turn after turn, until whoever turns it has enough."""

    watches: Mapping[str, Watch]
    prober: Probing
    acts: Acts
    contexts: Contexts
    report: Reporter
    board: StatusBoard
    clock: Callable[[], float]
    taken_over: Handover = field(default_factory=dict)  # from the window before this one
    asked: dict[tuple[str, int], float] = field(default_factory=dict)  # references: when last
    let_go: Sequence[str] = ()  # what that one watched, and this one does not
    under_way: int = 0  # probes in flight, of targets and references
    rounds: int = 0  # that were started

    def turn(self) -> None:
        """Start the rounds that are due, wait for what comes first, fold it in, decide."""
        self._start_rounds()
        done = self._finished()
        self.under_way -= len(done)
        touched = self._fold(done) | self._refresh() | self.acts.finish_jobs()
        if not touched:
            return
        watches = [self.watches[name] for name in sorted(touched)]
        self.acts.host.tell(watches, self.clock())
        self._decide(watches)
        self.board.show(watches)

    def _finished(self) -> Sequence[Done]:
        """The probes that ended. Of many floating IPs those of a short while: a turn goes through
        all of them, and one decision for two probes is enough.
        """
        done = self.prober.wait_done(self._wait_until())
        if not done or len(self.watches) < MANY:
            return done
        found, until = list(done), self.clock() + COMPANY
        while self.under_way > len(found) and self.clock() < until:
            found += self.prober.wait_done(until)
        return found

    def _wait_until(self) -> float:
        rounds = (watch.next_round for watch in self.watches.values())
        return min((self.clock() + LONGEST_WAIT, *rounds))

    def _start_rounds(self) -> None:
        now = self.clock()
        for watch in self.watches.values():
            if watch.next_round <= now:
                self._wake(watch, now)
                self.rounds += 1
                for target in watch.start_round(now):
                    self._start_probe(watch, target)

    def _wake(self, watch: Watch, now: float) -> None:
        """After a stop, of this process or its host, others may have moved the address."""
        woken_at = watch.context.woken_at
        if not watch.is_late(now) or (woken_at is not None and now - woken_at < AWAKE):
            return
        watch.context = replace(watch.context, woken_at=now)
        watch.was_stopped = True

    def _start_probe(self, watch: Watch, target: str) -> None:
        settings = watch.definition.probe
        address = watch.address_of(target)
        if address is not None or settings.protocol == "command":
            watch.probing[target] += 1
            self._begin(ProbeRequest(target, address or "", settings, floating_ip=watch.name))

    def _begin(self, request: ProbeRequest) -> None:
        self.under_way += 1
        self.prober.start(request)

    def _refresh(self) -> set[str]:
        """The floating IPs whose files changed, and those that have been silent for long."""
        now = self.clock()
        touched = set()
        for watch in self.watches.values():
            if now - watch.refreshed_at < LONGEST_WAIT:
                continue
            self._wake(watch, now)
            if self.contexts.refresh(watch) or now - watch.decided_at >= LONGEST_SILENCE:
                touched.add(watch.name)
        return touched

    def _fold(self, done: Sequence[Done]) -> set[str]:
        """Fold finished probes into what is believed; the floating IPs whose beliefs may differ."""
        if not done:
            return set()
        results: dict[str, list[ProbeResult]] = collections.defaultdict(list)
        answers: dict[str, list[Answer]] = collections.defaultdict(list)
        for one in done:
            if one.request.floating_ip:
                results[one.request.floating_ip].append(one.result)
            else:
                for name, answer in self._heard(one):
                    answers[name].append(answer)
        touched = {*results, *answers}
        for name in touched:
            self._observe(self.watches[name], results[name], answers[name])
        return touched

    def _heard(self, done: Done) -> Iterable[tuple[str, Answer]]:
        """A reference's answer, for each floating IP that counts on it."""
        answer = answer_of(done)
        if answer is not None:
            reference = done.request.address, done.request.port
            for watch in self.watches.values():
                if reference in watch.definition.policy.references:
                    yield watch.name, answer

    def _observe(
        self, watch: Watch, results: Sequence[ProbeResult], answers: Sequence[Answer]
    ) -> None:
        now = self.clock()
        watch.probing.subtract(result.target for result in results)
        self.report.probes(watch, results)
        own, is_known = watch.observer.target, watch.observer.is_known
        watch.context = observe(
            watch.context, results, answers, watch.definition, now, own, is_known
        )
        self.report.health(watch, now)
        if any(one.evidence in FAILURES for one in results):
            watch.hurry(now)
            self._ask_references(watch, now)

    def _ask_references(self, watch: Watch, now: float) -> None:
        """At the pace of the probes at most, however many floating IPs fail at a time."""
        for host, port in watch.definition.policy.references:
            if now - self.asked.get((host, port), NEVER) >= watch.definition.probe.fast_interval:
                self.asked[host, port] = now
                self._begin(ask(host, port))

    def _decide(self, watches: Sequence[Watch]) -> None:
        """Ask the engine about each; looks and moves that are due now go out together."""
        to_look: list[Watch] = []
        to_move: list[tuple[Watch, Decision]] = []
        for watch in watches:
            if watch.busy:
                continue
            decision = self._decision(watch)
            self.report.decision(watch, decision)
            watch.decision = decision
            if decision.verdict is Verdict.LOOK:
                to_look.append(watch)
            elif decision.verdict in WRITES:
                to_move.append((watch, decision))
        if to_look:
            self.acts.look(to_look)
        if to_move:
            self.acts.move(to_move)

    def _decision(self, watch: Watch) -> Decision:
        """The engine's, and once more if an order came in this very moment.

        Not for ever: a disk may say each time that something came.
        """
        decision = self._decided(watch)
        if decision.verdict in WRITES and self.contexts.refresh(watch):
            return self._decided(watch)
        return decision

    def _decided(self, watch: Watch) -> Decision:
        now = watch.decided_at = self.clock()
        self.report.health(watch, now)
        reason = watch.must_look(now)
        if reason:
            return Decision(Verdict.LOOK, reason)
        return decide(watch.view(now))
