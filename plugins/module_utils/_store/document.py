# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Small files that are never torn: whole ones are read, whole ones replace them.

A document belongs to this user, to root or to the owner of its directory. Anything else in its
place, a symbolic link first of all, is not followed and not believed.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import Optional

_LIMIT = 4 * 1024 * 1024  # bytes; a context is a few KiB
_MODE = 0o640
_MODE_OF_A_STRANGER = 0o644  # the directory's owner can replace any file in it, but not read it
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

Signature = tuple[int, int, int]


class Unusable(Exception):
    """What stands there is no document of ours. The text continues "it …"."""


@dataclass(frozen=True)
class Document:
    data: bytes
    signature: Signature


def signature_of(found: os.stat_result) -> Signature:
    """Tells one version of a file from the next: a replaced file has another inode or time."""
    return found.st_ino, found.st_mtime_ns, found.st_size


def read(path: str) -> Document:
    """The document at `path`; raises FileNotFoundError, another OSError, or Unusable."""
    file = _opened(path)
    try:
        found = os.fstat(file)
        _check(path, found)
        return Document(_all_of(file), signature_of(found))
    finally:
        os.close(file)


def write(path: str, data: bytes, beside: str) -> Signature:
    """Replace the document: written to `beside`, flushed, renamed, the rename flushed too."""
    _remove(beside)
    file = create(beside)
    try:
        _write_all(file, data)
        os.fsync(file)
        signature = signature_of(os.fstat(file))
        os.rename(beside, path)
    except BaseException:
        _remove(beside)
        raise
    finally:
        os.close(file)
    flush_directory(path)
    return signature


def create(path: str) -> int:
    """A new empty file, open for writing. One that root makes belongs to the directory's owner.

    Where root may not give it away everybody can read it: `stranger` tells of that.
    """
    file = os.open(path, _CREATE, _MODE)
    os.fchmod(file, _MODE)  # whatever the umask
    if os.geteuid() == 0:
        directory = os.stat(os.path.dirname(path))
        try:
            os.fchown(file, directory.st_uid, directory.st_gid)
        except OSError:  # no CAP_CHOWN, or a file system without owners
            os.fchmod(file, _MODE_OF_A_STRANGER)
    return file


def stranger(path: str) -> Optional[str]:
    """What to do about a document that belongs to root, and not to its directory's owner."""
    try:
        owner, found = os.stat(os.path.dirname(path)).st_uid, os.lstat(path).st_uid
    except OSError:
        return None
    if found == owner or found != 0:
        return None
    return (
        f"{path} belongs to root, as it could not be given to the owner of its directory (uid "
        f"{owner}): chown it, or let this command change owners (CAP_CHOWN)."
    )


def flush_directory(path: str) -> None:
    """Make a rename or a removal in the file's directory survive a power cut."""
    directory = os.open(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _opened(path: str) -> int:
    try:
        return os.open(path, _READ)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Unusable("is a symbolic link") from None
        if error.errno == errno.ENXIO:
            raise Unusable("is a socket") from None
        raise


def _check(path: str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise Unusable("is no regular file")
    trusted = (os.geteuid(), 0, os.stat(os.path.dirname(path)).st_uid)
    if found.st_uid not in trusted:
        raise Unusable(f"belongs to another user (uid {found.st_uid})")
    if found.st_size > _LIMIT:
        raise Unusable(f"is larger than {_LIMIT} bytes")


def _all_of(file: int) -> bytes:
    parts: list[bytes] = []
    while True:
        part = os.read(file, 65536)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _write_all(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _remove(path: str) -> None:
    """Whatever keeps it there shows when the file is made again."""
    try:
        os.unlink(path)
    except OSError:
        pass
