# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a client of the lab sees while it is measured: the lab's meter, read as it tells."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab.meter import PATIENCE as JUDGED_AFTER
from ansible_collections.netops.floating_ip.tests.lab.prompt import METER

from ..opened import Opened
from .stand import BenchFailed

PACE = 0.005  # seconds between two packets


@dataclass(frozen=True)
class Seen:
    """A stretch of time in which the same one answered, or nobody (None). Seconds since 1970."""

    who: str | None
    start: float
    end: float
    packets: int

    @property
    def seconds(self) -> float:
        return self.end - self.start


class Watching(Opened):
    """A client that asks `address` all the while. `spawn` starts a program where the client is."""

    def __init__(
        self, spawn: Callable[..., subprocess.Popen[str]], address: str, pace: float = PACE
    ) -> None:
        self.stretches: list[Seen] = []
        self._news = threading.Condition()
        argv = [sys.executable, str(METER), address, "--pace", str(pace)]
        self._meter = spawn(argv, stdout=subprocess.PIPE, text=True)
        self._thread = threading.Thread(target=self._read, name="meter", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._meter.send_signal(signal.SIGTERM)
        self._meter.wait(5)
        self._thread.join(5)
        if self._meter.stdout is not None:
            self._meter.stdout.close()

    def outage_since(self, moment: float, timeout: float) -> Seen:
        """The outage that began then, once it is over; BenchFailed if it is not in that time."""
        found = self._await(
            lambda: [one for one in self.stretches if one.who is None and one.end > moment], timeout
        )
        if not found:
            raise BenchFailed(f"No outage began and ended within {timeout:g} s.")
        return found[0]

    def left(self, who: str, moment: float, timeout: float) -> None:
        """Wait until another one than `who` answers, or nobody; BenchFailed if that never is."""
        if not self._await(
            lambda: [one for one in self.stretches if one.who == who and one.end > moment], timeout
        ):
            raise BenchFailed(f"The address did not leave {who} within {timeout:g} s.")

    def lost_since(self, moment: float) -> int:
        """How many packets sent since then are known to be lost. It waits until that can be told,
        but outages that are not over are not in it.
        """
        time.sleep(JUDGED_AFTER + 2 * PACE)
        return sum(one.packets for one in self.stretches if one.who is None and one.end > moment)

    def _await(self, found: Callable[[], Sequence[Seen]], timeout: float) -> Sequence[Seen]:
        end = time.monotonic() + timeout
        with self._news:
            while not (now := found()):
                left = end - time.monotonic()
                if left <= 0:
                    return ()
                self._news.wait(left)
            return now

    def _read(self) -> None:
        for line in self._meter.stdout or ():
            told: dict[str, Any] = json.loads(line)
            if "who" in told:
                with self._news:
                    self.stretches.append(Seen(**told))
                    self._news.notify_all()
