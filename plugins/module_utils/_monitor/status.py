# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The status of each watch, as `floating-ip status` and the service manager show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Optional

from .._engine.cells import standing_of
from .._engine.decision import Decision, Verdict
from .._engine.health import Health
from .events import lasting
from .watch import Watch

LET_GO = "The monitor watches it no more: it has no sound definition of it."
REFRESH = 10.0  # seconds: an unchanged status is written again, as a sign of life
LOOK_IS_LONG = 2.0  # seconds after which the looks are what the monitor waits for


@dataclass
class StatusBoard:
    """`write` takes a name and a status; what it answers is nobody's concern here."""

    write: Callable[[str, dict[str, Any]], object]
    clock: Callable[[], float]
    wall: Callable[[], str]
    boot_id: str
    _last: dict[str, tuple[dict[str, Any], float]] = field(default_factory=dict)

    def show(self, watches: Iterable[Watch]) -> None:
        """Write what changed, and what was last written a while ago."""
        now = self.clock()
        for watch in watches:
            status = status_of(watch, now)
            gist = {**status, "sentence": lasting(status["sentence"])}
            before, at = self._last.get(watch.name, ({}, float("-inf")))
            if gist != before or now - at >= REFRESH:
                self._last[watch.name] = gist, now
                self._write(watch.name, status, stopped=False)

    def close(self, watches: Iterable[Watch]) -> None:
        """The last status of each: nobody watches it any more."""
        for watch in watches:
            self._write(watch.name, status_of(watch, self.clock()), stopped=True)

    def let_go(self, name: str) -> None:
        """The last status of one that the window before this one watched."""
        self._write(name, {"name": name, "sentence": LET_GO}, stopped=True)

    def _write(self, name: str, status: dict[str, Any], stopped: bool) -> None:
        stamp = {"at": self.clock(), "time": self.wall(), "boot_id": self.boot_id}
        self.write(name, {**status, **stamp, "stopped": stopped})


def status_of(watch: Watch, now: float) -> dict[str, Any]:
    """Who holds the address, how each target is, and what the monitor does about it.

    `target`: the one that this host is. `has_word`: whether its alias is to be there, where that
    follows the holder; None where it does not, or where nothing has told yet.
    """
    decision = telling(watch, now)
    holding, holder = standing_of(watch.look) if watch.look is not None else (None, None)
    return {
        "name": watch.name,
        "holding": holding.value if holding else "unreadable",
        "holder": holder,
        "sentence": sentence_of(decision),
        "verdict": decision.verdict.value if decision else "hold",
        "alarm": bool(decision and decision.alarm),
        "health": _health_of(watch),
        "paused": watch.pause is not None,
        "drained": list(watch.context.drained),
        "problem": watch.problem,
        "target": watch.observer.target,
        "is_target_known": watch.observer.is_known,
        "has_word": watch.has_word,
    }


def _health_of(watch: Watch) -> dict[str, str]:
    names = [target.name for target in watch.definition.targets]
    return {name: watch.health.get(name, Health.UNKNOWN).value for name in names}


def telling(watch: Watch, now: float) -> Optional[Decision]:
    """The last decision; looks that have just begun say less than the one before them."""
    told = watch.told
    is_new = told.looking_since is not None and now - told.looking_since < LOOK_IS_LONG
    return told.decision if is_new and told.decision is not None else watch.decision


def sentence_of(decision: Optional[Decision]) -> str:
    """What the monitor does now, or what it waits for."""
    if decision is None:
        return "It has not decided anything yet."
    if decision.verdict is Verdict.HOLD:
        return decision.reason
    doing = "It looks at AWS" if decision.verdict is Verdict.LOOK else f"It moves to {decision.to}"
    return f"{doing}: {decision.reason}"
