# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From whom, to whom and by whom the address is moved."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.looks import LOOK_VALID
from ansible_collections.netops.floating_ip.tests.simulation import knowledge as known
from ansible_collections.netops.floating_ip.tests.simulation.laws import law
from ansible_collections.netops.floating_ip.tests.simulation.record import (
    Announced,
    Observed,
    Ordered,
    Record,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import definition


@law("Only to a target proven up")
def it_moves_only_to_a_target_that_has_just_passed(record: Record) -> Iterator[str]:
    for move in record.moves:
        one = record.observers[move.host]
        if not known.is_proven_up(one, move.to, move.at):
            yield f"{move}; it had not proven {move.to} up"


@law("never drained, unless forced")
def it_never_moves_to_a_drained_target(record: Record) -> Iterator[str]:
    for move in record.moves:
        if move.drained is not None and move.to in move.drained:
            yield f"{move}; {move.to} was drained"


@law("Holder down and best other target up: move. A timeout is evidence only if another answered")
def it_takes_the_address_only_from_a_holder_that_is_down(record: Record) -> Iterator[str]:
    for move in record.moves:
        holder = known.leaves(move)
        if holder is None or known.is_drain(move) or known.is_finishing(move):
            continue
        if may_be_failback(record, move) or is_down(record.observers[move.host], move, holder):
            continue
        yield f"{move}; it had not proven {holder} down"


def is_down(one: Observed, move: Announced, holder: str) -> bool:
    if known.is_dead_end(move) and not known.is_passing(one, holder, move.at):
        return True
    return known.is_proven_down(one, holder, move.at)


def may_be_failback(record: Record, move: Announced) -> bool:
    """Whether it goes from a holder that may well be up to a more preferred target."""
    one, holder = record.observers[move.host], str(known.leaves(move))
    is_up = known.is_proven_up(one, holder, move.at)
    return record.schedule.setup.failback == "auto" and known.is_preferred(record, move) and is_up


def is_failback(record: Record, move: Announced) -> bool:
    """Whether it can be nothing else: a holder that may be down as well explains it too."""
    one, holder = record.observers[move.host], str(known.leaves(move))
    return may_be_failback(record, move) and not is_down(one, move, holder)


@law("after a holder change or a cold start its failures count only after a pass, or after settle")
def a_new_holder_gets_time_to_start(record: Record) -> Iterator[str]:
    settle = definition(record.schedule.setup).policy.settle
    for move in record.moves:
        holder, one = known.leaves(move), record.observers[move.host]
        if holder is None or known.is_drain(move) or known.is_finishing(move):
            continue
        if known.is_dead_end(move) or may_be_failback(record, move):
            continue
        since = known.learnt_holder(one, holder, move.at)
        if known.has_passed(one, holder, since, move.at) or move.at - since >= settle - 0.2:
            continue
        yield f"{move}; {holder} had been the holder, as far as is known, since {since:.2f} only"


@law("an observer on a target moves it only to itself, or away from itself")
def an_observer_on_a_target_speaks_for_that_target_only(record: Record) -> Iterator[str]:
    for move in record.moves:
        own = record.observers[move.host].target
        if own is None or move.to == own:
            continue
        if move.seen.holder == own and is_down(record.observers[move.host], move, own):
            continue
        yield f"{move}; it is the observer on {own}"


@law("pause: no automatic write at all; an unreadable one means paused")
def it_moves_nothing_while_paused(record: Record) -> Iterator[str]:
    """A write that is being sent may be sent again while the look that guards it is valid."""
    for move in record.moves:
        if move.is_paused:
            yield f"{move}; it was paused"
    for one in record.observers.values():
        for tried in one.tried:
            begun = (s.at for s in record.schedule.steps if s.do == "pause" and s.at <= tried.sent)
            if tried.is_paused and tried.sent - max(begun) > LOOK_VALID + known.SLACK:
                yield f"at {tried.sent:.2f} {one.host} wrote {tried.key[0]} while it was paused"


@law("while nobody can tell which target this host is, there is no automatic write")
def a_host_that_may_be_any_target_moves_nothing(record: Record) -> Iterator[str]:
    for move in record.moves:
        if not move.is_known:
            yield f"{move}; it was not known which target {move.host} is"


@law("Failback: unbroken health for failback_delay, which doubles whenever it does not hold")
def failback_waits_for_unbroken_health(record: Record) -> Iterator[str]:
    policy = definition(record.schedule.setup).policy
    for one in record.observers.values():
        delay, last = policy.failback_delay, -1e9
        for move in one.moves:
            if known.leaves(move) is None or known.is_drain(move) or known.is_finishing(move):
                continue
            if not is_failback(record, move):
                delay = 2 * delay if move.at - last < delay else policy.failback_delay
                continue
            if _since_broken(one, move) < delay - 0.2:
                yield f"{move}; {move.to} had not been up unbroken for {delay:g} s"
            last = move.at


def _since_broken(one: Observed, move: Announced) -> float:
    """Seconds since a probe of the destination failed, or since anything is known of it."""
    probes = known.probes_of(one, move.to, move.at)
    broken = [p.ended for p in probes if p.evidence in known.OWN_FAULT]
    passes = [p.ended for p in probes if p.evidence is Evidence.PASSED]
    return move.at - max([*broken, min(passes, default=move.at)])


@law("All cells at another target: someone moved it: never revert. Operators' moves stay")
def it_never_takes_back_what_an_operator_ordered(record: Record) -> Iterator[str]:
    for move in record.moves:
        for ordered in _orders_before(record, move):
            if ordered.to != move.seen.holder or known.is_drain(move):
                continue
            if is_failback(record, move):
                yield f"{move}; an operator had moved it to {ordered.to} at {ordered.at:.2f}"


def _orders_before(record: Record, move: Announced) -> Iterator[Ordered]:
    """Whole moves that its observer was told of, and since which nobody changed anything."""
    if known.forgot(record, record.observers[move.host]):
        return
    for ordered in record.ordered:
        done = ordered.done_at
        is_known = move.host in ordered.told and ordered.is_whole and ordered.is_change
        if not is_known or done is None or done > move.at:
            continue
        is_overruled = any(o.at > ordered.at and o.to == move.to for o in record.ordered)
        if not is_overruled and not _was_moved_since(record, done, move.at):
            yield ordered


def _was_moved_since(record: Record, since: float, until: float) -> bool:
    return any(since < write.at < until for write in record.cloud.writes)


@law("a move marker that is live: someone is moving it")
def it_keeps_out_of_the_way_of_an_operators_move(record: Record) -> Iterator[str]:
    for move in record.moves:
        for ordered in record.ordered:
            one = record.observers[move.host]
            if move.host not in ordered.told or known.forgot(record, one):
                continue
            if ordered.done_at is not None and ordered.at < move.at < ordered.done_at:
                yield f"{move}; an operator was moving it to {ordered.to}"
