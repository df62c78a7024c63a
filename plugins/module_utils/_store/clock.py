# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The clocks: boot time for every duration, wall time for people only."""

from __future__ import annotations

import datetime
import time

_BOOT_ID = "/proc/sys/kernel/random/boot_id"


def boottime() -> float:
    """Seconds since the boot, suspended time included; plain monotonic where that is missing."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def boot_id(path: str = _BOOT_ID) -> str:
    """The kernel's name for this boot, as times of another one mean nothing; "" if unreadable."""
    try:
        with open(path, encoding="ascii") as file:
            return file.read().strip()
    except (OSError, ValueError):
        return ""


def wall_time_iso() -> str:
    """Now, in UTC to the second: 2026-01-31T12:00:00Z. Nothing may be decided by it."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
