# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Events as a text timeline for people: when, who answered the client then, what, and the sentence.

Runs are told in one row: 412 answers of one server, the probes that failed, the calls of one move.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from .event import Event, Kind
from .wording import lasting, many, plain

WIDTH = 100
NOBODY = "nobody"
_LANE, _LANE_LIMIT = "answered by", 20
_CLIENT = (Kind.ANSWERED, Kind.LOST)
_BULK = (Kind.CALL, Kind.CELL, Kind.PROBE_FAILED)  # these come in numbers, and interleaved
_WORDS = {Kind.PROBE_FAILED: "probe", Kind.ANSWERED: "client", Kind.LOST: "client"}
_ASCII = str.maketrans({"─": "-", "●": "|", "╳": "x", "…": "~", "→": ">", "│": "|"})


@dataclass(frozen=True)
class Row:
    """One row: `at` is what it is sorted by (s), `serving` who answered the client then."""

    at: float
    word: str
    sentence: str
    serving: Optional[str] = None


def timeline(events: Iterable[Event], width: int = WIDTH, ascii_only: bool = False) -> str:
    """The events, given in any order, as text of at most `width` columns (60 at least)."""
    listed = sorted(events, key=_begins)
    if not listed:
        return "nothing happened\n"
    runs = collapse_client(listed)
    others = [event for event in listed if event.kind not in _CLIENT]
    rows = sorted(rows_of(runs) + rows_of(others), key=lambda row: row.at)
    text = _layout(_served(rows, runs), _begins(listed[0]), max(width, 60), bool(runs))
    return text.translate(_ASCII).encode("ascii", "replace").decode() if ascii_only else text


def collapse_client(events: Sequence[Event]) -> list[Event]:
    """The client's events in order, those in a row with one server (or with none) made one."""
    mine = sorted((event for event in events if event.kind in _CLIENT), key=_begins)
    groups = itertools.groupby(mine, key=lambda e: (e.kind, e.target, e.floating_ip))
    return [_one_run(list(group)) for _kind, group in groups]


def _one_run(events: Sequence[Event]) -> Event:
    """One event for several: the number and the time of them all, told anew."""
    start = events[0].data["from"]
    end = max(event.data["to"] for event in events)
    count = sum(event.data["count"] for event in events)
    if events[0].kind is Kind.ANSWERED:
        sentence = f"{many(count, 'answer')} from {events[0].target}"
        data = {"from": start, "to": end, "count": count}
        return replace(events[0], sentence=f"{sentence} over {lasting(end - start)}", data=data)
    sentence = f"{many(count, 'request')} unanswered: nobody for {lasting(end - start)}"
    data = {"from": start, "to": end, "count": count, "milliseconds": (end - start) * 1000}
    return replace(events[0], sentence=sentence, data=data)


def _begins(event: Event) -> float:
    """A client's event is written when its run ends; it belongs where the run began."""
    return float(event.data["from"]) if event.kind in _CLIENT else event.at


def rows_of(events: Sequence[Event]) -> list[Row]:
    """A row for each event, one for those in numbers that are alike; `events` are in order."""
    rows: list[Row] = []
    for bulk, group in itertools.groupby(events, key=lambda event: event.kind in _BULK):
        if bulk:
            rows += _bulk_rows(list(group))
        else:
            rows += [_row(event) for event in group]
    return rows


def _row(event: Event) -> Row:
    word = _WORDS.get(event.kind, event.kind.value)
    return Row(_begins(event), word, plain(event.sentence))


def _bulk_rows(events: Sequence[Event]) -> list[Row]:
    """One row for all that are alike, at the first one's moment, whatever stands between them."""
    alike: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        alike.setdefault(_likeness(event), []).append(event)
    return [_row(group[0]) if len(group) == 1 else _one_row(group) for group in alike.values()]


def _likeness(event: Event) -> tuple[object, ...]:
    if event.kind is Kind.CALL:
        return (event.kind, event.floating_ip, event.data["operation"], event.data["outcome"])
    if event.kind is Kind.CELL:
        return (event.kind, event.floating_ip, event.data["outcome"])
    return (event.kind, event.floating_ip, event.target)


def _one_row(events: Sequence[Event]) -> Row:
    first, last = events[0], events[-1]
    within = lasting(last.at - first.at)
    if first.kind is Kind.CALL:
        spent = [event.data["milliseconds"] for event in events]
        least, most = f"{min(spent):.0f}", f"{max(spent):.0f}"
        each = f"{least} ms each" if least == most else f"{least} to {most} ms each"
        sentence = f"{len(events)} x {first.data['operation']} {first.data['outcome']}, {each}"
    elif first.kind is Kind.CELL:
        sentence = f"{many(len(events), 'cell')} {first.data['outcome']} within {within}"
    else:
        failed = f"{many(len(events), 'probe')} of {first.target} failed within {within}"
        sentence = f"{failed}; the last: {last.sentence}"
    return replace(_row(first), sentence=plain(sentence))


def _served(rows: Sequence[Row], runs: Sequence[Event]) -> list[Row]:
    """Each row with who answered the client at that moment: the newest run that had begun."""
    begun, told, serving = list(runs), [], None
    for row in rows:
        while begun and _begins(begun[0]) <= row.at:
            serving = begun.pop(0).target or NOBODY
        told.append(replace(row, serving=serving))
    return told


@dataclass(frozen=True)
class Columns:
    """How wide each is. `lane` is 0 where no client's events were given."""

    lane: int
    word: int
    width: int


def _layout(rows: Sequence[Row], start: float, width: int, with_client: bool) -> str:
    names = max(len(row.serving or "") for row in rows)
    lane = min(max(names + 2, len(_LANE)), _LANE_LIMIT) if with_client else 0
    columns = Columns(lane, max(len(row.word) for row in rows), width)
    lines = [_line(["seconds", _LANE, "what", ""], columns), "─" * width]
    for row in rows:
        when = f"{row.at - start:.3f}"
        lines.append(_line([when, _lane(row.serving, lane), row.word, row.sentence], columns))
    return "\n".join(lines) + "\n"


def _lane(serving: Optional[str], lane: int) -> str:
    if serving is None:
        return ""
    text = f"{'╳' if serving == NOBODY else '●'} {plain(serving)}"
    return text if len(text) <= lane else text[: lane - 1] + "…"


def _line(fields: Sequence[str], columns: Columns) -> str:
    """The four fields side by side; a sentence that needs more goes on under itself."""
    when, serving, word, sentence = fields
    lane = f"{serving:<{columns.lane}}  " if columns.lane else ""
    left = f"{when:>9}  {lane}{word:<{columns.word}}  "
    parts = textwrap.wrap(sentence, columns.width - len(left), break_on_hyphens=False)
    return f"\n{' ' * len(left)}".join([left + "".join(parts[:1]), *parts[1:]]).rstrip()
