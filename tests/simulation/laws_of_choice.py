# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""To whom the address goes where several could have it, and what no start may forget."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.turn import PATIENCE
from ansible_collections.netops.floating_ip.tests.simulation import knowledge as known
from ansible_collections.netops.floating_ip.tests.simulation.laws import law
from ansible_collections.netops.floating_ip.tests.simulation.laws_of_moving import may_be_failback
from ansible_collections.netops.floating_ip.tests.simulation.record import (
    Announced,
    Life,
    Record,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import definition


@law("Best other target up; absent: the most preferred target that is proven up, by list order")
def the_most_preferred_that_is_up_gets_it(record: Record) -> Iterator[str]:
    """Or the one whose observer it is, once those on better ones have let it be, each in turn."""
    for move in record.moves:
        if move.cells or known.is_finishing(move) or may_be_failback(record, move):
            continue
        names = record.schedule.setup.target_names
        others = [name for name in names[: names.index(move.to)] if name != move.seen.holder]
        better = [name for name in others if _could_have_it(record, move, name)]
        if better and not _have_let_it_be(record, move, len(better)):
            yield f"{move}; {' and '.join(better)} preferred, and up"


def _have_let_it_be(record: Record, move: Announced, observers: int) -> bool:
    """Leniently: since the holder was last seen to work, or anybody was seen to hold it."""
    one, holder = record.observers[move.host], known.leaves(move)
    patience = PATIENCE * definition(record.schedule.setup).policy.reconcile_interval
    if holder is None:
        since = [s.at for s in one.seen if s.holder is not None and s.at <= move.at]
    else:
        passes = (p for p in one.probed if p.target == holder and p.evidence is Evidence.PASSED)
        since = [p.ended for p in passes if p.ended <= move.at]
    waited = move.at - max(since, default=0.0)
    return one.target == move.to and waited >= observers * patience


def _could_have_it(record: Record, move: Announced, name: str) -> bool:
    """Whether nothing spoke against it, the breaker's delay neither."""
    one, delay = record.observers[move.host], definition(record.schedule.setup).policy.breaker_delay
    steady = not move.is_alarmed or known.seconds_unbroken(one, name, move.at) >= delay
    is_up = known.is_passing(one, name, move.at) and steady
    return is_up and name not in (*(move.drained or ()), *move.thought_drained)


@law("split: converge to the intent if its target is proven up")
def a_split_converges_to_the_intent_first(record: Record) -> Iterator[str]:
    """But for one that the observer on that target leaves alone for long."""
    for move in record.moves:
        if not move.cells or move.before is None or move.to == move.before.to:
            continue
        own, wanted = record.observers[move.host].target, move.before.to
        if own in (None, wanted) and _could_have_it(record, move, wanted):
            yield f"{move}; it is intended to be at {wanted}, which was up"


@law("intent, drain and the move history always survive")
def no_start_forgets_orders_and_moves(record: Record) -> Iterator[str]:
    for one in record.observers.values():
        if known.forgot(record, one):
            continue
        for life in one.lives[1:]:
            for what in forgotten(life):
                yield f"at {life.started:.2f} the monitor on {one.host} began without {what}"


def forgotten(life: Life) -> Iterator[str]:
    """What the process before believed, or the disk said as this one began, and it does not."""
    kept = moves_of(life.context)
    lost = moves_of(life.before) - kept
    if life.stored is not None:
        lost |= moves_of(life.stored) - kept
        if life.stored.drained != life.context.drained:
            yield f"the drain of {life.stored.drained}"
        if _epoch(life.stored) > _epoch(life.context):
            yield f"the intent {life.stored.intent}"
    if lost:
        yield f"the moves {sorted(lost)}"


def moves_of(context: Context) -> set[tuple[str, str, str]]:
    """Without their moments: another boot has another clock."""
    return {(move.time, str(move.origin), move.to) for move in context.moves}


def _epoch(context: Context) -> int:
    return 0 if context.intent is None else context.intent.epoch
