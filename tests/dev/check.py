# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a check is, and what came of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seed:
    """An error that the check must find: a file to add to a copy of the repository.

    There, `$SEEDED` is its path; in the clone it is empty.

    A tool that looked at none of our files also exits with 0. Finding this proves that it looked.
    """

    path: str
    text: str


class Turn(enum.Enum):
    """When a check runs."""

    TOGETHER = "first, one on each core"
    ALONE = "then one by one, as time matters to it"
    SPARE = "beside those, as it takes long and is content with the time that they leave"
    QUIET = "last and one by one: even the spare ones would take too much from it"


@dataclass(frozen=True)
class Check:
    """One line of the table. `command` is run by bash in the repository's root.

    `$TESTS` are the files to run again, where it is a second attempt; else it is empty.
    """

    name: str
    command: str
    group: str = ""
    needs: str = ""  # a path without which there is nothing to check yet
    pytest: bool = False  # `$JUNIT` says which file to write the results to
    turn: Turn = Turn.TOGETHER
    real: bool = False  # it waits for what happens in real time, so a busy machine may fail it
    budget: float = 0.0  # seconds of its own, as it makes what later runs use; else all share them
    seed: Seed | None = None


class Outcome(enum.Enum):
    PASSED = "passed"
    FAILED = "FAILED"
    NOT_RUN = "not run"


@dataclass(frozen=True)
class Case:
    """One test of a check that has many."""

    name: str
    seconds: float
    outcome: str  # passed, failed, skipped
    reason: str = ""  # of a test that passed: what it had failed with before


@dataclass(frozen=True)
class Result:
    check: Check
    outcome: Outcome
    seconds: float = 0.0
    reason: str = ""
    log: str = ""
    tests: tuple[Case, ...] = field(default=())
    used: float = 0.0  # seconds of processor time
