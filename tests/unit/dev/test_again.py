# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A second attempt for what runs in real time: of the files that failed, told in the end."""

from __future__ import annotations

import pathlib
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.tests.dev import again, runner, workspace
from ansible_collections.netops.floating_ip.tests.dev.__main__ import results_of
from ansible_collections.netops.floating_ip.tests.dev.check import Check, Outcome, Result, Turn
from ansible_collections.netops.floating_ip.tests.dev.report import summary

TESTS = {"one": "def test_good(): pass", "two": "def test_bad(): assert {holds}, 'too slow'"}
HOLDS_LATER = "__import__('pathlib').Path('{marker}').exists()"
REAL = Check(
    "real", 'python -m pytest -q ${TESTS:-tests} --junitxml="$JUNIT"', pytest=True, real=True
)


@pytest.fixture(autouse=True)
def repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.setattr(workspace, "ROOT", tmp_path)
    monkeypatch.setattr(workspace, "LOGS", tmp_path / "logs")
    (tmp_path / "tests").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    return tmp_path


def write(folder: pathlib.Path, holds: str) -> None:
    for name, text in TESTS.items():
        (folder / "tests" / f"test_{name}.py").write_text(text.replace("{holds}", holds))


def outcomes(result: Result) -> dict[str, str]:
    return {test.name.partition("::")[2]: test.outcome for test in result.tests}


def test_what_passes_then_has_passed_and_is_told(repository: pathlib.Path) -> None:
    marker = repository / "marker"
    write(repository, HOLDS_LATER.replace("{marker}", str(marker)))
    first = runner.run(REAL)
    assert (first.outcome, again.is_due(first)) == (Outcome.FAILED, True)
    marker.touch()
    second = again.tried(first)
    assert (second.outcome, second.reason) == (Outcome.PASSED, "at the second attempt")
    assert outcomes(second) == {"test_good": "passed", "test_bad": "passed"}
    assert second.seconds > first.seconds and second.used > first.used
    assert "too slow" in (repository / "logs" / "real-first.log").read_text()
    told = list(summary([second], strict=True, seconds=61))
    (line,) = (each for each in told if "test_bad: " in each)
    assert "too slow" in line and told[told.index(line) - 1].endswith("at the second attempt only:")
    assert told[-1] == "2 passed, 0 failed, 0 skipped"


def test_only_the_files_that_failed_are_run_again_and_what_fails_again_has_failed(
    repository: pathlib.Path,
) -> None:
    write(repository, "False")
    first = runner.run(REAL)
    (repository / "tests" / "test_one.py").write_text("def test_good(): assert False")
    second = again.tried(first)
    assert (second.outcome, second.reason) == (Outcome.FAILED, "twice, exit code 1")
    assert outcomes(second) == {"test_good": "passed", "test_bad": "failed"}


def test_nothing_else_gets_a_second_attempt(repository: pathlib.Path) -> None:
    write(repository, "False")
    failed = runner.run(REAL)
    assert not again.is_due(replace(failed, check=replace(REAL, real=False)))
    assert not again.is_due(replace(failed, outcome=Outcome.PASSED))
    assert not again.is_due(replace(failed, tests=()))  # pytest itself has failed
    (repository / "tests" / "test_two.py").unlink()
    assert not again.is_due(failed)


def test_a_command_without_tests_is_run_again_whole(repository: pathlib.Path) -> None:
    """And last of all, when nothing else runs."""
    check = Check("demo", "[ -e done ] || { touch done; exit 1; }", real=True)
    other = Check("other", "[ -e done ] && rm done && touch done", turn=Turn.ALONE)
    results = list(results_of([check, other]))
    assert [result.check.name for result in results] == ["other", "demo"]
    assert [result.outcome for result in results] == [Outcome.PASSED] * 2
    assert results[1].reason == "at the second attempt"
