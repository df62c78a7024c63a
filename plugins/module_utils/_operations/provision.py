# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Provision: make or remove the AWS side of definitions, and only that.

`plans = plan(edge, definitions)`; refuse if any of them has `problems`; then
`provision(edge, plans)`, or `foretell(plans)` in check mode; `entry_of` each result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .._definition.model import FloatingIp
from .._engine.arithmetic import Arithmetic, objective_problem
from .._engine.cells import Look, holder_of
from .._engine.change import Outcome
from .._engine.network import Interface
from .._engine.provisioning import Case, Steps, steps_of
from .._engine.provisioning_cells import strangers
from .._engine.provisioning_home import at_home, homeless, strays
from .._engine.provisioning_marks import MOST_TAGS, key_of, tags_by_id
from .edge import Edge, unique
from .look import look_again
from .move import DONE
from .provision_acts import Failures, act
from .provision_result import Item, Provision, Provisioned, entry_of, items_of
from .provision_survey import Sight, sights
from .provision_tags import orphans
from .validate import NO_DRILLS, Drills, arithmetics, problems_at

__all__ = (
    "Item",
    "Provision",
    "Provisioned",
    "entry_of",
    "foretell",
    "orphans",
    "plan",
    "provision",
)


def plan(
    edge: Edge, definitions: Sequence[FloatingIp], drills: Drills = NO_DRILLS
) -> tuple[Provision, ...]:
    """Look at AWS and decide, for definitions of state present and absent alike. Writes nothing.

    Raises nothing for AWS's sake: what forbids the work stands in each plan's `problems`. `drills`:
    what the arithmetic of `objective_seconds` reckons with.
    """
    made: dict[str, Provision] = {}
    for sight in sights(edge, definitions):
        made.update((one.name, one) for one in _planned(sight, drills))
    return tuple(made[definition.name] for definition in definitions)


def foretell(plans: Sequence[Provision]) -> tuple[Provisioned, ...]:
    """What provisioning would report if all goes well, without a single write: check mode."""
    return tuple(_result(one, Failures(), 0.0) for one in plans)


def provision(edge: Edge, plans: Sequence[Provision]) -> tuple[Provisioned, ...]:
    """Carry out plans, all of them at once; those that have problems are left alone.

    Raises nothing for AWS's sake: each failure stands in its item and stops no other.
    """
    started = edge.clock()
    able = [one for one in plans if not one.problems]
    failures: dict[str, Failures] = {}
    for ec2 in unique(one.ec2 for one in able):
        if ec2 is not None:
            group = {one.name: one.steps for one in able if one.ec2 is ec2}
            looked_at = min(one.look.at for one in able if one.ec2 is ec2)
            found = act(ec2, group, looked_at)
            failures.update(dict.fromkeys(group, found))
    seconds = edge.clock() - started
    return tuple(
        _seen_again(edge, one, _result(one, failures.get(one.name, Failures()), seconds))
        for one in plans
    )


def _planned(sight: Sight, drills: Drills) -> tuple[Provision, ...]:
    looks = {one.name: sight.look(one) for one in sight.definitions}
    if sight.error is not None:
        return tuple(
            Provision(one, looks[one.name], problems=problems_at(sight, one))
            for one in sight.definitions
        )
    found = sight.found
    sums = arithmetics(sight, looks, drills)
    everywhere = [
        Case(one, looks[one.name], found.tables, found.interfaces) for one in sight.definitions
    ]
    problems = {
        case.name: (*_problems(sight, case), *homeless(case), *_late(case, sums))
        for case in everywhere
    }
    cases = [at_home(case) for case in everywhere]
    steps = steps_of([case for case in cases if not problems[case.name]])
    for name, sentences in _crowded(sight, steps).items():
        problems[name] += sentences
    return tuple(
        _plan_of(sight, case, steps.get(case.name, Steps()), problems[case.name])
        for case in everywhere
    )


def _plan_of(sight: Sight, case: Case, steps: Steps, problems: tuple[str, ...]) -> Provision:
    left = (outcome.error for outcome in steps.left if outcome.error is not None)
    said = unique((*left, *strays(case)))
    warnings = tuple(f"Floating IP {case.name}: {sentence}" for sentence in said)
    return Provision(case.definition, case.look, steps, sight.ec2, problems, warnings)


def _problems(sight: Sight, case: Case) -> tuple[str, ...]:
    """Why a definition cannot be deployed. A teardown takes away what is there, whatever it is."""
    if not case.is_present:
        return ()
    tagged = _tagged(case.name, case.interfaces)
    alive = strangers(case.look, tagged)
    named = tuple(f"Floating IP {case.name}: {sentence}" for sentence in alive)
    return (*problems_at(sight, case.definition), *named)


def _late(case: Case, sums: Mapping[str, Arithmetic]) -> tuple[str, ...]:
    found = sums.get(case.name)
    problem = objective_problem(case.definition, found) if found is not None else None
    return (problem,) if problem is not None else ()


def _tagged(name: str, interfaces: Sequence[Interface]) -> tuple[str, ...]:
    return tuple(one.id for one in interfaces if key_of(name) in one.tags)


def _crowded(sight: Sight, steps: Mapping[str, Steps]) -> Mapping[str, tuple[str, ...]]:
    """Resources that would get more tags than AWS allows, as sentences, by floating IP."""
    tags = {
        resource: {key for key in found if not key.startswith("aws:")}
        for resource, found in tags_by_id(sight.found.tables, sight.found.interfaces).items()
    }
    for each in steps.values():
        for tagging in each.tags:
            if tagging.during is not None:
                tags[tagging.resource].add(tagging.key)
    return {
        name: tuple(
            f"Floating IP {name}: {one.resource} would have {len(tags[one.resource])} tags, and "
            f"AWS allows {MOST_TAGS}; remove some, or spread the floating IPs over more of them."
            for one in each.tags
            if one.before is None and len(tags[one.resource]) > MOST_TAGS
        )
        for name, each in steps.items()
    }


def _result(one: Provision, failures: Failures, seconds: float) -> Provisioned:
    items = () if one.problems else items_of(one, failures)
    outcomes = () if one.problems else failures.of_cells(one.steps)
    holder = holder_of(_after(one.look, outcomes))[1]
    return Provisioned(one.name, one.definition.state, holder, items, seconds)


def _after(look: Look, outcomes: Sequence[Outcome]) -> Look:
    """The look as it would be now: cells that were changed point where they were to."""
    done = {one.cell: one for one in outcomes if one.action in DONE}
    return replace(
        look,
        readings=tuple(
            replace(one, points_at=done[one.cell].after) if one.cell in done else one
            for one in look.readings
        ),
    )


def _seen_again(edge: Edge, one: Provision, result: Provisioned) -> Provisioned:
    """With the holder that AWS has now, where not every cell was done."""
    if not result.is_partial:
        return result
    return replace(result, holder=holder_of(look_again(edge, one.definition, one.look))[1])
