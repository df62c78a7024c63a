# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Changes under way: which are still to be sent, which are in doubt, what became of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Optional

from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._engine.cells import Cell, Reading
from .._engine.change import Action, Change, Outcome

OVERRULED = "A newer move was announced, so this one stopped."
PAUSED = "It was paused before this was written; resume it, and the rest is moved."


def always(change: Change) -> bool:
    """Nobody else announces moves here: the intent behind every change is the newest one."""
    return True


def never(change: Change) -> bool:
    """Nobody pauses what a person does."""
    return False


@dataclass(frozen=True)
class Terms:
    """Under which terms changes are carried out.

    `deadline`: of the client's clock. `is_newest`: False once a newer intent overrules the change.
    `is_paused`: True once it must not be written any more.
    """

    ec2: Ec2
    deadline: float
    is_newest: Callable[[Change], bool] = always
    is_paused: Callable[[Change], bool] = never

    def now(self) -> float:
        return self.ec2.clock()


@dataclass
class Work:
    """The changes under way. A cell is ready, written, doubtful or settled, never two of these."""

    original: dict[Cell, Change]
    looked_at: dict[Cell, float]  # when the look that guards its next write began
    ready: dict[Cell, Change] = field(default_factory=dict)
    written: dict[Cell, Change] = field(default_factory=dict)  # AWS said yes; not yet read back
    doubtful: dict[Cell, tuple[AwsError, float]] = field(default_factory=dict)  # error, its time
    confirm_at: dict[Cell, float] = field(default_factory=dict)  # doubtful, read as done: once more
    errors: dict[Cell, AwsError] = field(default_factory=dict)  # the last one, settled or not
    may_be_ours: set[Cell] = field(default_factory=set)  # in doubt once: what is there may be ours
    settled: dict[Cell, Outcome] = field(default_factory=dict)

    def settle(self, cell: Cell, action: Action, error: Optional[str] = None) -> None:
        is_written = cell in self.written
        for waiting in (self.ready, self.written, self.doubtful, self.confirm_at):
            waiting.pop(cell, None)
        change = self.original[cell]
        ends = change.before, change.after
        self.settled[cell] = Outcome(cell, *ends, action, error, is_written)

    def doubt(self, cell: Cell, error: AwsError, now: float) -> None:
        """The change may have been made, or stands in a way of its own: read it."""
        del self.ready[cell]
        self.doubtful[cell] = (error, now)
        self.may_be_ours.add(cell)

    def release(self, cell: Cell, change: Change, looked_at: float) -> None:
        """It was not made, or not yet: send it, guarded by the look that showed so."""
        self.doubtful.pop(cell, None)
        self.confirm_at.pop(cell, None)
        self.ready[cell] = change
        self.looked_at[cell] = looked_at

    def give_up(self) -> None:
        """The deadline has passed: what is not known is reported as not known."""
        for cell in list(self.ready):
            words = f"It was not changed before the deadline; run it again.{self._why(cell)}"
            self.settle(cell, Action.FAILED, words)
        for cell in (*self.written, *self.doubtful):
            words = f"No read showed it before the deadline; look at it again.{self._why(cell)}"
            self.settle(cell, Action.UNVERIFIED, words)

    def _why(self, cell: Cell) -> str:
        return f" {self.errors[cell]}" if cell in self.errors else ""


def elsewhere(change: Change, seen: Reading) -> str:
    return (
        f"Someone else changed it: expected {change.before or 'no entry'}, "
        f"found {seen.points_at or 'no entry'}; look at who manages it, then run again."
    )
