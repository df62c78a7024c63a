# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Follow the emulator: what changes in EC2 becomes true of packets, at once or after a delay."""

from __future__ import annotations

import http.client
import threading
import time
from collections import deque
from collections.abc import Mapping
from typing import Any

from ..emulator.client import Emulator
from .fabric import Plugged, fabric
from .follow import State, fold
from .router import Router
from .weaver import Weaver

_POLL = 0.5  # seconds that one question for news may take


class Vpc:
    """The network of one Region of the emulator, in the router.

    `propagation`: seconds from a change's reply to its effect on packets; it can be set any time,
    for changes from then on.
    """

    def __init__(self, emulator: Emulator, router: Router, region: str) -> None:
        self.propagation = 0.0
        self.region = region
        self._emulator = emulator
        self._weaver = Weaver(router)
        self._hosts: dict[str, Plugged] = {}
        self._changed = threading.Condition()
        self._seen = emulator.last_event()  # the newest event that we know of
        self._state: State = emulator.state(region)
        self._waiting: deque[tuple[float, Mapping[str, Any]]] = deque()
        self._problem: BaseException | None = None
        self._ends = False
        self._thread = threading.Thread(target=self._follow, name="vpc", daemon=True)
        self._thread.start()

    def plug(self, host: Plugged) -> None:
        """A host is an instance: what EC2 says of it holds for its packets."""
        with self._changed:
            self._hosts[host.plan.instance_id or ""] = host
            self._weave()

    def settle(self, timeout: float = 10.0) -> None:
        """Wait until all that has changed in EC2 so far is true of packets.

        RuntimeError if that takes longer, or if the router could not be made so.
        """
        last = self._emulator.last_event()
        with self._changed:
            done = self._changed.wait_for(lambda: self._is_true(last) or self._problem, timeout)
            if self._problem is not None:
                raise RuntimeError("The VPC could not follow EC2.") from self._problem
        if not done:
            raise RuntimeError(f"The VPC has not followed EC2 within {timeout:g} s.")

    def end(self) -> None:
        """Follow no longer; to be called before the emulator ends."""
        self._ends = True

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _is_true(self, last: int) -> bool:
        return self._seen >= last and not (self._waiting and self._waiting[0][1]["seq"] <= last)

    def _follow(self) -> None:
        try:
            while not self._ends:
                self._hear()
                self._act()
        except (OSError, http.client.HTTPException) as error:
            if not self._ends:
                self._fail(error)
        except Exception as error:  # noqa: BLE001 - whoever waits in `settle` is told
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        with self._changed:
            self._problem = error
            self._changed.notify_all()

    def _hear(self) -> None:
        """Wait for news, but not beyond the moment when older news takes effect."""
        wait = _POLL
        if self._waiting:
            wait = min(_POLL, max(0.0, self._waiting[0][0] - time.monotonic()))
        news = self._emulator.events(self._seen, wait)
        due = time.monotonic() + self.propagation
        with self._changed:
            for event in news:
                self._seen = event["seq"]
                if event["kind"] == "reset" or event["region"] == self.region:
                    self._waiting.append((due, event))
            self._changed.notify_all()

    def _act(self) -> None:
        with self._changed:
            now, count = time.monotonic(), 0
            while self._waiting and self._waiting[0][0] <= now:
                fold(self._state, self._waiting.popleft()[1])
                count += 1
            if count:
                self._weave()
            self._changed.notify_all()

    def _weave(self) -> None:
        self._weaver.weave(fabric(self._state, self._hosts))
