# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Pauses on disk: one file each, apart from the context. One that cannot be read still pauses."""

from __future__ import annotations

import os
from typing import Optional

from .._engine.context import Pause
from . import document
from .format import explained, pause_bytes, pause_of

UNREADABLE = "unreadable"  # who paused, when nobody can tell


def paused(path: str) -> Optional[Pause]:
    """The pause in force, or None."""
    try:
        return pause_of(document.read(path).data)
    except FileNotFoundError:
        return None
    except document.Unusable as error:
        why = f"{path} {error}"
    except OSError as error:
        why = f"{path} cannot be read: {explained(error)}"
    reason = f"{why}. As it may be a pause, nothing is written to AWS; pause again or resume"
    return Pause(by=UNREADABLE, reason=reason, time="")


def pause(path: str, wanted: Pause) -> Optional[str]:
    """Pause. None, or a sentence on what went wrong.

    No lock: a pause must not wait for anyone. Where the file cannot be filled, an empty one is
    tried, as that pauses too.
    """
    try:
        document.write(path, pause_bytes(wanted), f"{path}.new-{os.getpid()}")
        return None
    except OSError as error:
        why = explained(error)
    if _leave_empty(path):
        return f"It is paused, but by whom and why could not be saved in {path}: {why}."
    return f"It is NOT paused: {path} cannot be written: {why}."


def resume(path: str) -> Optional[str]:
    """End the pause, a missing or an unreadable one too. None, or a sentence on what went wrong."""
    try:
        os.unlink(path)
        document.flush_directory(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"It is still paused: {path} cannot be removed: {explained(error)}."
    return None


def _leave_empty(path: str) -> bool:
    try:
        os.close(document.create(path))
    except FileExistsError:
        return True
    except OSError:
        return False
    return True
