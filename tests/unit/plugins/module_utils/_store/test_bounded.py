# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.bounded import BoundedStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import (
    FileStore,
    Loaded,
    Updated,
)

SHORT = 0.02  # seconds


class StallingStore(FileStore):
    """A file store on a disk that can be made to hang."""

    def __init__(self, directory: pathlib.Path) -> None:
        super().__init__(str(directory))
        self.runs = threading.Event()
        self.runs.set()

    def load(self, name: str) -> Loaded:
        self.runs.wait(5)
        return super().load(name)

    def update(self, name: str, change: Callable[[Context], Context]) -> Updated:
        self.runs.wait(5)
        return super().update(name, change)


@pytest.fixture
def disk(tmp_path: pathlib.Path) -> StallingStore:
    return StallingStore(tmp_path)


@pytest.fixture
def store(disk: StallingStore) -> Iterator[BoundedStore]:
    bounded = BoundedStore(disk, seconds=SHORT)
    yield bounded
    disk.runs.set()
    bounded._seconds = 5
    bounded.close()


def hold(holder: str) -> Any:
    return lambda context: replace(context, holder=holder)


def drain(target: str) -> Any:
    return lambda c: replace(c, drained=(*c.drained, target), orders=c.orders + 1)


def patiently(store: BoundedStore, seconds: float = 5.0) -> BoundedStore:
    """So that a busy machine is not taken for a hanging disk."""
    store._seconds = seconds
    return store


def wait_for_the_late_call(store: BoundedStore) -> None:
    assert store._late is not None
    store._late.put(store._late.get(timeout=5))


def test_a_disk_that_answers_is_used_as_it_is(store: BoundedStore, tmp_path: pathlib.Path) -> None:
    patiently(store)
    assert store.update("db", hold("db-a")).problem is None
    assert store.load("db").context.holder == "db-a"
    assert FileStore(str(tmp_path)).load("db").context.holder == "db-a"
    assert not store.changed("db")


def test_a_hanging_disk_does_not_stop_the_decision(
    store: BoundedStore, disk: StallingStore
) -> None:
    patiently(store).update("db", drain("db-c"))
    patiently(store, SHORT)
    disk.runs.clear()
    for holder in ("db-a", "db-b"):
        updated = store.update("db", hold(holder))
        assert (updated.context.holder, updated.context.drained) == (holder, ("db-c",))
        assert "has not answered for 0.02 s" in str(updated.problem)
    loaded = store.load("db")
    assert loaded.context.holder == "db-b"
    assert loaded.problem is not None


def test_memory_catches_up_when_the_disk_is_back(
    store: BoundedStore, disk: StallingStore, tmp_path: pathlib.Path
) -> None:
    disk.runs.clear()
    store.update("db", hold("db-a"))
    store.update("db", hold("db-b"))
    FileStore(str(tmp_path)).update("db", drain("db-c"))
    disk.runs.set()
    wait_for_the_late_call(store)
    assert patiently(store).load("db").context.holder == "db-b"
    assert store.update("db", lambda context: context).problem is None
    stored = FileStore(str(tmp_path)).load("db").context
    assert (stored.holder, stored.drained) == ("db-b", ("db-c",))


def test_what_a_late_call_found_on_the_disk_is_news_to_the_caller(
    store: BoundedStore, disk: StallingStore, tmp_path: pathlib.Path
) -> None:
    """Its answer went to nobody, and the store under it thinks that it has told."""
    disk.runs.clear()
    store.update("db", hold("db-a"))
    FileStore(str(tmp_path)).update("db", drain("db-c"))
    disk.runs.set()
    wait_for_the_late_call(store)
    assert store.changed("db")
    assert patiently(store).update("db", lambda context: context).context.drained == ("db-c",)
    assert not store.changed("db")


def test_a_change_that_raises_does_so_in_the_caller(store: BoundedStore) -> None:
    def give_up(context: Context) -> Context:
        raise KeyError("no such target")

    with pytest.raises(KeyError):
        patiently(store).update("db", give_up)
    assert store.update("db", hold("db-a")).problem is None


def test_pauses_go_straight_through(store: BoundedStore) -> None:
    pause = Pause("ana", "upgrade", "2026-01-31T12:00:00Z")
    assert store.pause("db", pause) is None
    assert store.paused("db") == pause
    assert store.resume("db") is None
