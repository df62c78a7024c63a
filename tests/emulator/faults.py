# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults that a test asks for: which calls they hit, how often, and what happens to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Optional

from .call import Call

KINDS = ("error", "throttle", "unavailable", "timeout", "lost", "late", "page")


@dataclass
class Fault:
    """One fault. `action` is a pattern for the whole action name, `params` one to find in
    `Key=Value` lines.
    """

    kind: str
    action: str = ".*"
    params: Optional[str] = None
    service: str = ".*"
    count: Optional[int] = 1  # None: every call that matches
    skip: int = 0  # let this many matching calls pass first
    code: str = "InternalError"
    message: str = "An injected error occurred."
    status: int = 500
    seconds: float = 60.0  # timeout: the longest wait; late: the delay
    after: bool = False  # the change is made, then the fault strikes
    matched: int = 0
    applied: int = 0

    def strikes(self, call: Call) -> bool:
        """Does it hit this call? Counts the call if it matches."""
        if not self._matches(call):
            return False
        self.matched += 1
        spent = self.count is not None and self.applied >= self.count
        if self.matched <= self.skip or spent:
            return False
        self.applied += 1
        return True

    def _matches(self, call: Call) -> bool:
        if self.kind == "page" and "NextToken" not in call.params:
            return False
        if not re.fullmatch(self.service, call.service) or not re.fullmatch(
            self.action, call.action
        ):
            return False
        return self.params is None or re.search(self.params, call.text, re.MULTILINE) is not None


def read_fault(raw: Mapping[str, Any]) -> Fault:
    """A fault from JSON; ValueError says what is wrong."""
    names = {each.name for each in fields(Fault)} - {"matched", "applied"}
    unknown = sorted(set(raw) - names)
    if unknown:
        raise ValueError(f"Unknown fault keys {unknown}; use {sorted(names)}.")
    if raw.get("kind") not in KINDS:
        raise ValueError(
            f"The fault kind {raw.get('kind')!r} is unknown; use one of {list(KINDS)}."
        )
    for name in ("action", "params", "service"):
        re.compile(raw.get(name) or "")
    defaults: dict[str, Any] = {}
    if raw["kind"] == "unavailable":
        defaults = {"code": "Unavailable", "message": "The server is overloaded.", "status": 503}
    return Fault(**{**defaults, **raw})


class Faults:
    """Not thread-safe: the gateway holds its lock."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def find(self, call: Call) -> Optional[Fault]:
        """The first fault, in the order of their adding, that strikes."""
        return next((fault for fault in self._faults if fault.strikes(call)), None)

    def as_list(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._faults]
