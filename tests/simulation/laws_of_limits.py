# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How often, and what after a fight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import OPERATOR
from ansible_collections.netops.floating_ip.tests.simulation import knowledge as known
from ansible_collections.netops.floating_ip.tests.simulation.laws import law
from ansible_collections.netops.floating_ip.tests.simulation.record import (
    Announced,
    Observed,
    Record,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import definition

REPAIRS = 3


@law("cooldown: two automatic moves are that far apart")
def two_moves_of_an_observer_are_a_cooldown_apart(record: Record) -> Iterator[str]:
    """But for what an operator wants: a drain, or an order that was interrupted."""
    cooldown = definition(record.schedule.setup).policy.cooldown
    for one in record.observers.values():
        for first, second in pairwise(one.moves):
            if second.at - first.at >= cooldown - known.SLACK or second.intent.source == OPERATOR:
                continue
            if not any(first.at < life.started <= second.at for life in one.lives):
                yield f"{second}; its last one was at {first.at:.2f}"


@law("The breaker counts every holder change that no operator's intent announced")
def at_most_max_moves_and_one_more_in_a_window(record: Record) -> Iterator[str]:
    policy = definition(record.schedule.setup).policy
    for one in record.observers.values():
        if known.forgot(record, one):
            continue
        despite: list[Announced] = []
        for move in one.moves:
            if known.is_finishing(move) or known.is_drain(move):
                continue
            since = max([move.at - policy.max_moves_window + 1.0, *resets(one, move.at)])
            if changes_seen(record, one, since, move.at) < policy.max_moves:
                continue
            if move.cells or any(before.at > since for before in despite):
                yield f"{move}; it had seen {policy.max_moves} changes since {since:.2f}"
            despite.append(move)


@law("Open, one move a window is still made, with an alarm")
def a_move_by_an_open_breaker_is_an_alarm(record: Record) -> Iterator[str]:
    policy = definition(record.schedule.setup).policy
    lags = any(step.do == "EC2 lags" for step in record.schedule.steps)  # then it saw old answers
    for one in record.observers.values():
        if lags or known.forgot(record, one):
            continue
        for move in (move for move in one.moves if not (move.is_alarmed or is_exempt(move))):
            since = max([move.at - policy.max_moves_window + 1.0, *resets(one, move.at)])
            if changes_seen(record, one, since, move.at) >= policy.max_moves:
                yield f"{move}; without an alarm after {policy.max_moves} changes"


def resets(one: Observed, until: float) -> list[float]:
    return [at for at in one.resets if at <= until]


def changes_seen(record: Record, one: Observed, since: float, until: float) -> int:
    """The holder changes that it saw itself, but those that an operator may have made.

    What may be an old answer of AWS shows no change.
    None across a start: who held it before may not have been saved yet.
    """
    seen = [s for s in one.seen if s.holder is not None and not s.is_error and s.at < until]
    holders = [s for s in seen if not known.may_be_old(one, s)]
    return sum(
        since < after.at
        and before.holder != after.holder
        and not any(before.at < life.started <= after.at for life in one.lives)
        and not _is_ordered(record, one, after.at)
        for before, after in pairwise(holders)
    )


def _is_ordered(record: Record, one: Observed, at: float) -> bool:
    """Leniently: whether an operator had a hand in it at all."""
    near = 40.0
    by_operator = any(o.at - 1.0 < at < (o.done_at or o.at) + near for o in record.ordered)
    by_drain = any(known.is_drain(m) and m.at <= at < m.at + near for m in record.moves)
    return by_operator or by_drain


@law("repairs have a limit: three an hour per cell")
def a_cell_is_repaired_three_times_at_most(record: Record) -> Iterator[str]:
    for one in record.observers.values():
        if known.forgot(record, one):
            continue
        repairs: Counter[str] = Counter()
        last = 0.0
        for move in one.moves:
            if any(last < at <= move.at for at in one.resets):
                repairs.clear()
            last = move.at
            repairs.update(move.cells)
            if move.cells and max(repairs.values()) > REPAIRS:
                yield f"{move}; that is repair number {max(repairs.values())} of one cell"


@law("A split is repaired only if two looks a reconcile_interval apart agree, and only if asked to")
def a_repair_needs_two_looks_that_agree(record: Record) -> Iterator[str]:
    setup = record.schedule.setup
    interval = definition(setup).policy.reconcile_interval
    for one in record.observers.values():
        for move in (move for move in one.moves if move.cells):
            if setup.on_drift == "report":
                yield f"{move}; on_drift is report"
            since = _agreed_since(one, move)
            if move.seen.began - since < interval - known.SLACK:
                yield f"{move}; it had been seen so since {since:.2f} only"
            if move.to not in _destinations(record, move):
                yield f"{move}; that is neither the intent nor where most cells are"


def _destinations(record: Record, move: Announced) -> set[str]:
    """Where a split may converge to: the intent, or the targets of most cells."""
    found = Counter(record.cloud.interfaces.get(point or "") for point in move.seen.points)
    found.pop(None, None)
    most = {str(name) for name, count in found.items() if count == max(found.values())}
    return most | ({move.before.to} if move.before is not None else set())


def _agreed_since(one: Observed, move: Announced) -> float:
    since = move.seen.began
    for seen in reversed([s for s in one.seen if s.at <= move.at and not s.is_error]):
        if seen.points != move.seen.points:
            break
        since = seen.began
    return since


@law("If our move is reversed, we do not act again until we have seen the new holder up")
def after_a_reversal_the_new_holder_must_be_seen_up(record: Record) -> Iterator[str]:
    for one in record.observers.values():
        if known.forgot(record, one):
            continue
        for ours, following in pairwise(one.moves):
            back = _taken_back(record, one, ours, following)
            if back is None or known.is_drain(following) or resets(one, following.at)[-1:] > [back]:
                continue
            holder = str(ours.seen.holder)
            if not known.was_up_all_the_while(one, ours.to, ours.at, back):
                continue  # whoever took it back may have seen more than this observer did
            if not known.has_passed(one, holder, back, following.at):
                yield f"{following}; {holder} had it back since {back:.2f}, and was not seen up"


def _taken_back(
    record: Record, one: Observed, ours: Announced, following: Announced
) -> float | None:
    """When it saw that what it had moved is where it had been, of whatever other party's will."""
    if known.leaves(ours) is None or following.to != ours.to:
        return None
    if any(o.done_at is None or o.done_at > ours.at for o in record.ordered):
        return None
    given = next((s.at for s in one.seen if s.at > ours.at and s.holder == ours.to), None)
    if given is None or given > following.at:
        return None
    return next(
        (
            s.began
            for s in one.seen
            if given < s.at < following.at and s.holder == ours.seen.holder and s.began > ours.at
        ),
        None,
    )


@law("a reversal of a reversal opens the breaker")
def after_a_fight_it_moves_once_more_at_most(record: Record) -> Iterator[str]:
    for one in record.observers.values():
        if known.forgot(record, one) or one.resets or record.ordered:
            continue
        for number, ours in enumerate(one.moves):
            fought = _fought_since(one, ours, one.moves[number + 1 :])
            later = [m for m in one.moves if fought and m.at > fought and _is_one_more(one, m)]
            window = definition(record.schedule.setup).policy.max_moves_window
            if len(later) > 1 and later[1].at - ours.at < window:
                yield f"{later[1]}; since {fought:.2f} someone fights"


def _is_one_more(one: Observed, move: Announced) -> bool:
    """What AWS refused moves nothing."""
    return known.was_written(one, move) and not is_exempt(move)


def is_exempt(move: Announced) -> bool:
    return known.is_finishing(move) or known.is_drain(move)


def _fought_since(one: Observed, ours: Announced, later: Sequence[Announced]) -> float | None:
    """When it gave it once more to where someone had taken it from, though that had been up."""
    holder = known.leaves(ours)
    back = next((s for s in one.seen if s.at > ours.at + 6.0 and s.holder == holder), None)
    again = next((m for m in later if m.to == ours.to and known.leaves(m) == holder), None)
    if holder is None or back is None or again is None or again.at < back.at:
        return None
    between = [m for m in one.moves if ours.at < m.at < again.at]
    was_up = known.is_proven_up(one, ours.to, back.at) and known.is_passing(one, ours.to, back.at)
    return again.at + 0.5 if was_up and not between and not is_exempt(ours) else None
