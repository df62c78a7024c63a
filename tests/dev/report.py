# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words at the end of `./dev test`."""

from __future__ import annotations

import pathlib
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from .check import Case, Outcome, Result

SLOWEST = 10
SECONDS_IN_ALL = 1200  # on two cores; a slower machine is told, and fails nothing
LINES_OF_A_LOG = 30
CHARACTERS_OF_A_REASON = 600


def line(result: Result) -> str:
    """One line, printed as soon as the check is over."""
    count = f"{len(result.tests)} tests" if result.tests else ""
    took = f"{result.seconds:>7.1f} s {result.used:>7.1f} s of processor  "
    text = f"{result.outcome.value:<8}{took}{result.check.name:<20}{count}"
    return f"{text.rstrip()}{'  ' + result.reason if result.reason else ''}"


def summary(results: Sequence[Result], *, strict: bool, seconds: float) -> Iterator[str]:
    """What ran, what did not, what was slow, what failed; last, alone, the numbers."""
    yield from failures(results)
    yield from section(
        "Ran", [line(each) for each in results if each.outcome is not Outcome.NOT_RUN]
    )
    rest = [each for each in results if each.outcome is Outcome.NOT_RUN]
    tests = tests_of(results)
    skipped = [test for test in tests if test.outcome == "skipped"]
    unsteady = [test for test in tests if test.outcome == "passed" and test.reason]
    failed = [test for test in tests if test.outcome == "failed"]
    missing = [f"{each.check.name}: {each.reason}" for each in rest]
    missing += [f"{test.name}: {test.reason}" for test in skipped]
    yield from section("Not run", missing)
    yield from section("The slowest tests", slowest(tests))
    if missing:
        yield "The rest, as root and with nothing left out: CI=true ./dev test"
    yield from section("Passed at the second attempt only", list(map(told, unsteady)))
    yield from section("Failed tests", list(map(told, failed)))
    yield from total(results, seconds)
    yield ""
    yield numbers(results, strict=strict)


def total(results: Sequence[Result], seconds: float) -> Iterator[str]:
    """What it took; apart from that, what later runs on this machine need not do again."""
    used = sum(result.used for result in results)
    apart = [result for result in results if result.check.budget]
    shared = seconds - sum(result.seconds for result in apart)
    yield f"\nAll of it took {judged(shared, SECONDS_IN_ALL)}, and {used:.0f} s of processor time."
    for result in apart:
        took = judged(result.seconds, result.check.budget)
        yield f"{result.check.name}, once for all runs: {took}."


def judged(seconds: float, budget: float) -> str:
    return f"{seconds:.0f} s of {budget:.0f} ({'too long' if seconds > budget else 'kept'})"


def section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title}:"
        yield from (f"  {each}" for each in lines)


def failures(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        if result.outcome is Outcome.FAILED:
            tail = pathlib.Path(result.log).read_text(errors="replace").splitlines()
            yield from section(
                f"{result.check.name} failed, {result.reason}; the whole log is {result.log}",
                tail[-LINES_OF_A_LOG:],
            )


def told(test: Case) -> str:
    """By its name and what it failed with: a log's end shows the last of them alone."""
    reason = textwrap.shorten(test.reason, CHARACTERS_OF_A_REASON, placeholder=" […]")
    return f"{test.name}: {reason}"


def tests_of(results: Sequence[Result]) -> list[Case]:
    return [test for result in results for test in result.tests]


def slowest(tests: Sequence[Case]) -> list[str]:
    longest = sorted(tests, key=lambda test: -test.seconds)
    return [f"{test.seconds:6.2f} s  {test.name}" for test in longest[:SLOWEST]]


def counted(result: Result, *, strict: bool) -> Counter[str]:
    """A check counts as one; one with tests counts as those, and more if it failed elsewhere."""
    if result.outcome is Outcome.NOT_RUN:
        return Counter(failed=1) if strict else Counter(skipped=1)
    counts = Counter(test.outcome for test in result.tests)
    if result.outcome is Outcome.FAILED and not counts["failed"]:
        counts["failed"] += 1
    if not result.tests and result.outcome is Outcome.PASSED:
        counts["passed"] += 1
    return counts


def numbers(results: Sequence[Result], *, strict: bool) -> str:
    """Under CI=true (`strict`) what was not run counts as failed."""
    total: Counter[str] = sum((counted(each, strict=strict) for each in results), Counter())
    return ", ".join(f"{total[kind]} {kind}" for kind in ("passed", "failed", "skipped"))
