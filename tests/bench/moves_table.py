# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A move as a line of its table."""

from __future__ import annotations

from .figures import Row

HEADINGS = (
    "what",
    "tables",
    "runs",
    "least",
    "median",
    "most",
    "report",
    "limit",
    "ratio",
    "trips",
    "in time",
)


def cells_of(row: Row) -> tuple[str, ...]:
    last = row.last_cell
    return (
        row.what,
        str(row.cells),
        str(len(row.samples)),
        _seconds(last.least),
        _seconds(last.median),
        _seconds(last.most),
        _seconds(row.report.median),
        _seconds(row.limit) if row.limit else "",
        "" if row.ratio is None else f"{row.ratio:.3f}",
        "" if row.trips is None else str(row.trips),
        "" if row.time_in_trips is None else f"{row.time_in_trips:.1f}",
    )


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.2f}"
