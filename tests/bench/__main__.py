# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure what the design promises: `./dev bench`, or `./dev bench --quick` in half a minute.

What the defaults of the probe are worth is measured apart: `./dev bench tuning`, in half an hour.
What is measured is kept in .cache/bench at once, so an interrupted run leaves what it has; a part
that is measured alone (`./dev bench outage --runs 5`) takes the place of its last measurement.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from . import page
from .book import Book
from .chapter import Chapter
from .chapters import WHOLE
from .machine import Machine, this_machine
from .plan import FULL, QUICK, Plan
from .session import ALONE, NAMES, NEEDS_ROOT, Session
from .stand import BenchFailed
from .versions import known

ROOT = Path(__file__).resolve().parents[2]
PAGE, TUNING = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "tuning.md"
INTERRUPTED = 130  # the exit code
KEPT, KEPT_QUICK = ROOT / ".cache" / "bench", ROOT / ".cache" / "bench-quick"


@dataclass(frozen=True)
class Publisher:
    """Keeps each chapter, and writes its page anew if that is wanted. `writes`: the benchmark's;
    `writes_tuning`: that of the chapter which has one to itself.
    """

    book: Book
    writes: bool
    writes_tuning: bool

    def take(self, chapter: Chapter) -> None:
        self.book.put(chapter)
        if chapter.name in ALONE:
            if self.writes_tuning:
                TUNING.write_text(page.of_tuning(chapter, _machine()), encoding="utf-8")
        elif self.writes:
            self.write()

    def write(self) -> None:
        chapters = self.book.chapters((*NAMES, WHOLE))
        missing = [name for name in NAMES if name not in [one.name for one in chapters]]
        PAGE.write_text(page.document(chapters, missing, _machine()), encoding="utf-8")


def _machine() -> Machine:
    return this_machine(known())


def main() -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    args = _arguments()
    names, began = _possible(args.parts or NAMES), time.monotonic()
    book = Book(KEPT_QUICK if args.quick else KEPT)
    if args.quick or not args.parts:
        book.clear()
    plan = QUICK if args.quick else FULL
    plan = plan.with_runs(args.runs) if args.runs else plan
    writes = not (args.quick or args.parts) if args.write is None else args.write
    writes_tuning = not args.quick if args.write is None else args.write
    code = _measure(plan, names, Publisher(book, writes, writes_tuning))
    found = book.chapters(names if args.parts else (*names, WHOLE))
    print(f"{page.for_terminal(found)}\n\n{time.monotonic() - began:.0f} s")
    broken = any(one.is_kept is False for each in found for one in each.promises)
    return code or int(broken)


def _measure(plan: Plan, names: Sequence[str], publisher: Publisher) -> int:
    """The exit code for how that went; what has been measured is kept, however it ends."""
    try:
        with ExitStack() as opened:
            Session(plan, publisher.take, opened).run(names)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except (BenchFailed, RuntimeError) as failure:
        print(f"The benchmark failed. {failure}", file=sys.stderr)
        return 1
    return 0


def _possible(names: Sequence[str]) -> tuple[str, ...]:
    if os.geteuid() == 0:
        return tuple(names)
    left = [name for name in names if name in NEEDS_ROOT]
    if left:
        print(f"Not measured, as hosts need root: {', '.join(left)}.", file=sys.stderr)
    return tuple(name for name in names if name not in NEEDS_ROOT)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"{', '.join(NAMES)} (default: all of them); or {ALONE[0]}",
    )
    parser.add_argument(
        "--quick", action="store_true", help="each part once, at the same time; judges no times"
    )
    parser.add_argument("--runs", type=int, metavar="N", help="of each fault (default: 20)")
    parser.add_argument(
        "--write",
        action=argparse.BooleanOptionalAction,
        help=f"write docs/{PAGE.name} as parts are measured (default: when all are), and"
        f" docs/{TUNING.name} (default: whenever that is measured)",
    )
    args = parser.parse_args()
    unknown = sorted(set(args.parts) - {*NAMES, *ALONE})
    if unknown:
        parser.error(f"There is no part {unknown[0]}; there are {', '.join((*NAMES, *ALONE))}.")
    return args


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
