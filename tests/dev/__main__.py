# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`./dev test`: run the table of checks, as many at once as there are cores, and report."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from . import again
from .check import Check, Result, Turn
from .report import line, numbers, summary
from .runner import run, stop_all
from .table import CHECKS


def chosen(names: Sequence[str], group: str) -> list[Check]:
    unknown = set(names) - {check.name for check in CHECKS}
    if unknown:
        raise SystemExit(f"No check is named {', '.join(sorted(unknown))}. See ./dev test --list")
    return [
        check
        for check in CHECKS
        if (not names or check.name in names) and (not group or check.group == group)
    ]


def results_of(checks: Sequence[Check]) -> Iterator[Result]:
    """The result of each, as it ends; last, when nothing else runs, of what is tried again."""
    due: list[Result] = []
    try:
        for result in at_first(checks):
            if again.is_due(result):
                print(line(result), "- it will be tried again", flush=True)
                due.append(result)
            else:
                yield result
        yield from map(again.tried, due)
    finally:
        stop_all()


def at_first(checks: Sequence[Check]) -> Iterator[Result]:
    """Each in its turn. Those to which time matters wait most of it; the spare ones use that."""
    pool = ThreadPoolExecutor(os.cpu_count())
    of = {turn: [check for check in checks if check.turn is turn] for turn in Turn}
    try:
        yield from ended([pool.submit(run, check) for check in of[Turn.TOGETHER]])
        beside = [pool.submit(run, check) for check in of[Turn.SPARE]]
        yield from map(run, of[Turn.ALONE])
        yield from ended(beside)
        yield from map(run, of[Turn.QUIET])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def ended(begun: Sequence[Future[Result]]) -> Iterator[Result]:
    yield from (done.result() for done in as_completed(begun))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev test", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these checks")
    parser.add_argument("--group", default="", help="only the checks of this group")
    parser.add_argument("--list", action="store_true", help="show the table, and run nothing")
    arguments = parser.parse_args()
    checks = chosen(arguments.names, arguments.group)
    if arguments.list:
        print("\n".join(f"{check.name:<20}{check.command}" for check in checks))
        return 0
    strict = os.environ.get("CI") == "true"
    results = []
    started = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended or interrupted: all of it
    try:
        for result in results_of(checks):
            print(line(result), flush=True)
            results.append(result)
    except KeyboardInterrupt:
        print("Interrupted: what was under way has been stopped.")
        return 130
    results.sort(key=lambda result: checks.index(result.check))
    print("\n".join(summary(results, strict=strict, seconds=time.monotonic() - started)))
    return 0 if ", 0 failed," in numbers(results, strict=strict) else 1


if __name__ == "__main__":
    raise SystemExit(main())
