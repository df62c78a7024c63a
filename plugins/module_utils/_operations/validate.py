# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Validate: what definitions get wrong about their network, and how long an outage may last.

Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from .._definition.model import FloatingIp
from .._engine.arithmetic import Arithmetic, allowances, worst_case
from .._engine.cells import Look
from .._engine.validate_network import problems as network_problems
from .edge import Edge
from .provision_survey import Sight, sights
from .survey import Survey

Drills = Mapping[str, Mapping[str, Any]]  # what is remembered of the last ones, by floating IP
NO_DRILLS: Drills = MappingProxyType({})


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


def arithmetics(
    sight: Sight, looks: Mapping[str, Look], drills: Drills = NO_DRILLS
) -> Mapping[str, Arithmetic]:
    """The sum of the worst outage of each, by name; all cells that may fail together count."""
    present = [one for one in sight.definitions if one.state == "present"]
    seats = {one.name: _seats(looks[one.name]) for one in present}
    found: dict[str, Arithmetic] = {}
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
        found[one.name] = worst_case(one, cells, together, api, propagation)
    return found


def _seats(look: Look) -> frozenset[str]:
    return frozenset(place.interface for place in look.places if place.interface is not None)
