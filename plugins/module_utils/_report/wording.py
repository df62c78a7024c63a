# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Numbers and texts as people read them."""

from __future__ import annotations


def many(count: int, noun: str) -> str:
    """`1 answer`, `1,234 answers`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def lasting(seconds: float) -> str:
    """A duration with three digits or so: `32 ms`, `0.31 s`, `4.1 s`, `312 s`."""
    if round(seconds, 3) < 0.1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.{2 if seconds < 1 else 1 if seconds < 100 else 0}f} s"


def plain(text: str) -> str:
    """The text on one line and without control characters: a server's answer may hold anything."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))
