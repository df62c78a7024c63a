# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Carry out changes of cells: in parallel, paced, each write guarded by a fresh read, all verified.

The rules are those of "Acting" in docs/decisions.md; what to do after one failed write is the
engine's `after_failure`. The result is one outcome a cell, whatever happens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional

from .._aws.codes import FRUITLESS
from .._aws.errors import AwsError
from .._aws.writes import apply, request_of
from .._engine.cells import Reading
from .._engine.change import Action, Change, Failure, Outcome
from .._engine.looks import LOOK_VALID
from .._engine.plan import Step, after_failure
from .look import read_cells
from .verify import verify
from .work import OVERRULED, PAUSED, Terms, Work, always, elsewhere, never

__all__ = ["Terms", "always", "carry_out", "never"]

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0  # seconds between the reads of a verification
CERTAINLY_NOT_DONE = (Failure.THROTTLED, Failure.UNSENT)
PASSING = (*CERTAINLY_NOT_DONE, Failure.LOST)
NEVER = float("-inf")


def carry_out(terms: Terms, changes: Sequence[Change], looked_at: float) -> tuple[Outcome, ...]:
    """Write the changes and verify them. `looked_at`: when the look that planned them began.

    Never raises for AWS's sake: each cell's error stands in its outcome. Outcomes are sorted.
    """
    ordered = sorted(changes, key=lambda one: (one.priority, one.cell))
    plan = {one.cell: one for one in ordered}
    work = Work(plan, dict.fromkeys(plan, looked_at), ready=dict(plan))
    pause = FIRST_PAUSE
    while len(work.settled) < len(plan):
        if terms.now() >= terms.deadline:
            work.give_up()
        elif _write_some(terms, work) or verify(terms, work):
            pause = FIRST_PAUSE
        else:
            terms.ec2.sleep(max(0.0, min(pause, terms.deadline - terms.now())))
            pause = min(2 * pause, LONGEST_PAUSE)
    return tuple(work.settled[cell] for cell in sorted(plan))


def _write_some(terms: Terms, work: Work) -> bool:
    """Send as many writes as the bucket allows, each guarded by a valid look.

    True if it sent or settled something.
    """
    before = len(work.settled)
    for change in list(work.ready.values()):
        if not terms.is_newest(change):
            work.settle(change.cell, Action.CONFLICT, OVERRULED)
        elif terms.is_paused(change):
            work.settle(change.cell, Action.FAILED, PAUSED)
    batch = list(work.ready.values())[: _burst(terms, work)]
    guarded = _guarded(terms, work, batch)
    results = terms.ec2.parallel([_writer(terms, work, change) for change in guarded])
    for change, result in zip(guarded, results):
        _note_write(terms, work, change, result)
    return bool(guarded) or len(work.settled) > before


def _writer(terms: Terms, work: Work, change: Change) -> Callable[[], None]:
    """The write of one cell. It is tried again only while the look that guards it is valid."""
    until = min(terms.deadline, work.looked_at[change.cell] + LOOK_VALID)
    return lambda: apply(terms.ec2, change, until)


def _burst(terms: Terms, work: Work) -> int:
    if not work.ready:
        return 0
    operation, _params = request_of(next(iter(work.ready.values())))
    return terms.ec2.pacer.ready_within(operation, LOOK_VALID / 2)


def _guarded(terms: Terms, work: Work, batch: Sequence[Change]) -> list[Change]:
    """Those of the batch that may be sent: cells seen too long ago are read again first."""
    old = [change for change in batch if not _is_guarded(terms, work, change)]
    if not old:
        return list(batch)
    at = terms.now()
    try:
        readings = read_cells(terms.ec2, [one.cell for one in old], terms.deadline)
    except AwsError as error:
        _note_unreadable(work, old, error)
        return []
    for change, seen in zip(old, readings):
        work.looked_at[change.cell] = at
        _compare(work, change, seen)
    # A read that was repeated may have begun too long ago as well: then the next turn reads again.
    return [one for one in batch if one.cell in work.ready and _is_guarded(terms, work, one)]


def _is_guarded(terms: Terms, work: Work, change: Change) -> bool:
    return terms.now() - work.looked_at[change.cell] <= LOOK_VALID


def _note_unreadable(work: Work, changes: Sequence[Change], error: AwsError) -> None:
    """What passes is tried again until the deadline."""
    work.errors.update((change.cell, error) for change in changes)
    if error.failure in PASSING and error.code not in FRUITLESS:
        return
    for change in changes:
        work.settle(change.cell, Action.FAILED, f"Not sent: {error}")


def _compare(work: Work, change: Change, seen: Reading) -> None:
    """Settle a cell that is not as expected any more; one that is stays ready."""
    cell = change.cell
    if seen.error is not None:
        work.settle(cell, Action.FAILED, seen.error)
    elif seen.points_at == change.after:
        work.settle(cell, Action.MOVED if cell in work.may_be_ours else Action.LEFT)
    elif seen.points_at != change.before:
        work.settle(cell, Action.CONFLICT, elsewhere(change, seen))


def _note_write(terms: Terms, work: Work, change: Change, result: Optional[Exception]) -> None:
    cell = change.cell
    if result is None:
        work.written[cell] = work.ready.pop(cell)
        return
    if not isinstance(result, AwsError):
        raise result
    work.errors[cell] = result
    if result.failure in CERTAINLY_NOT_DONE and result.code not in FRUITLESS:
        work.looked_at[cell] = NEVER  # it stays ready, to be looked at before the next try
        return
    step = after_failure(result.failure, change, None, True)
    if step is Step.DONE:  # what was to be removed is not there: read whether it is anywhere
        work.written[cell] = work.ready.pop(cell)
    elif step is Step.FAILED or result.failure in CERTAINLY_NOT_DONE:
        work.settle(cell, Action.FAILED, str(result))
    else:
        work.doubt(cell, result, terms.now())
