# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._store.drill import (
    path_of,
    read_drills,
    write_drills,
)

NOTHING = {"version": 1, "running": None, "last": None, "reliable": None}


def test_what_was_never_written_is_nothing(tmp_path: pathlib.Path) -> None:
    assert read_drills(str(tmp_path), "db") == NOTHING


def test_one_half_is_written_without_the_other(tmp_path: pathlib.Path) -> None:
    where = str(tmp_path)
    assert write_drills(where, "db", last={"passed": True}) is None
    assert write_drills(where, "db", running={"was": "db-a"}) is None
    assert read_drills(where, "db") == {
        "version": 1,
        "running": {"was": "db-a"},
        "last": {"passed": True},
        "reliable": None,
    }
    write_drills(where, "db", running=None)
    assert read_drills(where, "db")["running"] is None
    assert read_drills(where, "web") == NOTHING


def test_the_last_reliable_one_stays_beside_a_later_one_that_is_not(tmp_path: pathlib.Path) -> None:
    where, good = str(tmp_path), {"api_seconds": 0.3, "reliable": True}
    for last in (good, {"api_seconds": None, "reliable": False}):
        write_drills(where, "db", last=last)
        assert (read_drills(where, "db")["last"], read_drills(where, "db")["reliable"]) == (
            last,
            good,
        )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version":1,"last":[]}'])
def test_a_file_of_someone_else_is_nothing(tmp_path: pathlib.Path, text: str) -> None:
    pathlib.Path(path_of(str(tmp_path), "db")).write_text(text, encoding="utf-8")
    assert read_drills(str(tmp_path), "db") == NOTHING


def test_a_directory_that_is_missing_is_told(tmp_path: pathlib.Path) -> None:
    problem = write_drills(str(tmp_path / "gone"), "db", running=None)
    assert problem is not None and "could not be recorded" in problem and "make the dir" in problem
