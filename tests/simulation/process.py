# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one run of the monitor has of its own: jobs in virtual time, and the way to its disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._store.bounded import BoundedStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.simulation.host import Host
from ansible_collections.netops.floating_ip.tests.simulation.kernel import Kernel


@dataclass
class Process:
    """One run of the monitor, from its start to its end."""

    host: Host
    started: float
    is_alive: bool = True

    stopped_until: float = 0.0  # by SIGSTOP

    def resumes_at(self) -> float:
        frozen = self.host.thaws_at if self.host.is_frozen else 0.0
        return max(frozen, self.stopped_until)


class Jobs:
    """The loop's jobs, beside it in virtual time."""

    def __init__(self, kernel: Kernel, process: Process, poke: Callable[[], None]) -> None:
        self.kernel, self.process, self.poke = kernel, process, poke
        self.under_way = 0
        self.number = 0  # of the last one
        self._ended: list[Callable[[], None]] = []

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        def run() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - what a thread pool does too
                self._end(failed, error)
            else:
                self._end(done, result)

        self.under_way += 1
        self.number += 1
        self.kernel.spawn(run, self.process, self.number)

    def _end(self, call: Callable[[Any], None], value: Any) -> None:
        self._ended.append(lambda: call(value))
        self.poke()

    def finished(self) -> Iterator[Callable[[], None]]:
        while self._ended:
            self.under_way -= 1
            yield self._ended.pop(0)

    def wait(self, seconds: float) -> None:
        raise AssertionError("a window ends only between moves")


class Store(BoundedStore):
    """The real one, without its thread: here the caller finds out itself that the disk hangs."""

    def __init__(self, host: Host, process: Process, stall: Callable[[float], None]) -> None:
        super().__init__(FileStore(host.directory))
        self._host, self._process, self._stall = host, process, stall
        self._hangs = False

    def _in_time(self, call: Callable[[], Any]) -> Any:
        if not self._host.disk.has("hanging"):
            return call()
        if not self._hangs:
            self._hangs = True
            self._host.disk.hung.append(lambda: self._end_late(call))
            self._stall(self._seconds)
        return None

    def _is_hanging(self) -> bool:
        return self._host.disk.has("hanging")

    def _end_late(self, call: Callable[[], Any]) -> None:
        """Nobody hears any more of how it ends."""
        self._hangs = False
        if self._process.is_alive:
            with suppress(Exception):
                call()
