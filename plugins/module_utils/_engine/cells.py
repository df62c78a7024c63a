# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Cells, what they point at, and who therefore holds the address."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Optional


@dataclass(frozen=True, order=True)
class Cell:
    """One thing that must point at the holder.

    `route`: `id` is a route table. `secondary_ip`: `id` is the subnet that the address lives in.
    """

    kind: str  # a mechanism
    id: str
    address: str


@dataclass(frozen=True)
class Reading:
    """Where one cell points. `error` is a sentence: this cell alone could not be read, for good."""

    cell: Cell
    points_at: Optional[str] = None  # an interface id, another target's id, or None: absent
    blackhole: bool = False
    propagated: bool = False  # a route that a gateway propagates: never ours to touch
    error: Optional[str] = None


class Holding(enum.Enum):
    HELD = "held"
    SPLIT = "split"
    ABSENT = "absent"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Place:
    """A target as AWS has it now. Without an interface, `error` says why as a sentence."""

    target: str
    interface: Optional[str] = None
    instance: Optional[str] = None
    address: Optional[str] = None  # its primary private address
    error: Optional[str] = None


@dataclass(frozen=True)
class Look:
    """One look at AWS. `at`: the monotonic second at which it began. `error`: it failed wholly."""

    at: float
    places: tuple[Place, ...] = ()
    readings: tuple[Reading, ...] = ()
    gone: tuple[str, ...] = ()  # interfaces that cells point at and that no longer exist
    findings: tuple[str, ...] = ()  # sentences: a table that is missing, a gateway table left out …
    error: Optional[str] = None

    def interface_of(self, target: str) -> Optional[str]:
        return next((place.interface for place in self.places if place.target == target), None)

    def target_at(self, interface: Optional[str]) -> Optional[str]:
        return next(
            (p.target for p in self.places if p.interface and p.interface == interface), None
        )

    def place_of(self, target: str) -> Optional[Place]:
        return next((place for place in self.places if place.target == target), None)

    @cached_property
    def standing(self) -> tuple[Holding, Optional[str]]:
        """`standing_of` this look, which every round asks for, worked out once."""
        ours = writable(self)
        return holder_of(replace(self, readings=ours) if ours else self)

    @cached_property
    def kept(self) -> tuple[Reading, ...]:
        """The cells that living strangers have, worked out once."""
        return tuple(reading for reading in self.readings if is_kept_by_stranger(self, reading))


def is_cell_of_ours(reading: Reading) -> bool:
    """Whether the cell can be read and is no propagated route: all that is ever judged by."""
    return reading.error is None and not reading.propagated


def is_strange(look: Look, reading: Reading) -> bool:
    """Whether the cell leads to something that is none of the targets."""
    return reading.points_at is not None and look.target_at(reading.points_at) is None


def is_dead_end(look: Look, reading: Reading) -> bool:
    """Whether whatever the cell leads to is stopped, detached or gone: it serves nobody."""
    return reading.blackhole or reading.points_at in look.gone


def is_kept_by_stranger(look: Look, reading: Reading) -> bool:
    """Whether something that is no target has the cell, and is alive."""
    ours = is_cell_of_ours(reading)
    return ours and is_strange(look, reading) and not is_dead_end(look, reading)


def is_writable(look: Look, reading: Reading) -> bool:
    """Whether we may point this cell elsewhere: never a stranger's that is alive."""
    return is_cell_of_ours(reading) and not is_kept_by_stranger(look, reading)


def writable(look: Look) -> tuple[Reading, ...]:
    return tuple(reading for reading in look.readings if is_writable(look, reading))


def holder_of(look: Look) -> tuple[Holding, Optional[str]]:
    """Who holds the address according to this look, and that target where it is HELD.

    Cells that fail for good and propagated routes are left out.
    """
    readings = [reading for reading in look.readings if is_cell_of_ours(reading)]
    if look.error is not None or not readings:
        return Holding.UNREADABLE, None
    targets = {look.target_at(reading.points_at) for reading in readings}
    if targets == {None}:
        strange = any(reading.points_at is not None for reading in readings)
        return (Holding.FOREIGN if strange else Holding.ABSENT), None
    if len(targets) == 1:
        return Holding.HELD, targets.pop()
    return Holding.SPLIT, None


def standing_of(look: Look) -> tuple[Holding, Optional[str]]:
    """Who holds the cells that we may write: a living stranger keeps its cells and blocks no other.

    FOREIGN is then ambiguous only in one way: `writable(look)` is empty while the stranger lives.
    """
    return look.standing
