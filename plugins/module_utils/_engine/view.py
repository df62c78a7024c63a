# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a decision may depend on, and what it is."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cached_property
from typing import Optional

from .._definition.model import FloatingIp
from .cells import Cell, Holding, Look, standing_of
from .context import MONITOR, Context, Pause
from .health import Health, Run, health_of, is_proven_up


class Verdict(enum.Enum):
    HOLD = "hold"  # nothing to do; `reason` says why
    LOOK = "look"  # look at AWS now, then ask again
    MOVE = "move"  # failover, failback, assignment of an absent address, resumed move
    REPAIR = "repair"  # point stray cells back at the holder: `cells`


@dataclass(frozen=True)
class Observer:
    """Who is asking. `target`: the target this host is, or None on a witness or controller.

    `is_known`: False while nobody could tell whether this host is a target, and which; `problem`
    then says why, as a sentence, where it was asked for in vain.
    """

    target: Optional[str] = None
    is_known: bool = True
    problem: str = ""
    store_ok: bool = (
        True  # False: a shared store cannot be read; a broken file store does not matter here
    )


@dataclass(frozen=True)
class View:
    """Everything a decision may depend on."""

    definition: FloatingIp
    context: Context
    observer: Observer
    now: float
    look: Optional[Look] = None
    pause: Optional[Pause] = None

    @cached_property
    def standing(self) -> tuple[Holding, Optional[str]]:
        """Who holds the address, as far as its cells are ours to write."""
        return standing_of(self.look) if self.look else (Holding.UNREADABLE, None)

    @property
    def holder(self) -> Optional[str]:
        return self.standing[1]

    def run_of(self, target: str) -> Run:
        return self.context.run_of(target)

    def health_of(self, target: str) -> Health:
        return health_of(self.run_of(target), self.definition.probe, self.now)

    def is_up(self, target: str) -> bool:
        """Whether it is proven up now, so that it may be given the address."""
        return is_proven_up(self.run_of(target), self.definition.probe, self.now)


@dataclass(frozen=True)
class Decision:
    verdict: Verdict
    reason: str  # a sentence for a log line
    to: Optional[str] = None  # the target, for MOVE and REPAIR
    cells: tuple[Cell, ...] = ()  # for REPAIR
    alarm: bool = False  # a person should be told
    source: str = MONITOR  # whose will it is: pass it to `started`


def hold(reason: str, alarm: bool = False) -> Decision:
    return Decision(Verdict.HOLD, reason, alarm=alarm)
