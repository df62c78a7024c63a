# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was changed in EC2 from a moment on, by its own record: the invariants are judged by it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating

PATIENCE = 40.0  # seconds: a bound for a machine that is busy, not a measure
_TICK = 0.02  # seconds

Led = dict[str, tuple[str, ...]]


class Chronicle:
    """Begins now. `began`: of `time.time`."""

    def __init__(self, emulator: Emulator, *watched: Floating) -> None:
        self._emulator = emulator
        self._watched = watched
        self.since = emulator.last_event()
        self.began = time.time()

    def events(self) -> list[dict[str, Any]]:
        return self._emulator.events(self.since)

    def led(self, floating: Floating) -> Led:
        """Where each cell was led to, in order; a change that only repeats is none."""
        found: dict[str, list[str]] = {table: [] for table in floating.tables}
        for event in self.events():
            if event["kind"] != "route" or not floating.is_cell(event["id"], event["sub"]):
                continue
            was, now = (floating.target_of(event[key]) for key in ("before", "after"))
            if was != now:
                found[event["id"]].append(now)
        return {table: tuple(targets) for table, targets in found.items()}

    def strange(self, beside: Iterable[str] = ()) -> list[dict[str, Any]]:
        """Changes of anything but our cells, other than by these actions of the test itself."""
        return [
            event
            for event in self.events()
            if event["action"] not in (*beside, "Settings") and not self._is_ours(event)
        ]

    def await_led(
        self, floating: Floating, *targets: str, patience: float = PATIENCE, said: Any = None
    ) -> float:
        """Wait until every cell was led to these in turn; seconds since the beginning.

        AssertionError where one is led elsewhere, or not in time; `said()` is shown with it.
        """
        end = time.monotonic() + patience
        while True:
            led = self.led(floating)
            took = time.time() - self.began
            if all(cell == targets for cell in led.values()):
                return took
            astray = [cell for cell in led.values() if cell != targets[: len(cell)]]
            assert not astray and time.monotonic() < end, (targets, led, said and said())
            time.sleep(_TICK)

    def _is_ours(self, event: dict[str, Any]) -> bool:
        return event["kind"] == "route" and any(
            one.is_cell(event["id"], event["sub"]) for one in self._watched
        )
