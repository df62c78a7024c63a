# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Write many tags in few calls, and find the tags that belong to no definition any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from .._aws import reads
from .._aws.attributes import tag, untag
from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._definition.model import FloatingIp
from .._engine.change import Failure
from .._engine.provisioning_marks import key_of, names_in
from .edge import Edge
from .move import time_allowed
from .provision_survey import EVERY_TAG, SURVEY_TIMEOUT, Sight, by_client
from .survey import ec2_reads

CHUNK = 100  # resources in one call
REFUSED = (Failure.DENIED, Failure.GONE, Failure.INVALID)


@dataclass(frozen=True)
class TagWrite:
    """One tag of one resource; `after` None takes it away. Where both are the same: nothing."""

    resource: str
    key: str
    before: Optional[str]
    after: Optional[str]


@dataclass(frozen=True)
class Batch:
    """The same tags for some resources: one call."""

    resources: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    is_removal: bool

    def call(self, ec2: Ec2, deadline: float) -> Callable[[], None]:
        write = untag if self.is_removal else tag
        return lambda: write(ec2, self.resources, dict(self.tags), deadline)


def write_tags(ec2: Ec2, writes: Sequence[TagWrite]) -> Mapping[TagWrite, str]:
    """Carry out all that changes anything. Returns those that failed, with a sentence each.

    AWS refuses a call wholly for one bad resource, so one that is refused is made again singly.
    """
    needed = [one for one in writes if one.before != one.after]
    batches = [*_batches(needed, True), *_batches(needed, False)]
    failed = _sent(ec2, batches)
    single = [
        Batch((resource,), batch.tags, batch.is_removal)
        for batch, error in failed.items()
        if len(batch.resources) > 1 and error.failure in REFUSED
        for resource in batch.resources
    ]
    final = {
        batch: error
        for batch, error in failed.items()
        if len(batch.resources) == 1 or error.failure not in REFUSED
    }
    final.update(_sent(ec2, single))
    errors = {
        (resource, key, batch.is_removal): str(error)
        for batch, error in final.items()
        for resource in batch.resources
        for key, _value in batch.tags
    }
    found = {one: errors.get((one.resource, one.key, one.after is None)) for one in needed}
    return {one: error for one, error in found.items() if error is not None}


def _sent(ec2: Ec2, batches: Sequence[Batch]) -> dict[Batch, AwsError]:
    """Send them all; those that failed."""
    deadline = ec2.clock() + time_allowed(len(batches))
    results = ec2.parallel([batch.call(ec2, deadline) for batch in batches])
    return {
        batch: result for batch, result in zip(batches, results) if isinstance(result, AwsError)
    }


def _batches(writes: Iterable[TagWrite], is_removal: bool) -> list[Batch]:
    """As few calls as can be: the resources that get the same tags go together."""
    by_resource: dict[str, dict[str, str]] = {}
    for one in writes:
        value = one.before if is_removal else one.after
        if (one.after is None) is is_removal and value is not None:
            by_resource.setdefault(one.resource, {})[one.key] = value
    alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for resource in sorted(by_resource):
        alike.setdefault(tuple(sorted(by_resource[resource].items())), []).append(resource)
    return [
        Batch(tuple(resources[start : start + CHUNK]), tags, is_removal)
        for tags, resources in alike.items()
        for start in range(0, len(resources), CHUNK)
    ]


def orphans(edge: Edge, definitions: Sequence[FloatingIp]) -> tuple[str, ...]:
    """Sentences about what is tagged for floating IPs that are in no definition; never removed.

    `definitions` must be all of them: those of state absent are no orphans either.
    """
    return tuple(sentence for group in by_client(edge, definitions) for sentence in _orphans(group))


def _orphans(group: Sight) -> list[str]:
    ec2 = group.ec2
    if ec2 is None:
        return [f"Orphans cannot be looked for: {group.error}"]
    deadline = ec2.clock() + SURVEY_TIMEOUT
    try:
        tables, interfaces = ec2_reads(
            ec2,
            lambda: reads.route_tables(ec2, deadline, tag_keys=[EVERY_TAG]),
            lambda: reads.interfaces(ec2, deadline, tag_keys=[EVERY_TAG]),
        )
    except AwsError as error:
        return [f"Orphans cannot be looked for: {error}"]
    tagged = [*((one.id, one.vpc, one.tags) for one in tables)]
    tagged += [(one.id, one.vpc, one.tags) for one in interfaces]
    return _lost({one.name for one in group.definitions}, tagged)


def _lost(defined: set[str], tagged: Sequence[tuple[str, str, Mapping[str, str]]]) -> list[str]:
    """The orphans among resources (id, VPC, tags).

    In a VPC where nothing of these definitions is, another environment has its own.
    """
    ours = {vpc for _id, vpc, tags in tagged if defined.intersection(names_in(tags))}
    found: dict[str, list[str]] = {}
    for resource, vpc, tags in tagged:
        for name in names_in(tags):
            if name not in defined and (vpc in ours or not ours):
                found.setdefault(name, []).append(resource)
    return [_orphan(name, found[name]) for name in sorted(found)]


def _orphan(name: str, resources: Sequence[str]) -> str:
    more = f" and {len(resources) - 3} more" if len(resources) > 3 else ""
    return (
        f"Floating IP {name} is in no definition, yet {', '.join(resources[:3])}{more} carry its "
        f"tag {key_of(name)}. Unless another environment has it, define it once more with state: "
        "absent and deploy, which removes it."
    )
