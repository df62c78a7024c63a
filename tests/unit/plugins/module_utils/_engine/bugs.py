# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wrong versions of rules, named after what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    candidate,
    cells,
    decision,
    health,
    history,
    moves,
    observe,
    plan,
    split,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure


def always(value: object) -> Callable[..., object]:
    return lambda *anything, **more: value


def passing_through(context: Any, *anything: object) -> Any:
    return context


def keeping_the_runs(context: Any, boot_id: str, now: float, *_more: object) -> Any:
    return replace(context, boot_id=boot_id, saved_at=now)


restore, with_holder, observed = decision.restore, moves.with_holder, observe.observe


def as_a_cold_start(context: Any, boot: str, now: float, wanted: Any, goes_on: bool = False) -> Any:
    return restore(context, boot, now, wanted)


def since_the_first_look(context: Any, holder: str, now: float) -> Any:
    known = with_holder(context, holder, now)
    is_first = context.holder is None
    return replace(known, holder_since=now, holder_seen_up=False) if is_first else known


def as_if_it_were_known(*arguments: Any) -> Any:
    return observed(*arguments[:6])


def forgetting_everything(context: Any, boot_id: str, now: float, *_more: object) -> Any:
    return type(context)(boot_id=boot_id, saved_at=now, holder_since=now)


def one_more_pass(run: Any, probe: Any, now: float) -> bool:
    return bool(run.health is health.Health.UP)


def without_confirmation(run: Any, probe: Any) -> bool:
    return bool(run.length <= -probe.fall and health.lasted(run) >= health.min_down(run, probe))


settle, answers_of = health.settle, observe.answers_of


def as_if_something_answered(run: Any, answers: Any, probe: Any, now: float) -> Any:
    return settle(run, [*answers, health.Answer("nobody", now)], probe, now)


def answered_as_it_began(source: str, at: float) -> Any:
    """Of a look that began after a second and a half."""
    return health.Answer(source, min(at, 1.5))


def of_oneself_too(results: Any, own: Any) -> Any:
    return answers_of(results, None)


def whoever_has_it(look: Any, reading: Any) -> bool:
    return cells.is_cell_of_ours(reading)


def of_any_source(answer: Any, timeout: Any) -> bool:
    return bool(answer.at >= timeout.started)


def of_any_time(answer: Any, timeout: Any) -> bool:
    return bool(answer.source != timeout.target)


def eligible_though_drained(one: Any, target: str) -> bool:
    return bool(one.is_up(target))


def eligible_though_unproven(one: Any, target: str) -> bool:
    return target not in one.context.drained


def the_least_preferred(one: Any, other_than: Any = None, also: Any = bool) -> Any:
    names = [target.name for target in reversed(one.definition.targets)]
    fit = [n for n in names if n != other_than and candidate.is_eligible(one, n) and also(n)]
    return fit[0] if fit else None


def passed_ever(context: Any, run: Any, policy: Any, now: float) -> bool:
    since = context.holder_since
    return run.passed_at is not None or now - since >= policy.settle


def never_settled(context: Any, run: Any, policy: Any, now: float) -> bool:
    return run.passed_at is not None and run.passed_at > context.holder_since


def settled_only(context: Any, run: Any, policy: Any, now: float) -> bool:
    return bool(now - context.holder_since >= policy.settle)


def counting_operators(context: Any, policy: Any, now: float) -> Any:
    return history.changes(context.moves)


def counting_ours(context: Any, policy: Any, now: float) -> Any:
    return tuple(m for m in history.changes(context.moves) if m.source == "monitor")


def by_the_most_cells(one: Any) -> Any:
    return split.most_cells(one)


def by_the_intent_alone(one: Any) -> Any:
    return one.context.intent.to if one.context.intent else split.most_cells(one)


def by_the_fewest_cells(one: Any) -> Any:
    held = [one.look.target_at(reading.points_at) for reading in one.look.readings]
    names = [target.name for target in one.definition.targets if target.name in held]
    return min(reversed(names), key=held.count, default=None)


def unadopted(context: Any, *anything: object) -> Any:
    return context, ()


advance, cells_astray, failback_due = health.advance, decision.cells_astray, decision.failback_due
after_failure = plan.after_failure


def unknown_as_refused(run: Any, result: Any, *anything: Any) -> Any:
    unknown = result.evidence is health.Evidence.UNKNOWN
    evidence = health.Evidence.REFUSED if unknown else result.evidence
    return advance(run, replace(result, evidence=evidence), *anything)


def of_the_first_cell(look: Any) -> Any:
    first = look.target_at(look.readings[0].points_at) if look.readings else None
    return (cells.Holding.HELD, first) if first else (cells.Holding.ABSENT, None)


def with_policy(one: Any, **policy: Any) -> Any:
    return replace(
        one, definition=replace(one.definition, policy=replace(one.definition.policy, **policy))
    )


def repairing_anyway(one: Any) -> Any:
    return cells_astray(with_policy(one, on_drift="repair"))


def going_back_unasked(one: Any) -> Any:
    return failback_due(with_policy(one, failback="auto"))


def believing_that_a_holds_it(look: Any) -> Any:
    return cells.Holding.HELD, "a"


def without_the_read(failure: Any, change: Any, reading: Any, is_newest: bool) -> Any:
    return after_failure(failure, change, None, is_newest)


def as_if_newest(failure: Any, change: Any, reading: Any, is_newest: bool) -> Any:
    return after_failure(failure, change, reading, True)


def once_more(failure: Any, change: Any, reading: Any, is_newest: bool) -> Any:
    return after_failure(Failure.UNSENT, change, reading, is_newest)


def without_its_source(*told: Any, source: str = "", **more: Any) -> decision.Decision:
    return decision.Decision(*told, **more)
