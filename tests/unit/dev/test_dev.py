# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`./dev` itself, as far as it goes without installing anything."""

from __future__ import annotations

import os
import pathlib
import subprocess

import pytest

from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT

VERBS = ["demo", "test", "unit", "lint", "docs", "build", "bench", "emulator", "setup", "lock"]


def dev(
    *arguments: str, folder: pathlib.Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "dev"), *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)], ids=str)
def test_without_a_verb_it_says_how_to_use_it(
    arguments: tuple[str, ...], tmp_path: pathlib.Path
) -> None:
    answer = dev(*arguments, folder=tmp_path)
    assert answer.returncode == 0
    assert [verb for verb in VERBS if f"\n  {verb} " not in answer.stdout] == []


def test_an_unknown_verb_is_an_error() -> None:
    answer = dev("tset")
    assert answer.returncode == 2
    assert "There is no verb 'tset'." in answer.stderr


def test_without_a_python_it_says_what_it_looked_for(tmp_path: pathlib.Path) -> None:
    environment = {"FLOATING_IP_VENV": str(tmp_path / "venv"), "FLOATING_IP_PYTHON": "python3.99"}
    answer = dev("unit", **environment)
    assert answer.returncode == 2
    assert (
        "No Python from 3.11 to 3.13 with its module venv was found. Looked for: python3.99"
        in answer.stderr
    )


def test_a_folder_that_is_no_virtual_environment_is_left_alone(tmp_path: pathlib.Path) -> None:
    (tmp_path / "letter").write_text("dear")
    answer = dev("unit", FLOATING_IP_VENV=str(tmp_path))
    assert answer.returncode == 2
    assert "is no virtual environment" in answer.stderr
    assert (tmp_path / "letter").exists()


def python_where(path: pathlib.Path, words: str, said: str) -> pathlib.Path:
    """A Python that can do all but one thing."""
    path.write_text(f'#!/bin/sh\ncase "$*" in *"{words}"*) echo {said}; exit 1 ;; esac\n')
    path.chmod(0o755)
    return path


def test_a_step_that_fails_names_its_log_and_a_python_without_venv_is_passed_over(
    tmp_path: pathlib.Path,
) -> None:
    bare = python_where(tmp_path / "python3.12", "ensurepip", "no such module")
    full = python_where(tmp_path / "python3", "venv --clear", "no space left")
    environment = {
        "FLOATING_IP_VENV": str(tmp_path / "venv"),
        "FLOATING_IP_PYTHON": f"{bare} {full}",
    }
    answer = dev("unit", **environment)
    assert answer.returncode == 2
    assert "no space left" in answer.stderr
    assert f"The whole log is {ROOT}/.cache/logs/virtual-environment.log" in answer.stderr
