# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures as one table: for the terminal, and as docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Sequence

from .figures import Promise, Row
from .machine import Machine

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
TITLE = """\
# Benchmarks

Written by `./dev bench`; do not edit. AWS is the emulator of `tests/emulator`, on the same machine:
its work is a part of every figure, and a new connection costs no TLS handshake.
"""
LEGEND = """\
All times are seconds.

* A move is measured from the decision, with a fresh look in hand. **Least**, **median** and
  **most** are until the last cell was at its destination, by the emulator's own record of changes.
  **Report** is the median until all cells had also been read back.
* **Buckets**: the emulator refuses what AWS would refuse for its rate: a bucket of 50 changes,
  refilled at 5 a second. **Limit** is how long that alone makes the last of so many changes wait,
  **ratio** the median against it. **No buckets**: nobody paces, which shows what our code costs.
* **0.3 s a call**: every call takes that long on its way. **Trips** are the calls one after another
  in the emulator's log, the most of any run, where no bucket holds them up; 50 calls go out at
  once. **In time** is the report divided by 0.3 s.
* **Runbook failover** is all of `ansible-playbook netops.floating_ip.failover`, from start to end:
  the check of the selection, the plan with its probes, the move and the report; with **2 monitors**
  also what they are asked and told, on two hosts with a local connection. All tables are moved by
  one module call, or the benchmark fails. **amazon.aws in a loop** is a playbook with
  `ec2_vpc_route_table` for each table, and nothing else. They ran in turn, with buckets;
  **report** is the end of the process.
"""

Table = Sequence[Sequence[str]]


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


def aligned(table: Table) -> str:
    """Columns as wide as they must be: the first to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    )


def markdown(table: Table) -> str:
    heading, *lines = table
    rule = ["---", *["---:"] * (len(heading) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (heading, rule, *lines))


def for_terminal(rows: Sequence[Row], promises: Sequence[Promise], remarks: Sequence[str]) -> str:
    parts = [aligned([HEADINGS, *map(cells_of, rows)])]
    parts += ["\n".join(map(_verdict, promises))] if promises else []
    return "\n\n".join([*parts, *remarks])


def document(
    rows: Sequence[Row], promises: Sequence[Promise], remarks: Sequence[str], machine: Machine
) -> str:
    """docs/benchmarks.md."""
    parts = [TITLE, "## Figures\n", markdown([HEADINGS, *map(cells_of, rows)]) + "\n", LEGEND]
    parts += [f"{remark}\n" for remark in remarks]
    parts += ["## Promises\n", *[f"* {_verdict(one)}" for one in promises]]
    return "\n".join([*parts, "\n## Machine\n", *described(machine)]) + "\n"


def described(machine: Machine) -> list[str]:
    versions = ", ".join(f"{name} {version}" for name, version in machine.versions)
    return [
        f"* {machine.processor}; {machine.cores} cores, {machine.memory_gib:.1f} GiB of memory",
        f"* {machine.system}, {machine.python}",
        f"* {versions}",
    ]


def _verdict(promise: Promise) -> str:
    return f"{'kept' if promise.is_kept else 'BROKEN'}: {promise.text}; measured {promise.measured}"


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.2f}"
