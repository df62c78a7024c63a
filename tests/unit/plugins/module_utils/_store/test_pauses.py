# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import os
import pathlib

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Pause
from ansible_collections.netops.floating_ip.plugins.module_utils._store import document, pauses
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore

MAINTENANCE = Pause("ana", "switch upgrade", "2026-01-31T12:00:00Z")


@pytest.fixture
def store(tmp_path: pathlib.Path) -> FileStore:
    return FileStore(str(tmp_path))


def test_without_a_file_there_is_no_pause(store: FileStore) -> None:
    assert store.paused("db") is None


def test_a_pause_holds_until_it_is_resumed(store: FileStore, tmp_path: pathlib.Path) -> None:
    assert store.pause("db", MAINTENANCE) is None
    assert FileStore(str(tmp_path)).paused("db") == MAINTENANCE
    assert store.paused("web") is None
    assert store.resume("db") is None
    assert store.paused("db") is None
    assert store.resume("db") is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 2}', b'{"version": 1, "by": 7}']
)
def test_a_pause_that_cannot_be_read_is_a_pause(
    store: FileStore, tmp_path: pathlib.Path, content: bytes
) -> None:
    (tmp_path / "db.pause.json").write_bytes(content)
    found = store.paused("db")
    assert found is not None
    assert found.by == pauses.UNREADABLE
    assert found.reason.startswith(str(tmp_path / "db.pause.json"))
    assert store.resume("db") is None
    assert store.paused("db") is None


def test_a_link_is_a_pause(store: FileStore, tmp_path: pathlib.Path) -> None:
    (tmp_path / "db.pause.json").symlink_to("/nonexistent")
    found = store.paused("db")
    assert found is not None
    assert "is a symbolic link" in found.reason


def test_a_pause_without_the_right_to_read_it_is_a_pause(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(document, "read", refuse)
    found = store.paused("db")
    assert found is not None
    assert "Permission denied" in found.reason


def test_a_full_disk_still_pauses(
    store: FileStore, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        problem = store.pause("db", MAINTENANCE)
    assert problem is not None
    assert problem.startswith("It is paused, but by whom and why could not be saved")
    assert store.paused("db") is not None


def test_a_pause_that_failed_says_so(tmp_path: pathlib.Path) -> None:
    problem = FileStore(str(tmp_path / "missing")).pause("db", MAINTENANCE)
    assert problem is not None
    assert problem.startswith("It is NOT paused")
    assert "make the directory" in problem


def test_a_resume_that_failed_says_so(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "unlink", refuse)
    problem = store.resume("db")
    assert problem is not None
    assert "still paused" in problem
    assert "mount it writable" in problem
