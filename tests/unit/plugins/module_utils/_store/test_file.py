# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import json
import os
import pathlib
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store import document
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.lock import Patience, locked


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def open_store(directory: pathlib.Path) -> FileStore:
    clock = Clock()
    return FileStore(str(directory), Patience(1.0, lambda: clock.now, clock.sleep))


@pytest.fixture
def store(tmp_path: pathlib.Path) -> FileStore:
    return open_store(tmp_path)


def drain(target: str) -> Any:
    """What the drain command does, as far as it matters here."""
    return lambda c: replace(c, drained=(*c.drained, target), orders=c.orders + 1)


def hold(holder: str) -> Any:
    return lambda context: replace(context, holder=holder)


def failing(code: int) -> Any:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_without_a_file_the_context_is_empty(store: FileStore) -> None:
    loaded = store.load("db")
    assert (loaded.context, loaded.problem) == (Context(), None)


def test_an_update_is_there_for_everyone(store: FileStore, tmp_path: pathlib.Path) -> None:
    updated = store.update("db", drain("db-a"))
    assert updated.problem is None
    assert open_store(tmp_path).load("db").context == updated.context
    assert updated.context.drained == ("db-a",)
    assert sorted(os.listdir(tmp_path)) == ["db.json", "db.lock"]


def test_two_writers_lose_nothing_of_each_other(store: FileStore, tmp_path: pathlib.Path) -> None:
    other = open_store(tmp_path)
    store.update("db", drain("db-a"))
    other.update("db", drain("db-b"))
    assert store.update("db", hold("db-c")).context.drained == ("db-a", "db-b")


def test_a_change_that_raises_changes_nothing(store: FileStore) -> None:
    store.update("db", drain("db-a"))

    def give_up(context: Context) -> Context:
        raise KeyError("no such target")

    with pytest.raises(KeyError):
        store.update("db", give_up)
    assert store.update("db", hold("db-b")).problem is None
    assert store.load("db").context.drained == ("db-a",)


def test_an_update_that_changes_nothing_writes_nothing(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.update("db", drain("db-a"))
    monkeypatch.setattr(document, "write", failing(errno.EIO))
    assert store.update("db", lambda context: context).problem is None


def test_changed_tells_of_others_writes_only(store: FileStore, tmp_path: pathlib.Path) -> None:
    assert store.changed("db")
    store.load("db")
    assert not store.changed("db")
    store.update("db", drain("db-a"))
    assert not store.changed("db")
    open_store(tmp_path).update("db", drain("db-b"))
    assert store.changed("db")
    store.load("db")
    assert not store.changed("db")
    (tmp_path / "db.json").unlink()
    assert store.changed("db")


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": 9}', b"\0\0\0\0"])
def test_a_corrupt_file_is_kept_and_an_empty_context_takes_its_place(
    store: FileStore, tmp_path: pathlib.Path, content: bytes
) -> None:
    (tmp_path / "db.json").write_bytes(content)
    loaded = store.load("db")
    assert loaded.context == Context()
    assert loaded.problem is not None
    (kept,) = tmp_path.glob("db.json.corrupt-*")
    assert kept.read_bytes() == content
    assert f"It was kept as {kept}. An empty context takes its place" in loaded.problem
    assert store.load("db").problem is None


def test_a_file_that_gets_corrupt_is_replaced_by_what_is_remembered(
    store: FileStore, tmp_path: pathlib.Path
) -> None:
    store.update("db", drain("db-a"))
    (tmp_path / "db.json").write_bytes(b"torn")
    loaded = store.load("db")
    assert loaded.context.drained == ("db-a",)
    assert "The context that this process remembers" in str(loaded.problem)
    assert store.update("db", hold("db-b")).problem is None
    assert open_store(tmp_path).load("db").context.drained == ("db-a",)


def test_an_update_replaces_a_corrupt_file_and_says_so(
    store: FileStore, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "db.json").write_bytes(b"torn")
    assert "was kept as" in str(store.update("db", drain("db-a")).problem)
    assert open_store(tmp_path).load("db").context.drained == ("db-a",)


def test_a_symbolic_link_is_moved_away_and_its_end_untouched(
    store: FileStore, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "elsewhere").write_text("{}")
    (tmp_path / "db.json").symlink_to(tmp_path / "elsewhere")
    assert "is a symbolic link" in str(store.update("db", drain("db-a")).problem)
    assert (tmp_path / "elsewhere").read_text() == "{}"
    assert not (tmp_path / "db.json").is_symlink()


def test_a_corrupt_file_that_cannot_be_moved_is_not_overwritten(
    store: FileStore, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "db.json").write_bytes(b"torn")
    monkeypatch.setattr(os, "rename", failing(errno.EROFS))
    updated = store.update("db", drain("db-a"))
    assert updated.context.drained == ("db-a",)
    assert "cannot be moved away: Read-only file system; mount it writable" in str(updated.problem)
    assert (tmp_path / "db.json").read_bytes() == b"torn"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT])
def test_what_cannot_be_saved_is_remembered_and_saved_later(
    store: FileStore, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    store.update("db", drain("db-a"))
    with monkeypatch.context() as patch:
        patch.setattr(document, "write", failing(code))
        for holder in ("db-b", "db-c"):
            updated = store.update("db", hold(holder))
            assert updated.context.holder == holder
            assert os.strerror(code) in str(updated.problem)
            assert "kept in memory only" in str(updated.problem)
        assert store.load("db").context.holder == "db-c"
    assert store.update("db", lambda context: context).problem is None
    stored = open_store(tmp_path).load("db").context
    assert (stored.holder, stored.drained) == ("db-c", ("db-a",))


def test_an_order_given_while_the_disk_was_full_for_us_is_kept(
    store: FileStore, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load("db")
    with monkeypatch.context() as patch:
        patch.setattr(document, "write", failing(errno.ENOSPC))
        store.update("db", hold("db-b"))
    open_store(tmp_path).update("db", drain("db-a"))
    assert store.changed("db")
    updated = store.update("db", lambda context: context)
    assert (updated.context.holder, updated.context.drained) == ("db-b", ("db-a",))


def test_a_file_that_cannot_be_read_is_not_overwritten(
    store: FileStore, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(tmp_path).update("db", drain("db-a"))
    with monkeypatch.context() as patch:
        patch.setattr(document, "read", failing(errno.EIO))
        updated = store.update("db", hold("db-b"))
        assert updated.context.holder == "db-b"
        assert "Input/output error; check the disk" in str(updated.problem)
    updated = store.update("db", lambda context: context)
    assert updated.problem is None
    assert (updated.context.holder, updated.context.drained) == ("db-b", ("db-a",))


def test_a_missing_directory_keeps_the_context_in_memory(tmp_path: pathlib.Path) -> None:
    store = open_store(tmp_path / "missing")
    assert "make the directory" in str(store.update("db", hold("db-b")).problem)
    (tmp_path / "missing").mkdir()
    assert store.update("db", drain("db-a")).problem is None
    assert open_store(tmp_path / "missing").load("db").context.holder == "db-b"


def test_a_lock_that_stays_held_does_not_stop_the_decision(
    store: FileStore, tmp_path: pathlib.Path
) -> None:
    store.update("db", drain("db-a"))
    with locked(str(tmp_path / "db.lock"), Patience()):
        updated = store.update("db", hold("db-b"))
    assert (updated.context.holder, updated.context.drained) == ("db-b", ("db-a",))
    assert "look for a floating-ip command that hangs" in str(updated.problem)
    assert open_store(tmp_path).load("db").context.holder is None
    assert store.update("db", lambda context: context).problem is None
    assert open_store(tmp_path).load("db").context.holder == "db-b"


def test_an_intent_is_on_disk_when_update_returns(store: FileStore, tmp_path: pathlib.Path) -> None:
    intent = Intent("db-b", 7, True, "operator", "2026-01-31T12:00:00Z", "maintenance", 99.5)
    store.update("db", lambda context: replace(context, intent=intent))
    assert json.loads((tmp_path / "db.json").read_bytes())["intent"]["epoch"] == 7


@pytest.mark.parametrize("name", ["", "../db", "a/b", "db.pause", "a" * 33, "db\n"])
def test_a_name_is_no_path(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a floating IP"):
        store.load(name)
