# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One check is run: what passes, what fails, and when a pass is not believed."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import time

import pytest

from ansible_collections.netops.floating_ip.tests.dev import runner, workspace
from ansible_collections.netops.floating_ip.tests.dev.__main__ import results_of
from ansible_collections.netops.floating_ip.tests.dev.check import (
    Check,
    Outcome,
    Result,
    Seed,
    Turn,
)

GREP = "! grep -rn wrong --include='*.txt' ."


@pytest.fixture(autouse=True)
def small_repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    def copied(_name: str) -> pathlib.Path:
        copy = tmp_path / "copy"
        copy.mkdir()
        return copy

    monkeypatch.setattr(workspace, "ROOT", tmp_path)
    monkeypatch.setattr(workspace, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(workspace, "copy", copied)
    return tmp_path


def outcome(check: Check) -> tuple[Outcome, str]:
    result: Result = runner.run(check)
    return result.outcome, result.reason


def test_a_command_that_ends_well_passes() -> None:
    assert outcome(Check("true", "true")) == (Outcome.PASSED, "")


def test_a_command_that_fails_in_the_middle_fails() -> None:
    assert outcome(Check("middle", "false; true")) == (Outcome.FAILED, "exit code 1")


def test_a_check_that_uses_spare_time_lets_everything_else_go_first() -> None:
    grouped = "{ [ ! -e /proc/self/autogroup ] || grep 'nice 19' /proc/self/autogroup; }"
    nice = Check("nice", f"[ $(nice) = 19 ] && {grouped}", turn=Turn.SPARE)
    assert outcome(nice) == (Outcome.PASSED, "")
    assert outcome(Check("not nice", "[ $(nice) = 0 ]")) == (Outcome.PASSED, "")


def test_nothing_runs_beside_a_check_that_wants_quiet() -> None:
    waits = "until [ -e gone ]; do sleep 0.01; done; sleep 0.2"
    spare = Check("spare", f"{waits}; touch spared", turn=Turn.SPARE)
    alone = Check("alone", "touch gone", turn=Turn.ALONE)
    quiet = Check("quiet", "[ -e spared ]", turn=Turn.QUIET)
    first = Check("first", "[ ! -e gone ]")
    results = results_of([quiet, spare, alone, first])
    outcomes = {result.check.name: result.outcome for result in results}
    assert outcomes == dict.fromkeys(["first", "alone", "spare", "quiet"], Outcome.PASSED)


def test_a_check_of_something_that_is_not_there_yet_is_not_run() -> None:
    check = Check("demo", "false", needs="tests/demo")
    assert outcome(check) == (Outcome.NOT_RUN, "tests/demo does not exist yet")


def test_a_check_that_finds_its_seed_passes() -> None:
    assert outcome(Check("grep", GREP, seed=Seed("seeded.txt", "wrong\n"))) == (Outcome.PASSED, "")


def test_a_check_that_does_not_find_its_seed_is_not_believed() -> None:
    found, reason = outcome(Check("grep", GREP, seed=Seed("seeded.yml", "wrong\n")))
    assert found is Outcome.FAILED
    assert "did not find the error seeded in seeded.yml" in reason


def test_a_check_that_fails_for_another_reason_has_not_found_its_seed() -> None:
    command = "[ ! -e seeded.txt ] || { echo out of memory; exit 1; }"
    found, _reason = outcome(Check("broken", command, seed=Seed("seeded.txt", "wrong\n")))
    assert found is Outcome.FAILED


def test_a_test_run_without_a_test_fails() -> None:
    check = Check("unit", "echo '<testsuites/>' >\"$JUNIT\"", pytest=True)
    assert outcome(check) == (Outcome.FAILED, "it ran no test")


def test_every_test_is_read_with_its_outcome() -> None:
    cases = (
        '<testcase classname="a" name="one" time="0.5"/>'
        '<testcase classname="a" name="two"><failure message="no"/></testcase>'
        '<testcase classname="a" name="three"><skipped message="why"/></testcase>'
        '<testcase classname="a" name="four"><skipped type="pytest.xfail"/></testcase>'
    )
    result = runner.run(Check("u", f"echo '<t>{cases}</t>' >\"$JUNIT\"", pytest=True))
    assert [(test.name, test.outcome) for test in result.tests] == [
        ("u: a::one", "passed"),
        ("u: a::two", "failed"),
        ("u: a::three", "skipped"),
        ("u: a::four", "passed"),
    ]


def test_the_processor_time_of_a_command_is_that_of_all_that_it_started() -> None:
    busy = f"(sh -c '{sys.executable} -c \"sum(range(5_000_000))\"')"
    assert 0.02 < runner.run(Check("busy", busy)).used < 20


def test_ended_by_a_signal_it_leaves_no_check_behind(small_repository: pathlib.Path) -> None:
    """As continuous integration ends it, with SIGTERM."""
    begun = small_repository / "begun"
    program = (
        "from ansible_collections.netops.floating_ip.tests.dev import __main__ as main\n"
        "from ansible_collections.netops.floating_ip.tests.dev.check import Check\n"
        f"noted = 'echo $$ >{begun}.new; mv {begun}.new {begun}; sleep 60'\n"
        "main.CHECKS = (Check('sleeps', noted),)\n"
        "raise SystemExit(main.main())\n"
    )
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    while not begun.exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.terminate()
    said, _nothing = running.communicate(timeout=30)
    assert (running.returncode, "Interrupted" in said) == (130, True)
    assert not pathlib.Path(f"/proc/{int(begun.read_text())}").exists()
