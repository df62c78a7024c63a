# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What provisioning takes and what it came to: values, and the shape of the module's result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Optional, Union

from .._aws.calls import Ec2
from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._engine.change import Action, Outcome
from .._engine.provisioning import Setting, Steps, Tagging
from .move import CHANGED, DONE
from .provision_acts import Failures

SOURCE_DEST_CHECK, TAG = "source_dest_check", "tag"


@dataclass(frozen=True)
class Provision:
    """What one definition takes. `problems` are sentences: then nothing at all may be changed.

    `warnings` are sentences too: worth saying, and no obstacle.
    """

    definition: FloatingIp
    look: Look
    steps: Steps = field(default_factory=Steps)
    ec2: Optional[Ec2] = None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.definition.name


@dataclass(frozen=True)
class Item:
    """One thing that was made, removed or left. `kind`: a cell kind, source_dest_check or tag.

    Checks are true or false; tags are values, of the tag `floating-ip:NAME`; None: not there.
    """

    kind: str
    id: str
    address: Optional[str]
    before: Union[bool, str, None]
    after: Union[bool, str, None]
    action: Action
    error: Optional[str] = None


@dataclass(frozen=True)
class Provisioned:
    """What became of one definition; `holder` is the target that has the address afterwards.

    Items are sorted by kind, id and address.
    """

    name: str
    state: str
    holder: Optional[str]
    items: tuple[Item, ...]
    seconds: float = 0.0

    @property
    def is_changed(self) -> bool:
        return any(item.action in CHANGED for item in self.items)

    @property
    def is_partial(self) -> bool:
        return any(item.action not in DONE for item in self.items)


def entry_of(provisioned: Provisioned) -> dict[str, Any]:
    """`{name, holder, state, items, seconds}`; an item has the keys of `Item`, in its words."""
    return {
        "name": provisioned.name,
        "holder": provisioned.holder,
        "state": provisioned.state,
        "items": [{**asdict(item), "action": item.action.value} for item in provisioned.items],
        "seconds": round(provisioned.seconds, 3),
    }


def items_of(one: Provision, failures: Failures) -> tuple[Item, ...]:
    """Every cell, check and tag of a plan, as it is after the work that had these failures."""
    steps = one.steps
    items = [_cell_item(outcome) for outcome in failures.of_cells(steps)]
    items += [_check_item(setting, failures) for setting in steps.checks]
    items += _tag_items(steps, failures)
    return tuple(sorted(items, key=lambda item: (item.kind, item.id, item.address or "")))


def _cell_item(outcome: Outcome) -> Item:
    cell, is_done = outcome.cell, outcome.action in DONE
    after = outcome.after if is_done else outcome.before
    return Item(
        cell.kind, cell.id, cell.address, outcome.before, after, outcome.action, outcome.error
    )


def _check_item(setting: Setting, failures: Failures) -> Item:
    error = failures.checks.get(setting)
    after = setting.before if error else setting.after
    action = _action(setting.before != setting.after, error)
    return Item(SOURCE_DEST_CHECK, setting.interface, None, setting.before, after, action, error)


def _tag_items(steps: Steps, failures: Failures) -> Iterator[Item]:
    for tagging in steps.tags:
        now, error = failures.of_tag(tagging)
        action = _action(_is_written(tagging), error)
        yield Item(TAG, tagging.resource, None, tagging.before, now, action, error)


def _is_written(tagging: Tagging) -> bool:
    return not tagging.before == tagging.during == tagging.after


def _action(is_write: bool, error: Optional[str]) -> Action:
    if error is not None:
        return Action.FAILED
    return Action.MOVED if is_write else Action.LEFT
