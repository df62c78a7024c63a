# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The log of calls and their number by action."""

from __future__ import annotations

import threading
from collections import Counter, deque
from typing import Any

from .call import Call

_LONGEST = 120
_MOST = 100_000  # calls kept


class CallLog:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[dict[str, Any]] = deque(maxlen=_MOST)
        self._counts: Counter[str] = Counter()

    def begin(self, call: Call, at: float, port: int) -> dict[str, Any]:
        """Note a call's arrival; its outcome is filled in by `end`."""
        params = {key: value[:_LONGEST] for key, value in call.params.items()}
        entry: dict[str, Any] = {"at": at, "service": call.service, "action": call.action}
        entry.update(region=call.region, params=params, connection=port, outcome=None)
        with self._lock:
            self._calls.append(entry)
            self._counts[call.action] += 1
        return entry

    def end(self, entry: dict[str, Any], outcome: str, seconds: float) -> None:
        with self._lock:
            entry["outcome"] = outcome
            entry["seconds"] = round(seconds, 6)

    def as_dict(self) -> dict[str, Any]:
        with self._lock:
            return {"counts": dict(self._counts), "calls": [dict(entry) for entry in self._calls]}

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
            self._counts.clear()
