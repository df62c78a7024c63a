# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""One writer at a time, by flock: the kernel lets go of it whatever becomes of the holder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Callable

from .document import create

_PAUSE = 0.005  # seconds between two tries
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Busy(Exception):
    """Another process kept the lock for all of the wait."""


@dataclass(frozen=True)
class Patience:
    """How long to wait for a lock, and by which clock."""

    seconds: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@contextmanager
def locked(path: str, patience: Patience) -> Iterator[None]:
    """Hold the lock file at `path`; raises Busy, or OSError where it cannot be made or opened."""
    file = _opened(path)
    try:
        _take(file, path, patience)
        yield
    finally:
        os.close(file)  # and with it the lock


def _opened(path: str) -> int:
    """flock needs no right to write: so the file is opened for reading, whoever made it."""
    try:
        return os.open(path, _OPEN)
    except FileNotFoundError:
        pass
    try:
        os.close(create(path))
    except FileExistsError:  # another process was faster
        pass
    return os.open(path, _OPEN)


def _take(file: int, path: str, patience: Patience) -> None:
    until = patience.clock() + patience.seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if patience.clock() >= until:
                raise Busy(
                    f"another process has held {path} for {patience.seconds:g} s: "
                    f"look for a floating-ip command that hangs (fuser {path})"
                ) from None
        patience.sleep(_PAUSE)
