# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service manager: hears what a service tells it, as systemd does."""

from __future__ import annotations

import os
import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Manager:
    """Listens on an abstract socket. `heard`: when, by `time.monotonic`, and each line."""

    heard: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(f"\0floating-ip-test-{os.getpid()}-{id(self)}")
        threading.Thread(target=self._listen, daemon=True).start()

    def environment(self, watchdog: float = 2.0) -> dict[str, str]:
        """`watchdog` in seconds."""
        path = self._socket.getsockname()[1:].decode()
        return {"NOTIFY_SOCKET": f"@{path}", "WATCHDOG_USEC": str(int(watchdog * 1e6))}

    def values(self, key: str) -> list[str]:
        """Each value that was told of `KEY=`, in order."""
        return [line.partition("=")[2] for _at, line in self.heard if line.startswith(f"{key}=")]

    def times(self, line: str) -> list[float]:
        return [at for at, told in self.heard if told == line]

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                data = self._socket.recv(65536)
            except OSError:
                return
            self.heard += [(time.monotonic(), line) for line in data.decode().split("\n") if line]
