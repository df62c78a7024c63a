# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the design promises of these figures, and whether they keep it."""

from __future__ import annotations

from collections.abc import Sequence

from .figures import BURST, Promise, Row

MOST_TRIPS = 3
MOST_OVER_LIMIT = 1.05
RUNBOOK, RUNBOOK_CELLS, RUNBOOK_SECONDS = "runbook failover", 50, 2.5


def judged(rows: Sequence[Row], with_times: bool) -> tuple[Promise, ...]:
    """The promises that these rows speak of. Times are judged only on a machine that is idle."""
    paced = sorted({row.cells for row in rows if row.ratio is not None})
    kept = [_trips(rows), *(_pace([row for row in rows if row.cells == size]) for size in paced)]
    kept += [_runbook(rows)] if with_times else []
    return tuple(one for one in kept if one is not None)


def _trips(rows: Sequence[Row]) -> Promise | None:
    trips = [row.trips for row in rows if row.trips is not None and row.cells <= BURST]
    if not trips:
        return None
    text = f"a move of up to {BURST} tables takes at most {MOST_TRIPS} round trips"
    return Promise(text, str(max(trips)), max(trips) <= MOST_TRIPS)


def _pace(rows: Sequence[Row]) -> Promise:
    worst = max(row.ratio for row in rows if row.ratio is not None)
    text = f"the last of {rows[0].cells} tables at most 5 % above the limit of AWS's bucket"
    return Promise(text, f"{worst - 1:+.1%}", worst <= MOST_OVER_LIMIT)


def _runbook(rows: Sequence[Row]) -> Promise | None:
    found = [row for row in rows if (row.what, row.cells) == (RUNBOOK, RUNBOOK_CELLS)]
    if not found:
        return None
    seconds = found[0].report.median
    text = f"the failover runbook for {RUNBOOK_CELLS} tables in at most {RUNBOOK_SECONDS} s"
    return Promise(text, f"{seconds:.2f} s", seconds <= RUNBOOK_SECONDS)
