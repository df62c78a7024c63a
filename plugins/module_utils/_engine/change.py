# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which writes a change of holder takes, and what each write came to."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Optional

from .cells import Cell


@dataclass(frozen=True)
class Change:
    """Point one cell somewhere else. `before`: what must still be there when the write is sent."""

    cell: Cell
    before: Optional[str]  # the id it points at; None: absent
    after: Optional[str]  # an interface id; None: remove the cell
    priority: int = 0  # lower goes first


class Action(enum.Enum):
    MOVED = "moved"
    LEFT = "left"  # it was right already
    FAILED = "failed"
    CONFLICT = "conflict"  # someone else pointed it elsewhere meanwhile
    UNVERIFIED = "unverified"  # written, but no read has shown it before the deadline


@dataclass(frozen=True)
class Outcome:
    """What became of one cell; the shape of an item in every module's result."""

    cell: Cell
    before: Optional[str]
    after: Optional[str]
    action: Action
    error: Optional[str] = None  # a sentence that says what to do
    is_written: bool = False  # AWS has acknowledged the write


class Failure(enum.Enum):
    """What an AWS error means for the caller, whatever its code."""

    THROTTLED = "throttled"  # not done; try again, slower
    UNSENT = "unsent"  # no connection, no name, no credentials yet: certainly not done; try again
    LOST = "lost"  # sent, no answer, or a 5xx: it may have been done; read before anything else
    EXISTS = "exists"  # RouteAlreadyExists
    ABSENT = "absent"  # the route or address to change is not there
    GONE = "gone"  # the table, interface, instance … does not exist: permanent
    DENIED = "denied"  # no permission, bad credentials: permanent for this run
    INVALID = "invalid"  # AWS refuses the request: permanent
