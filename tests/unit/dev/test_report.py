# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The numbers at the end of `./dev test`, on which people and machines rely."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.netops.floating_ip.tests.dev.check import Case, Check, Outcome, Result
from ansible_collections.netops.floating_ip.tests.dev.report import numbers, summary

RUFF = Result(Check("ruff", "ruff check"), Outcome.PASSED, 0.2)
UNIT = Result(
    Check("unit", "pytest", pytest=True),
    Outcome.PASSED,
    3.0,
    tests=(
        Case("unit: a", 0.5, "passed"),
        Case("unit: b", 2.0, "passed"),
        Case("unit: c", 0.0, "skipped", "no IPv6 here"),
    ),
)
LAB = Result(Check("lab", "lab"), Outcome.NOT_RUN, reason="it needs root")


def failed(log: pathlib.Path, *tests: Case) -> Result:
    log.write_text("the last words\n")
    return Result(Check("mypy", "mypy"), Outcome.FAILED, 1.0, "exit code 1", str(log), tests)


def test_a_check_counts_as_one_and_one_with_tests_as_those() -> None:
    assert numbers([RUFF, UNIT], strict=False) == "3 passed, 0 failed, 1 skipped"


def test_what_was_not_run_is_skipped() -> None:
    assert numbers([RUFF, LAB], strict=False) == "1 passed, 0 failed, 1 skipped"


def test_where_nothing_may_be_left_out_what_was_not_run_has_failed() -> None:
    assert numbers([RUFF, LAB], strict=True) == "1 passed, 1 failed, 0 skipped"


def test_a_check_that_failed_outside_its_tests_counts_as_a_failure(tmp_path: pathlib.Path) -> None:
    result = failed(tmp_path / "log", Case("unit: a", 0.5, "passed"))
    assert numbers([result], strict=False) == "1 passed, 1 failed, 0 skipped"


def test_a_failed_test_is_not_counted_twice(tmp_path: pathlib.Path) -> None:
    result = failed(tmp_path / "log", Case("unit: a", 0.5, "failed"))
    assert numbers([result], strict=False) == "0 passed, 1 failed, 0 skipped"


def test_every_failed_test_is_named_with_its_reason_near_the_end(tmp_path: pathlib.Path) -> None:
    tests = [Case(f"unit: {name}", 0.5, "failed", f"assert {name}\n  in words") for name in "ab"]
    told = list(summary([failed(tmp_path / "log", *tests)], strict=False, seconds=61))
    at = told.index("\nFailed tests:")
    assert told[at + 1 : at + 3] == ["  unit: a: assert a in words", "  unit: b: assert b in words"]
    assert "All of it took" in told[at + 3]


def test_the_numbers_are_the_last_line_alone() -> None:
    assert "\n".join(summary([RUFF, UNIT], strict=False, seconds=61)).splitlines()[-1] == (
        "3 passed, 0 failed, 1 skipped"
    )


def test_the_summary_says_what_was_not_run_and_why_and_how_to_run_it() -> None:
    text = "\n".join(summary([UNIT, LAB], strict=False, seconds=61))
    assert "Not run:\n  lab: it needs root\n  unit: c: no IPv6 here\n" in text
    assert "CI=true ./dev test" in text


def test_the_slowest_test_comes_first() -> None:
    text = "\n".join(summary([UNIT], strict=False, seconds=61))
    assert text.index("2.00 s  unit: b") < text.index("0.50 s  unit: a")


@pytest.mark.parametrize(("seconds", "judged"), [(1199.0, "of 1200"), (1201.0, "too long")])
def test_it_says_how_long_all_of_it_took_and_whether_that_is_too_long(
    seconds: float, judged: str
) -> None:
    text = "\n".join(summary([RUFF, UNIT], strict=False, seconds=seconds))
    assert f"All of it took {seconds:.0f} s" in text and judged in text


def test_what_is_made_once_for_all_runs_has_a_budget_of_its_own() -> None:
    image = Result(Check("image", "image", budget=300), Outcome.PASSED, 290.0)
    text = "\n".join(summary([RUFF, image], strict=False, seconds=1480))
    assert "All of it took 1190 s of 1200 (kept)" in text
    assert "image, once for all runs: 290 s of 300 (kept)." in text


def test_a_failure_shows_the_end_of_its_log(tmp_path: pathlib.Path) -> None:
    text = "\n".join(summary([failed(tmp_path / "log")], strict=False, seconds=61))
    assert "mypy failed, exit code 1" in text
    assert "the last words" in text
