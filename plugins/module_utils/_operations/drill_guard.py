# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Guard: put an address back where a drill took it from, if who led the drill is gone.

A runbook tells each observer again and again that its drill goes on. A guard on the same host
waits for the end of the drill. When it has heard nothing for as long as the runbook itself said
(the lease), it starts the instance that the drill has stopped, and gives the address back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Optional

from .._engine.context import OPERATOR, Intent

_LISTEN = 1.0  # seconds between two looks at what is remembered of the drill
_AGAIN = 5.0  # seconds between two tries to give the address back
_PATIENCE = 900.0  # seconds of tries: then a person has to

Running = Mapping[str, Any]


@dataclass(frozen=True)
class Guard:
    """What a guard acts by; tests hand in others. `clock`: seconds since the boot.

    `running` is what is remembered of the drill, None once it has ended; `intent` the newest order
    that this host knows; `repair` undoes what the drill broke, `restore` gives the address to a
    target, and both return a sentence where that fails; `forget` forgets the drill.
    """

    running: Callable[[], Optional[Running]]
    intent: Callable[[], Optional[Intent]]
    repair: Callable[[Running], Optional[str]]
    restore: Callable[[str], Optional[str]]
    forget: Callable[[], None]
    say: Callable[[str], None]
    clock: Callable[[], float]
    boot_id: str
    sleep: Callable[[float], None]


@dataclass(frozen=True)
class _Lost:
    """When the drill counted as lost, and the number of the newest order at that moment.

    `broken`: why what the drill broke is not repaired yet; None once it is.
    """

    at: float
    epoch: int
    broken: Optional[str] = "not tried"


def keep(guard: Guard) -> Optional[str]:
    """Wait until the drill has ended, or end it; a sentence where the address was not put back."""
    lost: Optional[_Lost] = None
    while True:
        running = guard.running()
        if running is None:
            return None
        if not is_lost(running, guard.clock(), guard.boot_id):
            lost = None
            guard.sleep(_LISTEN)
            continue
        if lost is None:
            lost = _noticed(guard, running)
        if lost.broken is not None:
            lost = replace(lost, broken=guard.repair(running))
        problem = lost.broken or _end(guard, str(running["was"]), lost)
        if problem is None or guard.clock() - lost.at > _PATIENCE:
            return problem
        guard.sleep(_AGAIN)


def is_lost(running: Running, now: float, boot: str) -> bool:
    """Whether nobody has told for longer than the lease that the drill goes on.

    Without a lease nobody has promised to tell, so it never is.
    """
    lease = running.get("lease")
    return lease is not None and (running.get("boot_id") != boot or now > float(lease))


def _noticed(guard: Guard, running: Running) -> _Lost:
    guard.say(f"The drill is lost: the address goes back to {running['was']}.")
    intent = guard.intent()
    return _Lost(guard.clock(), intent.epoch if intent else 0)


def _end(guard: Guard, was: str, lost: _Lost) -> Optional[str]:
    """Give the address back, unless an operator has sent it elsewhere since the drill was lost."""
    intent = guard.intent()
    if intent is not None and intent.epoch > lost.epoch and _overrules(intent, was):
        guard.forget()
        guard.say(f"An operator has sent the address to {intent.to} meanwhile: it stays there.")
        return None
    return guard.restore(was)


def _overrules(intent: Intent, was: str) -> bool:
    return intent.source == OPERATOR and intent.to != was
