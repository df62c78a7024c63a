# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Validate: what definitions get wrong about the network they meet. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from .._definition.model import ROUTE, FloatingIp
from .._definition.validate import warnings as static_warnings
from .._engine.arithmetic import allowances, objective_problem, worst_case
from .._engine.cells import Look
from .._engine.readiness import zones_check
from .._engine.validate_network import problems as network_problems
from .edge import Edge
from .provision_survey import Sight, sights
from .survey import Survey

Drills = Mapping[str, Mapping[str, Any]]  # what is remembered of the last ones, by floating IP
NO_DRILLS: Drills = MappingProxyType({})


@dataclass(frozen=True)
class Validation:
    """One definition against AWS. `problems` forbid a deploy; `warnings` do not. All sentences."""

    name: str
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def problems(edge: Edge, definitions: Sequence[FloatingIp]) -> Mapping[str, tuple[str, ...]]:
    """What is wrong with each definition's network, by name; empty where nothing is.

    Raises nothing for AWS's sake: what cannot be read is a problem. A definition of state absent
    has none: a teardown takes away what is there.
    """
    found = {
        one.name: problems_at(sight, one)
        for sight in sights(edge, definitions)
        for one in sight.definitions
    }
    return {one.name: found[one.name] for one in definitions}


def obstacles(edge: Edge, definitions: Sequence[FloatingIp]) -> Mapping[str, tuple[str, ...]]:
    """The problems for which a move must not even begin, by name; empty where there is none.

    A target that is gone is none: it is why people fail over, and the move tells if it is the
    destination. What cannot be read is none either, as the move's own look tells.
    """
    found = {
        one.name: _obstacles_at(sight, one) if sight.error is None else ()
        for sight in sights(edge, definitions)
        for one in sight.definitions
    }
    return {one.name: found[one.name] for one in definitions}


def validate(edge: Edge, definitions: Sequence[FloatingIp]) -> tuple[Validation, ...]:
    """All problems, those of the objective too, and all warnings, in the definitions' order."""
    found: dict[str, Validation] = {}
    for sight in sights(edge, definitions):
        looks = {one.name: sight.look(one) for one in sight.definitions}
        objective = objective_problems(sight, looks)
        for one in sight.definitions:
            found[one.name] = Validation(
                one.name,
                (*problems_at(sight, one), *objective.get(one.name, ())),
                _warnings(sight, one, looks[one.name]),
            )
    return tuple(found[one.name] for one in definitions)


def problems_at(sight: Sight, definition: FloatingIp) -> tuple[str, ...]:
    """What a sight shows to be wrong with the network of one of its definitions."""
    if sight.error is not None:
        return (f"Floating IP {definition.name} cannot be read: {sight.error}",)
    if definition.state != "present":
        return ()
    found = network_of(definition, sight.look(definition), sight.found)
    return network_problems(definition, found.vpcs, found.subnets, found.tables, found.interfaces)


def _obstacles_at(sight: Sight, definition: FloatingIp) -> tuple[str, ...]:
    places = sight.look(definition).places
    borne = {f"Floating IP {definition.name}: {place.error}" for place in places}
    return tuple(text for text in problems_at(sight, definition) if text not in borne)


def network_of(definition: FloatingIp, look: Look, found: Survey) -> Survey:
    """What of a survey concerns one definition: a host route may be inside another VPC's CIDR."""
    tables = {reading.cell.id for reading in look.readings}
    seats = {place.interface for place in look.places}
    vpcs = {one.vpc for one in found.tables if one.id in tables}
    vpcs |= {one.vpc for one in found.interfaces if one.id in seats}
    return replace(found, vpcs=tuple(vpc for vpc in found.vpcs if vpc.id in vpcs))


def objective_problems(
    sight: Sight, looks: Mapping[str, Look], drills: Drills = NO_DRILLS
) -> Mapping[str, tuple[str, ...]]:
    """The objectives that cannot be met, with the sum; all cells that may fail together count."""
    present = [one for one in sight.definitions if one.state == "present"]
    seats = {one.name: _seats(looks[one.name]) for one in present}
    found: dict[str, tuple[str, ...]] = {}
    for one in present:
        together = sum(
            len(looks[other.name].readings)
            for other in present
            if other.name != one.name
            and other.mechanism == one.mechanism
            and seats[other.name] & seats[one.name]
        )
        api, propagation = allowances(drills.get(one.name))
        cells = len(looks[one.name].readings)
        arithmetic = worst_case(one, cells, together, api, propagation)
        problem = objective_problem(one, arithmetic)
        if problem is not None:
            found[one.name] = (problem,)
    return found


def _seats(look: Look) -> frozenset[str]:
    return frozenset(place.interface for place in look.places if place.interface is not None)


def _warnings(sight: Sight, definition: FloatingIp, look: Look) -> tuple[str, ...]:
    static = static_warnings(definition)
    if sight.error is not None or definition.mechanism != ROUTE:
        return static
    seats = _seats(look)
    check = zones_check(definition, [one for one in sight.found.interfaces if one.id in seats])
    if check.ok:
        return static
    return (*static, f"Floating IP {definition.name}: {check.text}")
