# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import os
import pathlib
import socket
import stat
from dataclasses import replace
from types import SimpleNamespace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Pause
from ansible_collections.netops.floating_ip.plugins.module_utils._store import document
from ansible_collections.netops.floating_ip.plugins.module_utils._store.document import Unusable
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.status import write_status


def write(path: pathlib.Path, data: bytes) -> document.Signature:
    return document.write(str(path), data, f"{path}.new")


def test_what_is_written_is_read(tmp_path: pathlib.Path) -> None:
    signature = write(tmp_path / "db.json", b"x" * 200_000)
    found = document.read(str(tmp_path / "db.json"))
    assert found == document.Document(b"x" * 200_000, signature)


def test_a_document_is_nobody_else_s_business(tmp_path: pathlib.Path) -> None:
    previous = os.umask(0)
    try:
        write(tmp_path / "db.json", b"{}")
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "db.json").stat().st_mode) == 0o640


def test_only_the_document_is_left(tmp_path: pathlib.Path) -> None:
    (tmp_path / "db.json.new").write_text("left by a killed process")
    write(tmp_path / "db.json", b"{}")
    assert os.listdir(tmp_path) == ["db.json"]


@pytest.mark.parametrize("failing", ["write", "fsync", "rename"])
def test_a_failed_write_leaves_the_old_document_and_no_other(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    write(tmp_path / "db.json", b"old")

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, failing, full)
        with pytest.raises(OSError, match="No space"):
            write(tmp_path / "db.json", b"new")
    assert os.listdir(tmp_path) == ["db.json"]
    assert document.read(str(tmp_path / "db.json")).data == b"old"


def test_a_link_beside_the_document_is_not_followed(tmp_path: pathlib.Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "db.json.new").symlink_to(tmp_path / "precious")
    write(tmp_path / "db.json", b"{}")
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_replaced_document_has_another_signature(tmp_path: pathlib.Path) -> None:
    assert write(tmp_path / "a", b"1") != write(tmp_path / "a", b"2")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("link", "is a symbolic link"),
        ("directory", "is no regular file"),
        ("pipe", "is no regular file"),
        ("socket", "is a socket"),
        ("large", "is larger than"),
    ],
)
def test_what_is_no_document_of_ours_is_not_read(
    tmp_path: pathlib.Path, kind: str, why: str
) -> None:
    path = tmp_path / "db.json"
    with socket.socket(socket.AF_UNIX) as bound:
        if kind == "link":
            path.symlink_to("/etc/hostname")
        elif kind == "directory":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            bound.bind(str(path))
        else:
            path.touch()
            os.truncate(path, 5 * 1024 * 1024)
        with pytest.raises(Unusable, match=why):
            document.read(str(path))


def test_another_user_s_file_is_not_read(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "db.json", b"{}")

    def of_another(file: int) -> SimpleNamespace:
        return SimpleNamespace(st_mode=stat.S_IFREG | 0o640, st_uid=4321, st_size=2)

    monkeypatch.setattr(os, "fstat", of_another)
    with pytest.raises(Unusable, match=r"belongs to another user \(uid 4321\)"):
        document.read(str(tmp_path / "db.json"))


def test_what_root_writes_belongs_to_the_directory_s_owner(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "fchown", lambda file, user, group: given.append((user, group)))
    write(tmp_path / "db.json", b"{}")
    assert given == [(tmp_path.stat().st_uid, tmp_path.stat().st_gid)]


def test_where_root_may_give_nothing_away_its_files_can_be_read_and_it_says_so(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "fchown", refused)
    path = tmp_path / "db.json"
    write(path, b"{}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    owners = {str(path): 0, str(tmp_path): 999}
    monkeypatch.setattr(os, "stat", lambda at: SimpleNamespace(st_uid=owners[at]))
    monkeypatch.setattr(os, "lstat", lambda at: SimpleNamespace(st_uid=owners[at]))
    assert "could not be given to the owner of its directory (uid 999)" in str(
        document.stranger(str(path))
    )
    owners[str(path)] = 999
    assert document.stranger(str(path)) is None


def test_of_a_document_that_is_missing_nothing_is_said(tmp_path: pathlib.Path) -> None:
    assert document.stranger(str(tmp_path / "db.json")) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_gives_every_file_to_the_owner_of_the_directory(tmp_path: pathlib.Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    store = FileStore(str(tmp_path))
    store.update("db", lambda context: replace(context, holder="db-a"))
    store.pause("db", Pause("root", "tests", "now"))
    write_status(str(tmp_path), "db", {})
    found = {(path.name, path.stat().st_uid, path.stat().st_gid) for path in tmp_path.iterdir()}
    names = ("db.json", "db.lock", "db.pause.json", "db.status.json")
    assert found == {(name, 65534, 65534) for name in names}
    assert store.stranger("db") is None
