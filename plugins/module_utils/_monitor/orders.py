# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What signals ask of the monitor: SIGTERM and SIGINT to stop, SIGHUP to begin anew at once.

They are blocked, and fetched between two turns of the loop. So none is lost when this process
executes itself: what has not been fetched waits for the next program.
"""

from __future__ import annotations

import signal

_SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}


class Orders:
    """Make it before any thread: threads inherit what is blocked, and must not take a signal."""

    def __init__(self) -> None:
        self.stop = False
        self._reload = False
        self._before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)

    def hear(self) -> None:
        """Fetch what has come."""
        for number in signal.sigpending() & _SIGNALS:
            signal.sigwait({number})  # it is pending: this does not wait
            if number == signal.SIGHUP:
                self._reload = True
            else:
                self.stop = True

    def take_reload(self) -> bool:
        """Whether a SIGHUP has come since this was last asked."""
        asked, self._reload = self._reload, False
        return asked

    def close(self) -> None:
        """Signals have their usual effect again. Not for a process that executes itself next."""
        self.hear()
        signal.pthread_sigmask(signal.SIG_SETMASK, self._before)
