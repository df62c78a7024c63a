# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Looks for several floating IPs of one account and Region, in as few calls as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Optional

from .._aws.errors import AwsError
from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._operations.edge import LOOK_TIMEOUT, Edge
from .._operations.look import look, read_cells


class Asked(NamedTuple):
    """`last`: read the cells of this look again; None: resolve selectors and targets anew."""

    definition: FloatingIp
    last: Optional[Look]


def look_at_all(edge: Edge, asked: Sequence[Asked]) -> Mapping[str, Look]:
    """A full look at those without a last one, a quick one at the others; by name.

    All of one account and Region. A look that fails carries `error`; it raises nothing for AWS.
    """
    again = [(one.definition, one.last) for one in asked if one.last is not None]
    return {
        **look(edge, [one.definition for one in asked if one.last is None]),
        **_look_again(edge, again),
    }


def _look_again(edge: Edge, asked: Sequence[tuple[FloatingIp, Look]]) -> Mapping[str, Look]:
    """Read the cells of all these looks in one round trip."""
    if not asked:
        return {}
    at = edge.clock()
    cells = [reading.cell for _definition, last in asked for reading in last.readings]
    try:
        read = read_cells(edge.ec2_for(asked[0][0].aws), cells, at + LOOK_TIMEOUT)
    except AwsError as error:
        return {one.name: replace(last, at=at, error=str(error)) for one, last in asked}
    now = {reading.cell: reading for reading in read}
    return {
        one.name: replace(
            last, at=at, readings=tuple(now[old.cell] for old in last.readings), error=None
        )
        for one, last in asked
    }
