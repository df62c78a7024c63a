# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""While the simulation runs: the store's disk is in memory, and a host's clock is its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._operations import (
    announce,
    contexts,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store import (
    aside,
    document,
    file,
    lock,
    pauses,
)
from ansible_collections.netops.floating_ip.tests.simulation.disk import (
    SimulatedLocks,
    SimulatedOs,
)
from ansible_collections.netops.floating_ip.tests.simulation.host import Host

WITH_A_DISK = (aside, document, file, lock, pauses)
WITH_A_CLOCK = (announce, contexts)


class Here:
    """On which host a command runs now."""

    def __init__(self) -> None:
        self._host: Host | None = None

    @contextmanager
    def on(self, host: Host) -> Iterator[None]:
        before, self._host = self._host, host
        try:
            yield
        finally:
            self._host = before

    @property
    def host(self) -> Host:
        assert self._host is not None, "a command must run on some host"
        return self._host

    def clock(self) -> float:
        return self.host.clock()

    def boot_id(self) -> str:
        return self.host.boot_id

    def wall_time(self) -> str:
        return self.host.wall_time()


@contextmanager
def simulated(disks: SimulatedOs, here: Here) -> Iterator[None]:
    """The modules of the store and of the commands, with what they get from the system replaced."""
    replaced: list[tuple[ModuleType, str, Any]] = []

    def put(module: ModuleType, name: str, value: Any) -> None:
        replaced.append((module, name, getattr(module, name)))
        setattr(module, name, value)

    for module in WITH_A_DISK:
        put(module, "os", disks)
    put(lock, "fcntl", SimulatedLocks())
    put(aside, "wall_time_iso", lambda: "noon")
    for module in WITH_A_CLOCK:
        put(module, "boottime", here.clock)
        put(module, "wall_time_iso", here.wall_time)
    put(contexts, "boot_id", here.boot_id)
    try:
        yield
    finally:
        for module, name, value in reversed(replaced):
            setattr(module, name, value)
