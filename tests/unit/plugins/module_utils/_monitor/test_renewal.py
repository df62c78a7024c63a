# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Taking one's own place."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import renewal

PROGRAM = """
import os, sys
sys.path.insert(0, {path!r})
from renewal import command_line, execute_again
if "AGAIN" in os.environ:
    print(os.getpid(), sys.argv[1:], sys.flags.isolated, flush=True)
else:
    print(os.getpid(), sys.argv[1:], sys.flags.isolated, flush=True)
    os.environ["AGAIN"] = "1"
    execute_again()
"""


def test_the_same_process_begins_again_with_the_same_arguments(tmp_path: pathlib.Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(path=str(pathlib.Path(renewal.__file__).parent)))
    command = [sys.executable, "-I", str(program), "one", "two words"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[0] == said[1] and "['one', 'two words'] 1" in said[0]


def test_a_python_that_does_not_remember_is_asked_by_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [sys.executable, *sys.orig_argv[1:]]
    monkeypatch.delattr(sys, "orig_argv")
    assert renewal.command_line() == expected


@pytest.mark.parametrize(("state", "expected"), [("D", True), ("S", False), ("R", False)])
def test_a_thread_that_nothing_can_interrupt_is_noticed(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, state: str, expected: bool
) -> None:
    for number, letter in (("1", "S"), ("2", state)):
        (tmp_path / number).mkdir()
        (tmp_path / number / "stat").write_text(f"{number} (py) thon D) {letter} 1 2 3")
    (tmp_path / "3").mkdir()  # has just ended
    monkeypatch.setattr(renewal, "_TASKS", str(tmp_path))
    assert renewal.is_stuck() is expected
    monkeypatch.setattr(renewal, "_TASKS", str(tmp_path / "none"))
    assert not renewal.is_stuck()
