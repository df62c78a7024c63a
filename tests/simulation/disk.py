# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Disks in memory, and an `os` for the real store that leads to them.

Each host has one directory, ROOT/HOST. No thread, no fsync, no time: inodes and times are counted.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

ROOT = "/simulated"
ME = 0  # whose all files are


@dataclass
class File:
    inode: int
    changed: int
    data: bytes = b""


@dataclass
class Disk:
    """The directory of one host. Faults are counted: each that began must end.

    `hung`: calls that go on once the disk answers again.
    """

    files: dict[str, File] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)  # full, unreadable, hanging
    hung: list[Callable[[], object]] = field(default_factory=list)

    def has(self, fault: str) -> bool:
        return self.faults.get(fault, 0) > 0

    def answer(self) -> None:
        """If it does again: what hung is done now."""
        if not self.has("hanging"):
            hung, self.hung = self.hung, []
            for call in hung:
                call()

    def tear(self, name: str) -> None:
        """What a power cut may leave on a disk that lied about its cache."""
        file = self.files.get(name)
        if file is not None:
            file.data = file.data[: len(file.data) // 2]
            file.changed += 1


class Status(NamedTuple):
    """What lstat tells."""

    st_mode: int
    st_ino: int
    st_mtime_ns: int
    st_size: int
    st_uid: int = ME
    st_gid: int = ME


@dataclass
class Open:
    """An open file: `read_at` is how far it was read."""

    disk: Disk
    file: File | None
    read_at: int = 0


class SimulatedOs:
    """As much of `os` as the store uses."""

    def __init__(self) -> None:
        self.disks: dict[str, Disk] = {}
        self.path = os.path
        self._numbers = itertools.count(3)
        self._open: dict[int, Open] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("O_", "strerror")):
            return getattr(os, name)
        raise AttributeError(f"the simulated disk has no os.{name} yet: add it to disk.py")

    def directory(self, host: str) -> str:
        self.disks.setdefault(host, Disk())
        return f"{ROOT}/{host}"

    def geteuid(self) -> int:
        return ME

    def getpid(self) -> int:
        return 1

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:
        disk, name = self._place(path)
        if not name:
            return self._opened(Open(disk, None))
        file = disk.files.get(name)
        if flags & os.O_CREAT:
            if file is not None:
                raise _failed(errno.EEXIST, path)
            if disk.has("full"):
                raise _failed(errno.ENOSPC, path)
            number = next(self._numbers)
            file = disk.files[name] = File(number, number)
        elif file is None:
            raise _failed(errno.ENOENT, path)
        elif disk.has("unreadable"):
            raise _failed(errno.EACCES, path)
        return self._opened(Open(disk, file))

    def close(self, number: int) -> None:
        del self._open[number]

    def read(self, number: int, size: int) -> bytes:
        one = self._open[number]
        assert one.file is not None
        part = one.file.data[one.read_at : one.read_at + size]
        one.read_at += len(part)
        return part

    def write(self, number: int, data: Any) -> int:
        one = self._open[number]
        assert one.file is not None
        if one.disk.has("full"):
            raise _failed(errno.ENOSPC, "")
        one.file.data += bytes(data)
        one.file.changed = next(self._numbers)
        return len(data)

    def fsync(self, number: int) -> None:
        assert number in self._open

    def fchmod(self, number: int, mode: int) -> None:
        assert number in self._open

    def fchown(self, number: int, user: int, group: int) -> None:
        assert number in self._open

    def fstat(self, number: int) -> Status:
        file = self._open[number].file
        assert file is not None
        return _status(file)

    def stat(self, path: str) -> Status:
        disk, name = self._place(path)
        return self.lstat(path) if name else Status(stat.S_IFDIR | 0o750, id(disk), 0, 0)

    def lstat(self, path: str) -> Status:
        disk, name = self._place(path)
        file = disk.files.get(name)
        if file is None:
            raise _failed(errno.ENOENT, path)
        return _status(file)

    def rename(self, before: str, after: str) -> None:
        disk, name = self._place(before)
        if name not in disk.files:
            raise _failed(errno.ENOENT, before)
        disk.files[self._place(after)[1]] = disk.files.pop(name)

    def unlink(self, path: str) -> None:
        disk, name = self._place(path)
        if disk.files.pop(name, None) is None:
            raise _failed(errno.ENOENT, path)

    def listdir(self, path: str) -> list[str]:
        return sorted(self._place(f"{path}/")[0].files)

    def _place(self, path: str) -> tuple[Disk, str]:
        host, _slash, name = path.removeprefix(f"{ROOT}/").partition("/")
        return self.disks[host], name

    def _opened(self, one: Open) -> int:
        number = next(self._numbers)
        self._open[number] = one
        return number


class SimulatedLocks:
    """As much of `fcntl` as the store uses: nobody is ever in the middle of an update here."""

    LOCK_EX, LOCK_NB = 2, 4

    def flock(self, number: int, how: int) -> None:
        """It is always free."""


def _failed(code: int, path: str) -> OSError:
    return OSError(code, os.strerror(code), path)


def _status(file: File) -> Status:
    return Status(stat.S_IFREG | 0o640, file.inode, file.changed, len(file.data))
