# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Carry out provisioning steps, in an order in which everything made can always be found again.

Tags first, then checks off, then cells, then checks back on, then the tags that are no longer true.
Whatever could not be tagged is not made; a tag stays while anything that it tells of is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Optional

from .._aws.attributes import set_source_dest_check
from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._definition.model import ROUTE
from .._engine.cells import Cell
from .._engine.change import Action, Change, Outcome
from .._engine.provisioning import Setting, Steps, Tagging
from .carry_out import Terms, carry_out
from .edge import unique
from .move import DONE, interleaved, time_allowed
from .provision_tags import TagWrite, write_tags
from .verify import CALL_TIMEOUT

UNTAGGED = "Not done, as {} could not be tagged first, and would not be found again: {}"
STILL_USED = (
    "Not switched back on, as not every entry that leads to it could be removed; run again."
)
STILL_TRUE = "Kept, as not all that it tells of could be removed or restored; run it again."

ASTRAY = (Action.CONFLICT, Action.UNVERIFIED)  # such a cell may lead to any of the targets

Group = Mapping[str, Steps]  # by floating IP


@dataclass
class Failures:
    """What went wrong so far, as sentences; and what became of each cell that was to be written."""

    cells: dict[Cell, Outcome] = field(default_factory=dict)
    checks: dict[Setting, str] = field(default_factory=dict)
    untagged: dict[Tagging, str] = field(default_factory=dict)  # before the cells
    kept: dict[Tagging, str] = field(default_factory=dict)  # tags not brought up to date after them

    def of_cells(self, steps: Steps) -> tuple[Outcome, ...]:
        """The outcome of every cell; one of which nothing is known is taken to be done."""
        done = (Outcome(one.cell, one.before, one.after, Action.MOVED) for one in steps.cells)
        return (*steps.left, *(self.cells.get(outcome.cell, outcome) for outcome in done))

    def of_tag(self, tagging: Tagging) -> tuple[Optional[str], Optional[str]]:
        """The tag's value now, and what went wrong."""
        if tagging in self.untagged:
            return tagging.before, self.untagged[tagging]
        if tagging in self.kept:
            return tagging.during, self.kept[tagging]
        return tagging.after, None

    def touches(self, steps: Steps, resource: str) -> bool:
        """Whether a cell or check that failed concerns the resource."""
        cells = [one for one in self.of_cells(steps) if one.action not in DONE]
        at = {one.cell.id for one in cells} | {
            end for one in cells for end in (one.before, one.after)
        }
        checks = {one.interface for one in steps.checks if one in self.checks}
        return resource in at or resource in checks


def act(ec2: Ec2, group: Group, looked_at: float) -> Failures:
    """Carry out the steps of all floating IPs that one client serves, which were planned together.

    `looked_at`: when the survey that planned them began. Raises nothing for AWS's sake.
    """
    failures = Failures()
    failures.untagged.update(_write(ec2, _taggings(group), before_cells=True))
    _set_checks(ec2, group, failures, False)
    _write_cells(ec2, group, failures, looked_at)
    _set_checks(ec2, group, failures, True)
    failures.kept.update(_outlived(group, failures))
    spared = failures.untagged.keys() | failures.kept.keys()
    last = [one for one in _taggings(group) if one not in spared and one.during != one.after]
    _let_arrive(ec2, last)
    failures.kept.update(_write(ec2, last, before_cells=False))
    return failures


def _let_arrive(ec2: Ec2, last: Sequence[Tagging]) -> None:
    """A tag whose first write got no answer may yet arrive, and must not undo the last one."""
    if last and ec2.lost_at is not None:
        ec2.sleep(max(0.0, ec2.lost_at + CALL_TIMEOUT - ec2.clock()))


def _taggings(group: Group) -> list[Tagging]:
    return [tagging for steps in group.values() for tagging in steps.tags]


def _write(ec2: Ec2, taggings: Sequence[Tagging], before_cells: bool) -> dict[Tagging, str]:
    """Write the tags that must be there before the cells change, or those that are true after."""
    writes = {
        one: TagWrite(one.resource, one.key, one.before, one.during)
        if before_cells
        else TagWrite(one.resource, one.key, one.during, one.after)
        for one in taggings
    }
    failed = write_tags(ec2, list(writes.values()))
    return {one: failed[write] for one, write in writes.items() if write in failed}


def _set_checks(ec2: Ec2, group: Group, failures: Failures, enabled: bool) -> None:
    """Switch checks on or off, each once, whatever number of floating IPs asks for it."""
    settings = unique(
        setting
        for steps in group.values()
        for setting in steps.checks
        if setting.before != setting.after and setting.after is enabled
    )
    refused = _leads_on if enabled else _untagged_interface
    failures.checks.update(
        (setting, sentence)
        for setting in settings
        for sentence in [refused(group, failures, setting)]
        if sentence is not None
    )
    able = [setting for setting in settings if setting not in failures.checks]
    deadline = ec2.clock() + time_allowed(len(able))
    results = ec2.parallel([_setter(ec2, setting, deadline) for setting in able])
    failures.checks.update(
        (setting, str(result))
        for setting, result in zip(able, results)
        if isinstance(result, AwsError)
    )


def _setter(ec2: Ec2, setting: Setting, deadline: float) -> Callable[[], None]:
    return lambda: set_source_dest_check(ec2, setting.interface, setting.after, deadline)


def _untagged_interface(group: Group, failures: Failures, setting: Setting) -> Optional[str]:
    """Why a check must not be switched off: no tag would tell that it was on."""
    tags = [one for one in _taggings(group) if one.resource == setting.interface]
    if any(one not in failures.untagged for one in tags):
        return None
    return UNTAGGED.format(setting.interface, failures.untagged[tags[0]])


def _leads_on(group: Group, failures: Failures, setting: Setting) -> Optional[str]:
    """Why a check must not be switched back on: some cell still leads there, or may by now."""
    still = any(
        outcome.before == setting.interface and outcome.action not in DONE
        for outcome in failures.cells.values()
    )
    astray = any(
        outcome.action in ASTRAY
        for steps in group.values()
        if setting in steps.checks
        for outcome in failures.of_cells(steps)
    )
    return STILL_USED if still or astray else None


def _write_cells(ec2: Ec2, group: Group, failures: Failures, looked_at: float) -> None:
    for steps in group.values():
        tags = {one.resource: one for one in steps.tags}
        for change in steps.cells:
            tag = tags.get(_tagged_by(change)) if change.after is not None else None
            if tag in failures.untagged:
                error = UNTAGGED.format(tag.resource, failures.untagged[tag])
                failures.cells[change.cell] = Outcome(
                    change.cell, change.before, change.after, Action.FAILED, error
                )
    able = [
        [change for change in steps.cells if change.cell not in failures.cells]
        for steps in group.values()
    ]
    changes = interleaved(able)
    terms = Terms(ec2, ec2.clock() + time_allowed(len(changes)))
    outcomes = carry_out(terms, changes, looked_at)
    failures.cells.update((outcome.cell, outcome) for outcome in outcomes)


def _tagged_by(change: Change) -> str:
    """The resource whose tag tells of the cell that the change makes."""
    return change.cell.id if change.cell.kind == ROUTE else str(change.after)


def _outlived(group: Group, failures: Failures) -> dict[Tagging, str]:
    """The tags that must stay as they are, since something they tell of is still there."""
    return {
        one: STILL_TRUE
        for steps in group.values()
        for one in steps.tags
        if one.during != one.after and failures.touches(steps, one.resource)
    }
