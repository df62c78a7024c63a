# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The meter in a process of its own, so that nothing else on this host disturbs its pace."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, Optional

from .._probe.meter import END, Line, Pace
from .measuring import measure_here

_BEGIN = "begin"
_PATIENCE = 30.0  # seconds for the last answers and the sums


class Metering:
    """A meter that is started early, before threads and AWS libraries, and begins when told.

    It ends with this process, however that ends; signals to the terminal's group do not end it.
    """

    def __init__(self, lines: Sequence[Line], pace: Pace) -> None:
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_measure, args=(self._ours, theirs, tuple(lines), pace), name="floating-ip meter"
        )
        self._process.start()
        theirs.close()

    def begin(self) -> None:
        self._ours.send(_BEGIN)

    def tell(self, word: str) -> None:
        """Mark this moment in the measurements. Nothing if the meter has died."""
        try:
            self._ours.send(word)
        except OSError:
            pass

    def finish(self) -> list[dict[str, Any]]:
        """The measurements; none if the meter has died."""
        self.tell(END)
        found: list[dict[str, Any]] = []
        try:
            if self._ours.poll(_PATIENCE):
                found = self._ours.recv()
        except (EOFError, OSError):
            pass
        self.close()
        return found

    def close(self) -> None:
        """End it, whatever it does."""
        self._ours.close()
        self._process.join(1.0)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


class _Told:
    """The words of the other process. Its end is the word END too."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __call__(self) -> Optional[str]:
        try:
            return str(self._connection.recv()) if self._connection.poll() else None
        except (EOFError, OSError):
            return END


def _measure(ours: Connection, theirs: Connection, lines: Sequence[Line], pace: Pace) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    ours.close()  # else the end of the other process would not be seen
    try:
        if theirs.recv() != _BEGIN:
            return
        theirs.send(measure_here(lines, pace, _Told(theirs)))
    except (EOFError, OSError):
        pass  # nobody is there to be told
