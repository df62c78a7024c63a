# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a move came to: printed, and as the exit code that it deserves."""

from __future__ import annotations

from collections.abc import Sequence

from .._operations.move import Moved
from .._operations.result import entry_of
from .._report.table import errors_of, rows_of, summary, table
from .codes import FAILED, OK, PARTIAL
from .installed import Settings
from .output import say, say_json


def show(settings: Settings, results: Sequence[Moved]) -> int:
    """Print the results; the exit code that they deserve."""
    report = {"floating_ips": [entry_of(one) for one in results]}
    if settings.as_json:
        say_json(report)
    else:
        for entry in report["floating_ips"]:
            say(f"{summary(entry)}.")
        say(table(rows_of(report)))
        for error in errors_of(report):
            say(error)
    if not any(one.is_partial for one in results):
        return OK
    return PARTIAL if any(one.is_changed for one in results) else FAILED
