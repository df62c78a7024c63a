# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each write, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.tests.simulation import knowledge as known
from ansible_collections.netops.floating_ip.tests.simulation.client import Tried
from ansible_collections.netops.floating_ip.tests.simulation.cloud import OTHERS
from ansible_collections.netops.floating_ip.tests.simulation.laws import law
from ansible_collections.netops.floating_ip.tests.simulation.record import (
    Announced,
    Observed,
    Record,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import STRANGER

LOOK_VALID = 2.0
OVERRULED_WITHIN = 3.0  # seconds: a write that was on its way already
RIVAL = "rival"


def lag_of(record: Record) -> float:
    return max((s.value for s in record.schedule.steps if s.do == "EC2 lags"), default=0.0)


@law("Only our cells: no other route is ever touched")
def it_writes_only_its_own_cells(record: Record) -> Iterator[str]:
    cloud = record.cloud
    for write in cloud.writes:
        if write.who == RIVAL:
            continue
        if write.key not in cloud.keys or write.after not in cloud.interfaces:
            yield f"at {write.at:.2f} {write.who} wrote {write.key}: {write.after}"
    for key, value in OTHERS.items():
        if cloud.state.get(key) != value:
            yield f"{key} is {cloud.state.get(key)} and was {value}"


@law("foreign and alive: report, never overwrite")
def a_living_stranger_is_never_overwritten(record: Record) -> Iterator[str]:
    """But for the race that no look closes: it came after the look that guards the write."""
    writes = record.cloud.writes
    for number, write in enumerate(writes):
        if write.who == RIVAL or write.before != STRANGER or write.was_dead or _forced(record):
            continue
        came = max(one.at for one in writes[:number] if one.key == write.key)
        if write.sent - came > LOOK_VALID + lag_of(record) + known.SLACK:
            yield f"at {write.at:.2f} {write.who} overwrote what came at {came:.2f}"


def _forced(record: Record) -> bool:
    return any(ordered.is_forced for ordered in record.ordered)


@law("Look again right before; that look is valid for two seconds. Unreadable: no move")
def each_write_goes_by_a_look_of_the_last_two_seconds(record: Record) -> Iterator[str]:
    for one in record.observers.values():
        looks = [a.sent for a in one.answered if a.is_ok and a.operation.startswith("describe_r")]
        for tried in one.tried:
            last = max((at for at in looks if at <= tried.sent), default=-1e9)
            if tried.sent - last > LOOK_VALID + known.SLACK:
                yield f"at {tried.sent:.2f} {one.host} wrote {tried.key[0]} by a look of {last:.2f}"


@law("The intent and a move marker are written before the first call; the newest intent counts")
def the_intent_of_each_write_is_on_disk_before_it(record: Record) -> Iterator[str]:
    for one in record.observers.values():
        for tried in one.tried:
            intent = tried.stored
            if intent is None:
                if not known.forgot(record, one):
                    yield f"at {tried.sent:.2f} {one.host} wrote, and its disk knows of no intent"
                continue
            if (intent.moving and f"eni-{intent.to}" == tried.to) or known.forgot(record, one):
                continue
            if _is_just_announced(record, one, tried):
                continue
            yield (
                f"at {tried.sent:.2f} {one.host} wrote {tried.to} into {tried.key[0]}, and its "
                f"disk says {intent.to}, {'moving' if intent.moving else 'done'}"
            )


def _is_just_announced(record: Record, one: Observed, tried: Tried) -> bool:
    """Whether an operator announced another move while this write was on its way."""
    events = (o.at for o in record.ordered if one.host in o.told)
    told = [at for at in events if at - 1.0 <= tried.sent]
    return bool(told) and tried.sent - max(told) < OVERRULED_WITHIN


@law("never a resend on a stale read alone")
def what_aws_acknowledged_is_not_sent_again(record: Record) -> Iterator[str]:
    for one in record.observers.values():
        said_yes: dict[tuple[float, int, tuple[str, str]], float] = {}
        for tried in one.tried:
            move = known.life_began(one, tried.sent), tried.job, tried.key
            if move in said_yes:
                times = f"{said_yes[move]:.2f} and {tried.sent:.2f}"
                yield f"{one.host} wrote {tried.key[0]} at {times}"
            if tried.is_answered:
                said_yes[move] = tried.sent


@law("Verify by reading: moved is said only of what was read so")
def what_is_said_to_be_moved_was_there(record: Record) -> Iterator[str]:
    for at, move, event in _outcomes(record, "moved"):
        if not _was_there(record, str(event.data["cell"]), f"eni-{move.to}", move.at, at):
            yield f"{event.sentence} It never was at {move.to} since {move.at:.2f}"


@law("unchanged: resend; elsewhere: conflict, stop that cell")
def what_is_called_a_conflict_was_in_other_hands(record: Record) -> Iterator[str]:
    """Or an operator announced another move meanwhile, which overrules this one."""
    for at, move, event in _outcomes(record, "conflict"):
        since = move.seen.began - lag_of(record)
        told = [o.at for o in record.ordered if move.host in o.told]
        if any(since - OVERRULED_WITHIN < ordered < at for ordered in told):
            continue
        number = [key[0] for key in record.cloud.keys].index(str(event.data["cell"]))
        moments = [since, *(w.at for w in record.cloud.writes if since <= w.at <= at)]
        been = {record.cloud.points(moment)[number] for moment in moments}
        if been <= {move.seen.points[number], f"eni-{move.to}"}:
            yield f"{event.sentence} Since {since:.2f} it was at {sorted(map(str, been))} only"


def _outcomes(record: Record, outcome: str) -> Iterator[tuple[float, Announced, Event]]:
    """What was said of cells, with the move that it was said of: the last one announced before.

    By the order of the words: the next move may be announced in the same moment.
    """
    to_come = {host: iter(one.moves) for host, one in record.observers.items()}
    made: dict[str, Announced] = {}
    for at, host, event in record.events:
        if event.kind is Kind.INTENT:
            made[host] = next(to_come[host])
        elif event.kind is Kind.CELL and event.data["outcome"] == outcome:
            yield at, made[host], event


def _was_there(record: Record, table: str, eni: str, since: float, until: float) -> bool:
    number = [key[0] for key in record.cloud.keys].index(table)
    moments = [w.at for w in record.cloud.writes if since <= w.at <= until]
    return any(record.cloud.points(moment)[number] == eni for moment in (since, *moments))


@law("The monitor ends by no mistake of its own")
def nothing_is_broken_in_the_program(record: Record) -> Iterator[str]:
    yield from record.mistakes
