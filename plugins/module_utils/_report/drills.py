# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What is remembered of drills, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Optional

from .event import utc
from .wording import plain


def told_of(last: Mapping[str, Any]) -> str:
    """`The last drill, at 2026-01-31T12:00:30Z, passed: No packet of 3,000 was lost.`"""
    outcome = "passed" if last.get("passed") else "FAILED"
    when = utc(float(last.get("ended") or 0.0)).partition(".")[0]
    return f"The last drill, at {when}Z, {outcome}: {plain(str(last.get('sentence')))}"


def drills_say(
    last: Optional[Mapping[str, Any]], running: Optional[Mapping[str, Any]]
) -> Iterator[str]:
    """What a person should know of drills: the last one, and one that has not ended."""
    if running:
        yield (
            f"A drill goes on, or was interrupted: {running.get('was')} held the address before. "
            "If none goes on, run it again, and the address is put back first."
        )
    if last:
        yield told_of(last)
