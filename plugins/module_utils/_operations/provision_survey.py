# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Survey for provisioning, validation and info: the whole network, and all that carries our tags.

Two round trips for all definitions of one account and Region, however many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Optional

from .._aws import reads
from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._engine.provisioning_marks import PREFIX, key_of
from .edge import Edge
from .look import look_at
from .survey import Survey, ec2_reads, merged, survey_network

SURVEY_TIMEOUT = 15.0  # seconds: hundreds of tables, on many pages
EVERY_TAG = f"{PREFIX}*"


@dataclass(frozen=True)
class Sight:
    """What was found for the definitions that one client serves. `error`: it could not be read."""

    definitions: tuple[FloatingIp, ...]
    at: float
    ec2: Optional[Ec2] = None
    found: Survey = field(default_factory=Survey)
    error: Optional[str] = None

    def look(self, definition: FloatingIp) -> Look:
        """The look at one of the definitions."""
        if self.error is not None:
            return Look(self.at, error=self.error)
        return look_at(definition, self.found, self.at)


def sights(edge: Edge, definitions: Sequence[FloatingIp]) -> tuple[Sight, ...]:
    """Everything about the definitions, one sight a client. Raises nothing for AWS's sake."""
    return tuple(_seen(edge, blind) for blind in by_client(edge, definitions))


def by_client(edge: Edge, definitions: Sequence[FloatingIp]) -> tuple[Sight, ...]:
    """The definitions by the client that serves them; nothing is read yet.

    By client and not by `aws`: two ways to name one Region mean the same interfaces.
    """
    groups: dict[object, Sight] = {}
    for one in definitions:
        try:
            ec2: Optional[Ec2] = edge.ec2_for(one.aws)
        except AwsError as error:
            blind = Sight((), edge.clock(), None, error=str(error))
            group = groups.setdefault(one.aws, blind)
            groups[one.aws] = replace(group, definitions=(*group.definitions, one))
        else:
            group = groups.setdefault(ec2, Sight((), edge.clock(), ec2))
            groups[ec2] = replace(group, definitions=(*group.definitions, one))
    return tuple(groups.values())


def _seen(edge: Edge, blind: Sight) -> Sight:
    ec2, at = blind.ec2, edge.clock()
    if ec2 is None:
        return blind
    deadline = at + SURVEY_TIMEOUT
    keys = [key_of(one.name) for one in blind.definitions]
    try:
        found, tables, interfaces = ec2_reads(
            ec2,
            lambda: survey_network(ec2, blind.definitions, deadline),
            lambda: reads.route_tables(ec2, deadline, tag_keys=keys),
            lambda: reads.interfaces(ec2, deadline, tag_keys=keys),
        )
    except AwsError as error:
        return replace(blind, at=at, error=str(error))
    return replace(
        blind,
        at=at,
        found=replace(
            found,
            tables=merged(tables, found.tables),
            interfaces=merged(interfaces, found.interfaces),
        ),
    )
