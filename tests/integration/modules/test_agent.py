# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_agent, by the real ansible-playbook: the file, and what is beside it."""

from __future__ import annotations

import hashlib
import pathlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle

Keep = Callable[..., Any]


@pytest.fixture
def dest(tmp_path: pathlib.Path) -> pathlib.Path:
    """On a bare host: not even its directory is there."""
    return tmp_path / "opt" / "floating-ip" / "floating-ip.pyz"


@pytest.fixture
def keep(play: Any, dest: pathlib.Path) -> Keep:
    """`keep("--check", state="absent")`: the task's result, and all that was said."""

    def run(*arguments: str, **options: Any) -> tuple[dict[str, Any], str]:
        task = {
            "name": "Agent",
            "netops.floating_ip.floating_ip_agent": {"dest": str(dest), **options},
        }
        done = play([task], *arguments)
        assert done.code == 0, done.output
        return done.results()["Agent"], done.output

    return run


def files(dest: pathlib.Path) -> list[pathlib.Path]:
    return [path for path in dest.parent.rglob("*") if path.is_file()]


def test_a_bare_host_in_check_mode_stays_bare_and_is_told_the_change(
    keep: Keep, dest: pathlib.Path
) -> None:
    result, said = keep("--check", "--diff")
    assert result["changed"] and "would be put in place" in result["msg"]
    assert not dest.parent.parent.exists()
    assert result["diff"]["before"] == "absent\n"
    assert hashlib.sha256(_bundle.build()).hexdigest() in result["diff"]["after"]
    assert "#!/usr/bin/env python3" not in said  # no contents of the file


def test_it_is_installed_once_and_its_starts_are_fast(keep: Keep, dest: pathlib.Path) -> None:
    result, _said = keep()
    assert result["changed"] and result["checksum"] == hashlib.sha256(_bundle.build()).hexdigest()
    assert dest.read_bytes() == _bundle.build()
    modes = [path.stat().st_mode & 0o777 for path in (dest, dest.parent)]
    assert modes == [0o755, 0o755]
    assert list(dest.parent.glob("floating-ip.*.zip")) != []
    answer = subprocess.run(
        [sys.executable, "-I", str(dest), "prepare", "--check", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"changed": false' in answer.stdout
    again, _said = keep("--diff")
    assert not again["changed"] and again["diff"]["before"] == again["diff"]["after"]
    assert not keep("--check")[0]["changed"]


def test_an_older_agent_is_replaced_and_a_lost_copy_made_again(
    keep: Keep, dest: pathlib.Path
) -> None:
    keep()
    (copy,) = dest.parent.glob("floating-ip.*.zip")
    copy.unlink()
    assert keep("--check")[0]["changed"] and not copy.exists()
    result, _said = keep("--diff")
    assert result["changed"] and copy.exists()
    assert "prepared: no" in result["diff"]["before"]
    assert "prepared: yes" in result["diff"]["after"]
    dest.write_bytes(b"an older one")
    assert keep("--check")[0]["changed"] and dest.read_bytes() == b"an older one"
    assert keep()[0]["changed"] and dest.read_bytes() == _bundle.build()


def test_its_owner_and_its_mode_are_kept(keep: Keep, dest: pathlib.Path) -> None:
    keep(mode="0700")
    assert dest.stat().st_mode & 0o777 == 0o700
    foretold, _said = keep("--check", "--diff", mode="0750")
    assert foretold["changed"] and "mode: 0750" in foretold["diff"]["after"]
    assert dest.stat().st_mode & 0o777 == 0o700
    assert keep(mode="0750")[0]["changed"] and not keep(mode="0750")[0]["changed"]
    assert dest.stat().st_mode & 0o777 == 0o750


def test_absent_removes_what_was_prepared_too(keep: Keep, dest: pathlib.Path) -> None:
    keep()
    theirs = dest.with_name("something.else")
    theirs.write_text("")
    assert keep("--check", state="absent")[0]["changed"] and dest.exists()
    assert keep(state="absent")[0]["changed"] and files(dest) == [theirs]
    assert not keep(state="absent")[0]["changed"]


def test_a_python_that_does_not_run_it_fails_with_a_sentence(play: Any, dest: pathlib.Path) -> None:
    task = {
        "name": "Agent",
        "netops.floating_ip.floating_ip_agent": {"dest": str(dest), "python": "/nowhere/python3"},
    }
    done = play([task])
    result = done.results()["Agent"]
    assert done.code != 0 and result["changed"]
    assert "/nowhere/python3 cannot be started" in result["msg"]
    assert dest.read_bytes() == _bundle.build()  # and the next try goes on from there


@pytest.mark.parametrize("kind", ["directory", "link"])
def test_what_is_no_file_is_not_replaced(play: Any, dest: pathlib.Path, kind: str) -> None:
    dest.parent.mkdir(parents=True)
    if kind == "link":
        dest.symlink_to("/etc/hostname")
    else:
        dest.mkdir()
    done = play([{"name": "Agent", "netops.floating_ip.floating_ip_agent": {"dest": str(dest)}}])
    assert done.code != 0 and "is no regular file" in done.results()["Agent"]["msg"]
