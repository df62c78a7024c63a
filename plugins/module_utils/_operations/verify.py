# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Verify writes by reading the cells back, and settle or release those that were in doubt.

A read may be stale: AWS is eventually consistent. One that shows the place before therefore never
causes a second write of a change that AWS has acknowledged.
"""

from __future__ import annotations

from dataclasses import replace

from .._aws.errors import AwsError
from .._definition.model import ROUTE
from .._engine.cells import Reading
from .._engine.change import Action
from .._engine.plan import Step, after_failure
from .look import read_cells
from .work import OVERRULED, Terms, Work, elsewhere

CALL_TIMEOUT = 2.0  # seconds: a write whose reply was lost may still arrive this much later
SENDING = (Step.RESEND, Step.CREATE, Step.REPLACE)


def verify(terms: Terms, work: Work) -> bool:
    """Read what was written or is in doubt; True if that settled or released something."""
    now = terms.now()
    cells = [c for c in (*work.written, *work.doubtful) if work.confirm_at.get(c, now) <= now]
    if not cells:
        return False
    try:
        readings = read_cells(terms.ec2, cells, terms.deadline)
    except AwsError as error:
        work.errors.update(dict.fromkeys(cells, error))
        return False  # read again until the deadline: the writes are out
    before = len(work.settled), len(work.ready)
    for cell, seen in zip(cells, readings):
        if seen.error is not None:
            work.settle(cell, Action.FAILED, seen.error)
        elif cell in work.written:
            _verify_written(terms, work, seen)
        else:
            _verify_doubtful(terms, work, seen, now)
    return before != (len(work.settled), len(work.ready))


def _verify_written(terms: Terms, work: Work, seen: Reading) -> None:
    """One that shows the place before is stale, unless a newer move has put it there."""
    cell = seen.cell
    change = work.written[cell]
    if seen.points_at == change.after:
        work.settle(cell, Action.MOVED)
    elif seen.points_at not in (change.before, work.original[cell].before) and not _is_torn(seen):
        work.settle(cell, Action.CONFLICT, elsewhere(change, seen))
    elif not terms.is_newest(change):
        work.settle(cell, Action.CONFLICT, OVERRULED)


def _is_torn(seen: Reading) -> bool:
    """Whether it may be between two interfaces, each shown at a moment of its own.

    AWS's answer then says that the old one has lost the address, and not yet that the new one has
    it. A route is replaced in one piece.
    """
    return seen.cell.kind != ROUTE and seen.points_at is None


def _verify_doubtful(terms: Terms, work: Work, seen: Reading, read_at: float) -> None:
    """Judge a write without a clear answer. A lost one is given a call's time to arrive first."""
    cell = seen.cell
    error, since = work.doubtful[cell]
    change = work.original[cell]
    is_newest = terms.is_newest(change)
    step = after_failure(error.failure, change, seen, is_newest)
    settled_down = read_at - since >= CALL_TIMEOUT
    if step is Step.DONE and settled_down:
        work.settle(cell, Action.MOVED)
    elif step is Step.DONE:
        work.confirm_at[cell] = since + CALL_TIMEOUT
    elif step is Step.CONFLICT and (settled_down or not _is_torn(seen)):
        overruled = not is_newest and seen.points_at == change.before
        work.settle(cell, Action.CONFLICT, OVERRULED if overruled else elsewhere(change, seen))
    elif step in SENDING and (settled_down or step is not Step.RESEND):
        before = None if step is Step.CREATE else seen.points_at
        work.release(cell, replace(change, before=before), read_at)
