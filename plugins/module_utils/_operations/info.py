# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Info: who holds each address, what disagrees, whom it reaches, and would a failover work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional, Union

from .._aws import reads
from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._aws.writes import can_apply
from .._definition.model import ROUTE, FloatingIp
from .._engine.cells import Look, Reading, is_cell_of_ours
from .._engine.change import Change
from .._engine.coverage_report import reaches
from .._engine.provisioning_cells import seat
from .._engine.readiness import Facts, checks, holder_check
from .edge import Edge, unique
from .info_result import Info, entry_of
from .move import time_allowed
from .provision_survey import SURVEY_TIMEOUT, Sight, sights
from .validate import NO_DRILLS, Drills, arithmetics, problems_at

__all__ = ("Info", "entry_of", "info")


@dataclass(frozen=True)
class Answers:
    """What these credentials may not do, and why AWS could not be asked: sentences, one a cell."""

    refusals: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()


NO_ANSWERS = Answers()


def info(
    edge: Edge,
    definitions: Sequence[FloatingIp],
    readiness: bool = True,
    permissions: bool = False,
    drills: Drills = NO_DRILLS,
) -> tuple[Info, ...]:
    """Look at the definitions, in their order. Raises nothing for AWS's sake, and writes nothing.

    `readiness`: check all that a failover needs; without it `readiness` is empty, and `ready` says
    only that a living target holds the address. `permissions`: ask AWS by dry runs, one a cell,
    whether these credentials may move the cells; that draws on the rate that a failover needs.
    `drills`: what the arithmetic of the worst outage reckons with.
    """
    found: dict[str, Info] = {}
    for sight in sights(edge, definitions):
        facts = _facts(sight, permissions, drills) if readiness else {}
        for one in sight.definitions:
            found[one.name] = _info(sight, one, facts.get(one.name))
    return tuple(found[one.name] for one in definitions)


def _info(sight: Sight, definition: FloatingIp, facts: Optional[Facts]) -> Info:
    look, network = sight.look(definition), sight.found
    looked = checks(facts) if facts is not None else (holder_check(look),)
    return Info(
        definition,
        look,
        {one.id: one for one in network.interfaces},
        reaches(definition, look, network.subnets, network.tables, network.interfaces),
        looked if facts is not None else (),
        unique((*look.findings, *problems_at(sight, definition))),
        all(check.ok is not False for check in looked),
    )


def _facts(sight: Sight, permissions: bool, drills: Drills) -> Mapping[str, Facts]:
    """What the checks judge by, for all definitions at once."""
    looks = {one.name: sight.look(one) for one in sight.definitions}
    sums = arithmetics(sight, looks, drills) if sight.error is None else {}
    readable = sight.ec2 if sight.error is None else None
    states = _states(readable, looks) if readable else None
    answers = _permissions(readable, looks) if permissions and readable else {}
    return {
        one.name: Facts(
            one,
            looks[one.name],
            sight.found.tables,
            sight.found.interfaces,
            None if isinstance(states, AwsError) else states,
            answers.get(one.name, NO_ANSWERS).refusals if permissions else None,
            sums.get(one.name),
            str(states) if isinstance(states, AwsError) else "",
            answers.get(one.name, NO_ANSWERS).unasked,
        )
        for one in sight.definitions
    }


def _states(ec2: Ec2, looks: Mapping[str, Look]) -> Union[Mapping[str, str], AwsError]:
    """The states of the targets' instances, by id; or why they cannot be read."""
    ids = {place.instance for look in looks.values() for place in look.places if place.instance}
    try:
        return reads.instance_states(ec2, ec2.clock() + SURVEY_TIMEOUT, ids)
    except AwsError as error:
        return error


def _permissions(ec2: Ec2, looks: Mapping[str, Look]) -> Mapping[str, Answers]:
    """What AWS says that these credentials may not do, by floating IP."""
    asked = [
        (name, change)
        for name, look in looks.items()
        for change in map(_rehearsal(look), look.readings)
        if change is not None
    ]
    deadline = ec2.clock() + time_allowed(len(asked))
    answers = ec2.parallel([_asker(ec2, change, deadline) for _name, change in asked])
    told = [
        (name, f"{change.cell.id}: {answer}", isinstance(answer, AwsError))
        for (name, change), answer in zip(asked, answers)
        if answer is not None
    ]
    return {
        name: Answers(
            tuple(text for one, text, is_unasked in told if one == name and not is_unasked),
            tuple(text for one, text, is_unasked in told if one == name and is_unasked),
        )
        for name in looks
    }


def _rehearsal(look: Look) -> Callable[[Reading], Optional[Change]]:
    """The write that a failover would make of each cell, where AWS can rehearse it."""
    seats = [place.interface for place in look.places if place.interface is not None]

    def change(reading: Reading) -> Optional[Change]:
        to = next((one for one in seats if one != reading.points_at), seat(look))
        if to is None or reading.cell.kind != ROUTE or not is_cell_of_ours(reading):
            return None
        return Change(reading.cell, reading.points_at, to)

    return change


def _asker(ec2: Ec2, change: Change, deadline: float) -> Callable[[], Optional[str]]:
    return lambda: can_apply(ec2, change, deadline)
