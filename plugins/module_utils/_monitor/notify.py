# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Tell the service manager how it goes: systemd's notification protocol, datagrams of text.

Without a manager (no NOTIFY_SOCKET) nothing is sent. Nothing here waits, and nothing raises: a
manager that does not listen is no reason to stop watching.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from typing import Optional

LONGEST_STATUS = 400  # characters


class Notifier:
    """`watchdog`: the manager kills a service that was silent for so many seconds; or None."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        path = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{path[1:]}" if path.startswith("@") else path
        self._socket = _opened() if path.startswith(("@", "/")) else None
        self.watchdog = _watchdog(environment)

    def ready(self) -> None:
        self._send("READY=1")

    def status(self, text: str) -> None:
        """What `systemctl status` shows, in one line."""
        line = " ".join(text.split())
        cut = line if len(line) <= LONGEST_STATUS else f"{line[: LONGEST_STATUS - 1]}…"
        self._send(f"STATUS={cut}")

    def alive(self) -> None:
        self._send("WATCHDOG=1")

    def reloading(self) -> None:
        """READY=1 must follow, from this program or from the one that takes its place."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        self._send("STOPPING=1")

    def more_time(self, seconds: float) -> None:
        """Ask not to be killed for so much longer, while a start or a stop takes its time."""
        self._send(f"EXTEND_TIMEOUT_USEC={int(seconds * 1e6)}")

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _send(self, text: str) -> None:
        if self._socket is None:
            return
        try:
            self._socket.sendto(text.encode(), self._address)
        except OSError:  # nobody listens, or its queue is full
            pass


def _opened() -> Optional[socket.socket]:
    try:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    except OSError:
        return None
    made.setblocking(False)
    return made


def _watchdog(environment: Mapping[str, str]) -> Optional[float]:
    """In seconds; None where nobody watches, or watches another process."""
    try:
        seconds = int(environment["WATCHDOG_USEC"]) / 1e6
        pid = int(environment.get("WATCHDOG_PID", os.getpid()))
    except (KeyError, ValueError):
        return None
    return seconds if seconds > 0 and pid == os.getpid() else None
