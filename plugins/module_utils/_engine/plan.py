# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which writes a move takes, what they will come to, and what to do when one fails."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Optional

from .cells import Look, Reading, is_cell_of_ours, is_kept_by_stranger, is_writable
from .change import Action, Change, Failure, Outcome

BLACKHOLE, ABSENT = "blackhole", "absent"  # what `expect_current` may be, besides an interface id


def plan_move(look: Look, to_interface: str, overwrite: bool = False) -> tuple[Change, ...]:
    """Point every cell that is ours to write at the interface; those that are right are left.

    `overwrite`: take the cells of living strangers too. Only an operator's force may say so.
    """
    return tuple(
        Change(reading.cell, reading.points_at, to_interface, priority)
        for priority, reading in enumerate(look.readings)
        if _may_write(look, reading, overwrite) and reading.points_at != to_interface
    )


def plan_remove(look: Look, overwrite: bool = False) -> tuple[Change, ...]:
    """Remove every cell that is ours to write."""
    return tuple(
        Change(reading.cell, reading.points_at, None, priority)
        for priority, reading in enumerate(look.readings)
        if _may_write(look, reading, overwrite) and reading.points_at is not None
    )


def predict(look: Look, changes: Sequence[Change], overwrite: bool = False) -> tuple[Outcome, ...]:
    """What these changes will come to if all goes well, and every other cell as it is, sorted."""
    planned = {change.cell: change for change in changes}
    outcomes = (
        _moved(planned[reading.cell])
        if reading.cell in planned
        else _untouched(look, reading, overwrite)
        for reading in look.readings
    )
    return tuple(sorted(outcomes, key=lambda outcome: outcome.cell))


def expectation_problem(look: Look, expected: Optional[str]) -> Optional[str]:
    """Why `expect_current` does not hold, naming each cell; None where it does."""
    if expected is None:
        return None
    wrong = [
        f"{reading.cell.id} has {_words(reading)} for {reading.cell.address}"
        for reading in look.readings
        if is_cell_of_ours(reading) and not is_as_expected(reading, expected)
    ]
    return f"Expected {expected}, but {'; '.join(wrong)}: nothing was changed." if wrong else None


def is_as_expected(reading: Reading, expected: str) -> bool:
    """Whether one cell is what `expect_current` says: an interface id, blackhole or absent."""
    if expected == BLACKHOLE:
        return reading.blackhole
    if expected == ABSENT:
        return reading.points_at is None
    return reading.points_at == expected


class Step(enum.Enum):
    """What to do next with one cell whose write failed, or got no reply."""

    RESEND = "resend"
    CREATE = "create"
    REPLACE = "replace"
    DONE = "done"  # read once more, a call timeout later, before saying so
    CONFLICT = "conflict"  # someone else moved it, or announced a newer move: stop
    FAILED = "failed"
    READ_AGAIN = "read_again"


def after_failure(
    failure: Failure, change: Change, reading: Optional[Reading], is_newest: bool
) -> Step:
    """The next step for one cell. `reading`: a read that began after the failure, if any.

    `is_newest`: whether no newer intent overrules this change.
    """
    if failure in (Failure.GONE, Failure.DENIED, Failure.INVALID):
        return Step.FAILED
    if reading is None:
        return _step_unread(failure, change, is_newest)
    if reading.error is not None:
        return Step.READ_AGAIN
    if reading.points_at == change.after:
        return Step.DONE
    step = _step_unchanged(failure, change, reading)
    writes = step in (Step.RESEND, Step.CREATE, Step.REPLACE)
    return Step.CONFLICT if writes and not is_newest else step


def _step_unread(failure: Failure, change: Change, is_newest: bool) -> Step:
    """What the failure alone allows: anything that may have been done must be read first."""
    if failure is Failure.ABSENT and change.after is None:
        return Step.DONE
    if failure in (Failure.LOST, Failure.EXISTS):
        return Step.READ_AGAIN
    if not is_newest:
        return Step.CONFLICT
    return Step.CREATE if failure is Failure.ABSENT else Step.RESEND


def _step_unchanged(failure: Failure, change: Change, reading: Reading) -> Step:
    """The cell is not at its destination: as it was before, or in somebody else's hands."""
    if failure is Failure.EXISTS:
        return _step_exists(change, reading)
    if reading.points_at is None and change.before is not None:
        return Step.CREATE if failure is Failure.ABSENT else Step.CONFLICT
    if reading.points_at != change.before:
        return Step.CONFLICT
    return Step.CREATE if failure is Failure.ABSENT else Step.RESEND


def _step_exists(change: Change, reading: Reading) -> Step:
    """A route stood where none was read: replaced if it is as expected, or serves nobody."""
    if reading.points_at is None:
        return Step.READ_AGAIN
    expected = reading.points_at == change.before or reading.blackhole
    return Step.REPLACE if expected else Step.CONFLICT


def _may_write(look: Look, reading: Reading, overwrite: bool) -> bool:
    return is_cell_of_ours(reading) if overwrite else is_writable(look, reading)


def _moved(change: Change) -> Outcome:
    return Outcome(change.cell, change.before, change.after, Action.MOVED)


def _untouched(look: Look, reading: Reading, overwrite: bool) -> Outcome:
    """A cell without a change: right already, or one that must not or cannot be written."""
    at, error = reading.points_at, reading.error
    if reading.propagated:
        error = f"{reading.cell.id} gets this route by propagation; it is never touched: stop that."
    elif is_kept_by_stranger(look, reading) and not overwrite:
        error = f"{reading.cell.id} leads to {at}, which is no target: correct it, or use force."
    return Outcome(reading.cell, at, at, Action.FAILED if error else Action.LEFT, error)


def _words(reading: Reading) -> str:
    if reading.points_at is None:
        return "no entry"
    return f"{reading.points_at} (blackhole)" if reading.blackhole else reading.points_at
