# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Would a failover work right now? One check each for all that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from .._definition.model import ROUTE, FloatingIp
from .._definition.validate import warnings
from .arithmetic import Arithmetic, objective_met, objective_problem
from .cells import Holding, Look, holder_of
from .network import Interface, RouteTable
from .provisioning_marks import mark_of, tags_by_id

RUNNING = "running"
UNREADABLE = "Not known: AWS could not be read."


@dataclass(frozen=True)
class Check:
    """One thing that a failover takes. `ok` None: a warning, or it could not be told."""

    name: str
    ok: Optional[bool]
    text: str


@dataclass(frozen=True)
class Facts:
    """All that the checks judge by. `states`: of instances, by id; None: `unread` says why not.

    `refusals`: what these credentials may not do, as sentences; None: AWS was not asked.
    `unasked`: why AWS could not be asked that, though it should have been.
    """

    definition: FloatingIp
    look: Look
    tables: tuple[RouteTable, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    states: Optional[Mapping[str, str]] = None
    refusals: Optional[tuple[str, ...]] = None
    arithmetic: Optional[Arithmetic] = None  # of the worst outage; None: the cells are not known
    unread: str = "AWS was not asked."
    unasked: tuple[str, ...] = ()

    @property
    def seats(self) -> tuple[Interface, ...]:
        """The targets' interfaces that exist."""
        ids = [place.interface for place in self.look.places if place.interface is not None]
        return tuple(one for one in self.interfaces if one.id in ids)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Every check, in a fixed order. Without a look at AWS only the definition is judged."""
    first, *others = _checks(facts)
    if facts.look.error is not None:
        others = [Check(one.name, None, UNREADABLE) for one in others]
    return first, *others, *_definition_checks(facts.definition)


def _checks(facts: Facts) -> Iterator[Check]:
    yield holder_check(facts.look)
    yield _targets_check(facts)
    if facts.definition.mechanism == ROUTE:
        yield _source_dest_check(facts)
    yield _instances_check(facts)
    yield zones_check(facts.definition, facts.seats)
    yield _tags_check(facts)
    yield _stale_check(facts)
    if facts.refusals is not None:
        yield _permissions_check(facts.definition, facts.refusals, facts.unasked)
    if facts.definition.state == "present":
        yield _objective_check(facts.definition, facts.arithmetic)


def holder_check(look: Look) -> Check:
    """Whether one target holds all cells, and lives."""
    holding, holder = holder_of(look)
    if look.error is not None:
        return Check("holder", False, look.error)
    if holding is not Holding.HELD:
        return Check("holder", False, f"No target holds the address: it is {holding.value}.")
    dead = [reading.cell.id for reading in look.readings if reading.blackhole]
    if dead:
        text = f"{holder} holds it, but AWS calls {_some(dead)} a blackhole: it is stopped."
        return Check("holder", False, text)
    return Check("holder", True, f"{holder} holds it.")


def zones_check(definition: FloatingIp, seats: Sequence[Interface]) -> Check:
    """A warning where one availability zone takes every target away at once."""
    zones = sorted({one.zone for one in seats})
    if len(zones) > 1:
        return Check("zones", True, f"The targets are in {', '.join(zones)}.")
    if definition.mechanism != ROUTE:
        text = "A secondary_ip stays in its subnet, so one zone takes all targets away at once."
        return Check("zones", None, text)
    where = zones[0] if zones else "no availability zone that is known"
    return Check("zones", None, f"All targets are in {where}: place one in another zone.")


def _targets_check(facts: Facts) -> Check:
    missing = [place.error for place in facts.look.places if place.error is not None]
    if missing:
        return Check("targets", False, " ".join(missing))
    return Check("targets", True, f"All {len(facts.look.places)} targets have an interface.")


def _source_dest_check(facts: Facts) -> Check:
    wrong = [facts.look.target_at(one.id) or one.id for one in facts.seats if one.source_dest_check]
    if wrong:
        text = (
            f"The source/dest check of {_some(wrong)} is on, so packets are dropped there: deploy."
        )
        return Check("source_dest_check", False, text)
    return Check("source_dest_check", True, "The source/dest check of every target is off.")


def _instances_check(facts: Facts) -> Check:
    if facts.states is None:
        return Check("instances", None, f"Not known: {facts.unread}")
    detached = [one.id for one in facts.seats if one.instance is None]
    if detached:
        return Check("instances", False, f"Attach {_some(detached)} to an instance: none has it.")
    stopped = [
        f"{one.instance} ({facts.states.get(one.instance or '', 'not found')})"
        for one in facts.seats
        if facts.states.get(one.instance or "") != RUNNING
    ]
    if stopped:
        return Check("instances", False, f"Start {_some(stopped)}: it cannot take the address.")
    return Check("instances", True, "The instance of every target is running.")


def _tags_check(facts: Facts) -> Check:
    name = facts.definition.name
    cells = {reading.cell.id for reading in facts.look.readings}
    tags = tags_by_id((one for one in facts.tables if one.id in cells), facts.seats)
    bare = [resource for resource in tags if mark_of(tags[resource], name) is None]
    if bare:
        return Check("tags", None, f"{_some(bare)} lack the tag floating-ip:{name}: deploy.")
    return Check("tags", True, "Everything carries its tag.")


def _stale_check(facts: Facts) -> Check:
    """What still carries the tag, though the definition no longer means it."""
    name = facts.definition.name
    current = {reading.cell.id for reading in facts.look.readings}
    current |= {one.id for one in facts.seats}
    tags = tags_by_id(facts.tables, facts.interfaces)
    stale = [one for one in tags if one not in current and mark_of(tags[one], name) is not None]
    if stale:
        text = f"{_some(stale)} carry its tag and are no longer meant: deploy, to clean them up."
        return Check("stale", None, text)
    return Check("stale", True, "Nothing is left of an older definition.")


def _permissions_check(
    definition: FloatingIp, refusals: Sequence[str], unasked: Sequence[str]
) -> Check:
    if definition.mechanism != ROUTE:
        text = "Not known: AWS has no dry run of AssignPrivateIpAddresses."
        return Check("permissions", None, text)
    if refusals:
        return Check("permissions", False, " ".join(dict.fromkeys(refusals)))
    if unasked:
        return Check("permissions", None, f"Not known: {' '.join(dict.fromkeys(unasked))}")
    return Check("permissions", True, "These credentials may move every cell.")


def _objective_check(definition: FloatingIp, arithmetic: Optional[Arithmetic]) -> Check:
    if arithmetic is None:
        return Check("objective", None, UNREADABLE)
    problem = objective_problem(definition, arithmetic)
    text = problem or objective_met(definition, arithmetic)
    return Check("objective", problem is None, text)


def _definition_checks(definition: FloatingIp) -> Iterator[Check]:
    """What the definition allows and is yet likely a mistake. It takes no look at AWS."""
    found = warnings(definition)
    if found:
        yield Check("definition", None, " ".join(found))


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
