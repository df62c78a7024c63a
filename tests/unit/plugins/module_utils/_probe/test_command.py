# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import os
import pathlib
import time
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe import children
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    PATIENCE,
    TIMEOUT,
    open_files,
    probe,
)


def run(*argv: str, **settings: Any) -> ProbeResult:
    return probe(None, "command", command=argv, **settings)


def sh(script: str, **settings: Any) -> ProbeResult:
    return run("/bin/sh", "-c", script, **settings)


@pytest.fixture(params=["pidfd", "thread"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a pidfd, and as on a kernel before 5.3."""

    def missing(pid: int) -> int:
        raise OSError(errno.ENOSYS, "as old kernels say")

    if request.param == "thread":
        monkeypatch.setattr(os, "pidfd_open", missing)


either_way = pytest.mark.usefixtures("_either_way")


@either_way
def test_exit_0_passes() -> None:
    result = run("true")
    assert (result.evidence, result.reason) == (Evidence.PASSED, "true exited with 0")


@either_way
def test_any_other_exit_is_wrong() -> None:
    result = sh("exit 3")
    assert (result.evidence, result.reason) == (Evidence.WRONG, "/bin/sh exited with 3")


def test_a_signal_is_no_judgement() -> None:
    result = sh("kill -9 $$")
    assert result.evidence is Evidence.UNKNOWN
    assert result.reason == "/bin/sh ended by signal 9, without a judgement"


def test_target_and_address_are_in_the_environment() -> None:
    script = '[ "$FLOATING_IP_TARGET/$FLOATING_IP_ADDRESS" = db-a/10.0.1.10 ]'
    assert sh(script, address="10.0.1.10").evidence is Evidence.PASSED


def test_the_watchdog_stays_with_the_monitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", "/run/systemd/notify")
    monkeypatch.setenv("OTHER", "stays")
    assert sh('[ -z "$NOTIFY_SOCKET" ] && [ "$OTHER" = stays ]').evidence is Evidence.PASSED


def test_arguments_are_not_read_by_a_shell() -> None:
    assert run("test", "$HOME", "=", "$" + "HOME").evidence is Evidence.PASSED


def test_a_missing_program_is_unknown() -> None:
    result = run("/nonexistent/check")
    assert result.evidence is Evidence.UNKNOWN
    assert result.reason.startswith("/nonexistent/check cannot be run: No such file or directory")


def test_a_program_without_the_right_to_run_is_unknown(tmp_path: pathlib.Path) -> None:
    program = tmp_path / "check"
    program.write_text("#!/bin/sh\n")
    result = run(str(program))
    assert result.evidence is Evidence.UNKNOWN
    assert "Permission denied" in result.reason


def test_no_command_at_all_is_unknown() -> None:
    assert run().evidence is Evidence.UNKNOWN


@either_way
def test_a_timeout_kills_the_whole_process_group(tmp_path: pathlib.Path) -> None:
    pids = tmp_path / "pids"
    result = sh(f"sleep 60 & echo $! $$ > {pids}; sleep 60", timeout=4 * TIMEOUT)
    assert result.evidence is Evidence.TIMEOUT
    assert result.reason == "no exit of /bin/sh within 0.2 s"
    assert [pid for pid in pids.read_text().split() if is_running(pid)] == []


def is_running(pid: str) -> bool:
    """False soon, as a kill takes its time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state in "ZX":
            return False
    return True


@either_way
def test_no_file_and_no_zombie_is_left() -> None:
    before = open_files()
    for _time in range(5):
        run("true")
        run("sleep", "60", timeout=0.005)
    until = time.monotonic() + PATIENCE  # a watcher's own end takes a moment, too
    while open_files() > before and time.monotonic() < until:
        time.sleep(0.01)
    assert open_files() <= before  # a watcher of an earlier test may have ended meanwhile
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_child_that_somebody_else_reaped_is_no_judgement() -> None:
    family = children.Children()
    with family.start(["true"], {"PATH": os.defpath}) as child:
        os.waitpid(child._pid, 0)
        assert child.status() is None
