# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure what the design promises: `./dev bench`, or `./dev bench --quick` in half a minute."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.amazon.aws.plugins.module_utils.common import AMAZON_AWS_COLLECTION_VERSION

from ansible_collections.netops.floating_ip.plugins.module_utils._version import VERSION

from . import moves, page, playbooks
from .figures import Row, ratio_of_pairs
from .machine import this_machine
from .promises import judged
from .stand import BenchFailed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
SIZES = (1, 10, 50, 200, 500)


@dataclass(frozen=True)
class Plan:
    """How much to measure."""

    sizes: Sequence[int]
    runs: int
    runs_of_long: int
    runs_of_playbooks: int
    playbooks: Sequence[tuple[str, int]] = playbooks.ALL


FULL = Plan(SIZES, 9, 3, 4)
QUICK = Plan(SIZES[:3], 1, 1, 1, ((playbooks.OURS, playbooks.MANY),))  # theirs sleeps for 20 s
BENCHES: dict[str, Callable[[Plan], Iterator[Row]]] = {
    "moves": lambda plan: moves.rows(plan.sizes, plan.runs, plan.runs_of_long),
    "playbooks": lambda plan: playbooks.rows(plan.runs_of_playbooks, plan.playbooks),
}


def main() -> int:
    args = _arguments()
    began = time.monotonic()
    try:
        rows = _measure(args.only or list(BENCHES), QUICK if args.quick else FULL)
    except (BenchFailed, RuntimeError) as failure:
        print(f"The benchmark failed. {failure}", file=sys.stderr)
        return 1
    promises, remarks = judged(rows, with_times=not args.quick), _remarks(rows)
    print(page.for_terminal(rows, promises, remarks))
    print(f"\n{time.monotonic() - began:.0f} s")
    if args.write:
        known = (("amazon.aws", AMAZON_AWS_COLLECTION_VERSION), ("netops.floating_ip", VERSION))
        PAGE.write_text(page.document(rows, promises, remarks, this_machine(known)), "utf-8")
        print(f"Written: {PAGE}")
    return 0 if all(one.is_kept for one in promises) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="1, 10 and 50 tables, few runs; judges no times"
    )
    parser.add_argument(
        "--only", action="append", choices=list(BENCHES), metavar="NAME", help=f"{list(BENCHES)}"
    )
    parser.add_argument(
        "--write",
        action=argparse.BooleanOptionalAction,
        help=f"write docs/{PAGE.name} (default: after a full run of everything)",
    )
    args = parser.parse_args()
    if args.write is None:
        args.write = not (args.quick or args.only)
    return args


def _measure(names: Sequence[str], plan: Plan) -> list[Row]:
    rows = []
    for name in names:
        for row in BENCHES[name](plan):
            rows.append(row)
            print(f"{row.what}, {row.cells}: {row.report.median:.3f} s", file=sys.stderr)
    return rows


def _remarks(rows: Sequence[Row]) -> list[str]:
    by_name = {(row.what, row.cells): row for row in rows}
    theirs = by_name.get((playbooks.THEIRS, playbooks.FEW))
    if theirs is None:
        return []
    return [
        f"amazon.aws's module on {theirs.cells} tables takes {ratio_of_pairs(theirs, ours):.1f}"
        f" times as long as the {what} on {cells}. It sleeps for 5 s after each change."
        for (what, cells), ours in by_name.items()
        if what == playbooks.OURS
    ]


if __name__ == "__main__":
    sys.exit(main())
