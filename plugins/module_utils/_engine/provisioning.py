# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which writes it takes until AWS has what the definitions ask for, and nothing else of theirs.

All definitions of one account and Region are planned together: they may share interfaces.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from .._definition.model import ROUTE, FloatingIp
from .cells import Cell, Look
from .change import Change, Outcome
from .network import Interface, RouteTable
from .provisioning_cells import Holdings, holdings_of, named_cells, removals, seatings
from .provisioning_marks import Mark, both, key_of, mark_of, marks_in


@dataclass(frozen=True)
class Setting:
    """The source/dest check of one interface; left alone where both are the same."""

    interface: str
    before: bool
    after: bool


@dataclass(frozen=True)
class Tagging:
    """One tag of one resource: its value before, while the cells change, and after; None: no tag.

    What the cells change must be found by the tag all the while, so `during` says both.
    """

    resource: str
    key: str
    before: Optional[str]
    during: Optional[str]
    after: Optional[str]


@dataclass(frozen=True)
class Steps:
    """All that one definition takes. `left` are cells that stay as they are; an error says why."""

    cells: tuple[Change, ...] = ()
    left: tuple[Outcome, ...] = ()
    checks: tuple[Setting, ...] = ()
    tags: tuple[Tagging, ...] = ()


@dataclass(frozen=True)
class Case:
    """A definition, the look at its cells, and everything found that may be its own."""

    definition: FloatingIp
    look: Look
    tables: tuple[RouteTable, ...] = ()
    interfaces: tuple[Interface, ...] = ()

    @property
    def is_present(self) -> bool:
        return self.definition.state == "present"

    @property
    def name(self) -> str:
        return self.definition.name


@dataclass(frozen=True)
class Shared:
    """What the definitions must know of each other.

    `claims`: the cells that each wants. `keepers`: the floating IPs that need an interface's check
    off, once all is done. `named`: the floating IPs whose tags name a cell.
    """

    claims: Mapping[Cell, str]
    keepers: Mapping[str, Collection[str]]
    named: Mapping[Cell, Collection[str]]


def steps_of(cases: Sequence[Case]) -> Mapping[str, Steps]:
    """The steps of each definition, by name."""
    claims = {
        reading.cell: case.name
        for case in cases
        if case.is_present
        for reading in case.look.readings
    }
    shared = Shared(claims, _keepers(cases), _named(cases))
    return {case.name: _steps(case, shared) for case in cases}


def _steps(case: Case, shared: Shared) -> Steps:
    holdings = holdings_of(case.definition, case.look, case.tables, case.interfaces, shared.named)
    changes, left = seatings(case.look) if case.is_present else ((), ())
    foreign = {cell for cell, name in shared.claims.items() if name != case.name}
    wanted = {reading.cell for reading in case.look.readings} if case.is_present else set()
    gone, stay = removals(holdings, foreign | wanted)
    order = [*changes, *gone]
    return Steps(
        tuple(replace(one, priority=number) for number, one in enumerate(order)),
        (*left, *stay),
        tuple(_settings(case, holdings, shared.keepers)),
        tuple(_taggings(case, holdings)),
    )


def _wanted_marks(case: Case) -> Mapping[str, Mark]:
    """What each resource's tag is to say; empty for state absent."""
    definition, look = case.definition, case.look
    if not case.is_present:
        return {}
    known = {one.id: one for one in case.interfaces}
    seats = [known[place.interface] for place in look.places if place.interface in known]
    if definition.mechanism != ROUTE:
        return {one.id: Mark(definition.addresses) for one in seats}
    tables = dict.fromkeys(reading.cell.id for reading in look.readings)
    marks = {table: Mark(definition.addresses) for table in tables}
    return {**marks, **{one.id: Mark((), _was_on(one, case.name)) for one in seats}}


def _was_on(interface: Interface, name: str) -> bool:
    """Whether the check was on before any floating IP switched it off."""
    own = mark_of(interface.tags, name)
    if interface.source_dest_check or (own is not None and own.check_was_on is not None):
        return interface.source_dest_check or bool(own and own.check_was_on)
    return any(mark.check_was_on for mark in marks_in(interface.tags).values())


def _taggings(case: Case, holdings: Holdings) -> list[Tagging]:
    wanted, key = _wanted_marks(case), key_of(case.name)
    found = []
    for resource in sorted({*wanted, *holdings.marks}):
        before, after = holdings.marks.get(resource), wanted.get(resource)
        is_right = before == after
        during = both(before, after) if before and after else (after or before)
        text = holdings.texts.get(resource)
        found.append(
            Tagging(
                resource,
                key,
                text,
                text if is_right or during == before else _text(during),
                text if is_right else _text(after),
            )
        )
    return found


def _text(mark: Optional[Mark]) -> Optional[str]:
    return None if mark is None else mark.text


def _settings(case: Case, holdings: Holdings, kept: Mapping[str, Collection[str]]) -> list[Setting]:
    """Checks to switch off, and those that this floating IP leaves and that nobody else needs."""
    wanted = _wanted_marks(case)
    found = []
    for one in case.interfaces:
        mark, before = holdings.marks.get(one.id), one.source_dest_check
        if one.id in wanted and wanted[one.id].check_was_on is not None:
            found.append(Setting(one.id, before, False))
        elif mark is not None and mark.check_was_on is not None:
            is_restored = mark.check_was_on and not kept.get(one.id)
            found.append(Setting(one.id, before, before or is_restored))
    return found


def _named(cases: Sequence[Case]) -> Mapping[Cell, Collection[str]]:
    tables = {one.id: one for case in cases for one in case.tables}
    interfaces = {one.id: one for case in cases for one in case.interfaces}
    return named_cells(tuple(tables.values()), tuple(interfaces.values()))


def _keepers(cases: Sequence[Case]) -> Mapping[str, set[str]]:
    by_name = {case.name: case for case in cases}
    wants = {case.name: _wanted_marks(case) for case in cases}
    kept: dict[str, set[str]] = {}
    for name, marks in wants.items():
        for resource, mark in marks.items():
            if mark.check_was_on is not None:
                kept.setdefault(resource, set()).add(name)
    for one in {one.id: one for case in cases for one in case.interfaces}.values():
        for name, mark in marks_in(one.tags).items():
            if name not in by_name and mark.check_was_on is not None:
                kept.setdefault(one.id, set()).add(name)
    return kept
