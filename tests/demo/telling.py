# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Events of the demo's own: the monitor's clock, and the files that hold events."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    Event,
    Kind,
    from_line,
    utc,
)


def now() -> float:
    """Seconds of CLOCK_BOOTTIME: the same in every process of this host."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def tell(
    kind: Kind,
    sentence: str,
    floating_ip: str = "",
    target: str | None = None,
    data: Mapping[str, object] | None = None,
) -> Event:
    """An event of this moment."""
    return Event(now(), utc(time.time()), kind, floating_ip, sentence, target, data or {})


def read_events(path: Path) -> list[Event]:
    """The events in a file that someone may still be writing; ValueError names a broken line."""
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    return [from_line(line) for line in text[: text.rfind("\n") + 1].splitlines()]
