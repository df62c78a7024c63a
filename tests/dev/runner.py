# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run one check, keep its log, and say what came of it."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

from . import workspace
from .check import Case, Check, Outcome, Result, Seed, Turn

SECONDS_AT_MOST = 1800
TICK = 0.02  # seconds between two looks whether a command has ended
RUNNING: set[subprocess.Popen[bytes]] = set()


def run(check: Check, tests: str = "") -> Result:
    """Run the check; where it passes and has a seed, prove that it would have failed.

    `tests` are those of its test files that are to be run; all of them if there are none.
    """
    if check.needs and not (workspace.ROOT / check.needs).exists():
        return Result(check, Outcome.NOT_RUN, reason=f"{check.needs} does not exist yet")
    started = time.monotonic()
    log = workspace.LOGS / f"{check.name}.log"
    junit = log.with_suffix(".xml")
    junit.unlink(missing_ok=True)
    given = {"JUNIT": str(junit), "SEEDED": "", "TESTS": tests}
    code, used = execute(command_of(check), workspace.ROOT, log, **given)
    cases = tuple(read_junit(junit)) if check.pytest and junit.exists() else ()
    reason = "" if code == 0 else f"exit code {code}"
    if not reason and check.pytest and not cases:
        reason = "it ran no test"
    if not reason and check.seed:
        reason = unfound(check, check.seed)
    outcome = Outcome.FAILED if reason else Outcome.PASSED
    seconds = time.monotonic() - started
    return Result(check, outcome, seconds, reason, str(log), named(check, cases), used)


def command_of(check: Check) -> str:
    """What bash runs. A session is a group to the scheduler, which has a niceness of its own."""
    if check.turn is not Turn.SPARE:
        return check.command
    autogroup = "{ [ ! -w /proc/self/autogroup ] || echo 19 >/proc/self/autogroup; }"
    return f"{autogroup} && renice -n 19 $$ >/dev/null && {check.command}"


def execute(
    command: str, folder: pathlib.Path, log: pathlib.Path, **variables: str
) -> tuple[int, float]:
    """Run a command in a process group of its own and leave nothing of that group behind.

    Its exit code, and the seconds of processor time that it and what it waited for have used.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", **variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        RUNNING.add(process)
        try:
            return waited(process)
        except TimeoutError:
            output.write(f"\nStopped after {SECONDS_AT_MOST} s.\n".encode())
            return 124, 0.0
        finally:
            stop(process)


def waited(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Wait as Popen does, which does not tell the processor time. TimeoutError if it goes on."""
    end = time.monotonic() + SECONDS_AT_MOST
    while time.monotonic() < end:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_utime + usage.ru_stime
        time.sleep(TICK)
    raise TimeoutError


def stop(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it ended, and so did all that it started
    process.wait()
    RUNNING.discard(process)


def stop_all() -> None:
    """End every check that is under way: their groups do not get the terminal's Ctrl-C."""
    for process in tuple(RUNNING):
        stop(process)


def unfound(check: Check, seed: Seed) -> str:
    """Why the seeded error counts as unfound, or nothing where the check found it."""
    folder = workspace.copy(check.name)
    (folder / seed.path).parent.mkdir(parents=True, exist_ok=True)
    (folder / seed.path).write_text(seed.text)
    log = workspace.LOGS / f"{check.name}-seeded.log"
    code, _used = execute(command_of(check), folder, log, SEEDED=seed.path)
    if code != 0 and pathlib.Path(seed.path).stem in log.read_text(errors="replace"):
        return ""
    return f"it did not find the error seeded in {seed.path}, so it may have checked nothing: {log}"


def read_junit(path: pathlib.Path) -> Iterator[Case]:
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}".strip(":")
        test = Case(name, float(case.get("time", 0)), "passed")
        for kind, outcome in (("skipped", "skipped"), ("failure", "failed"), ("error", "failed")):
            found = case.find(kind)
            if found is not None and found.get("type") != "pytest.xfail":
                test = replace(test, outcome=outcome, reason=found.get("message", ""))
        yield test


def named(check: Check, tests: tuple[Case, ...]) -> tuple[Case, ...]:
    return tuple(replace(test, name=f"{check.name}: {test.name}") for test in tests)
