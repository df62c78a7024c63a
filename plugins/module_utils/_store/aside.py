# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Keep what cannot be used: a person may want to know what was in it."""

from __future__ import annotations

import os

from .clock import wall_time_iso

_KEPT = 5  # of one context; a disk that breaks every file must not fill up as well


def set_aside(path: str) -> str:
    """Rename it to PATH.corrupt-TIME, and forget the oldest beyond five; raises OSError."""
    aside = f"{path}.corrupt-{wall_time_iso().replace(':', '')}"
    os.rename(path, aside)
    for old in _kept(path)[:-_KEPT]:
        try:
            os.unlink(old)
        except OSError:  # a directory, say: it may stay
            pass
    return aside


def _kept(path: str) -> list[str]:
    directory, name = os.path.split(path)
    prefix = f"{name}.corrupt-"
    return sorted(os.path.join(directory, n) for n in os.listdir(directory) if n.startswith(prefix))
