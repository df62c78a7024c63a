# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The compiled copy of the archive that this program runs from: see start.py."""

from __future__ import annotations

import io
import marshal
import os
import re
import zipfile
from collections.abc import Iterable
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from .start import PACKAGE, copy_of, is_trusted

_HEADER = MAGIC_NUMBER + bytes(12)  # no flags, no time and no size of a source: there is none
_MODE = 0o644


def is_compiled(packed: Path, key: str) -> bool:
    """Whether a compiled copy for this Python is there, whole, and would be used."""
    copy = Path(copy_of(str(packed), key))
    if not is_trusted(str(copy), str(packed)):
        return False
    try:
        with zipfile.ZipFile(copy) as file, zipfile.ZipFile(packed) as sources:
            wanted = [f"{name}c" for name in _sources(sources)]
            return file.namelist() == wanted and file.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False


def compile_archive(packed: Path, key: str) -> None:
    """Write the compiled copy for this Python. Raises OSError.

    That of the version before stays: a monitor that still runs it may load more of it.
    """
    copy = Path(copy_of(str(packed), key))
    write_whole(copy, compiled(packed))
    for old in _older(packed, key)[:-1]:
        old.unlink()


def compiled(packed: Path) -> bytes:
    """The archive's files, each compiled by this Python."""
    made = io.BytesIO()
    with zipfile.ZipFile(packed) as sources, zipfile.ZipFile(made, "w") as copy:
        for name in _sources(sources):
            code = compile(sources.read(name), f"{packed}/{name}", "exec", dont_inherit=True)
            copy.writestr(zipfile.ZipInfo(f"{name}c"), _HEADER + marshal.dumps(code))
    return made.getvalue()


def copies(packed: Path) -> list[Path]:
    """Every compiled copy beside the archive, of whatever version."""
    ours = re.compile(re.escape(packed.stem) + r"\.[0-9a-f]{16}\.[\w-]+\.zip")
    return [one for one in packed.parent.iterdir() if ours.fullmatch(one.name)]


def remove_copies(packed: Path) -> bool:
    """Whether there was one. Raises OSError."""
    found = copies(packed)
    for one in found:
        one.unlink()
    return bool(found)


def write_whole(file: Path, data: bytes) -> None:
    """Beside, flushed, then renamed: a power cut leaves all of it or nothing. Raises OSError."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(beside, flags, _MODE), "wb") as stream:
            os.fchmod(stream.fileno(), _MODE)  # whatever the umask
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _sources(packed: zipfile.ZipFile) -> Iterable[str]:
    """Those of the package, in the archive's order."""
    return [one for one in packed.namelist() if one.startswith(f"{PACKAGE}/")]


def _older(packed: Path, key: str) -> list[Path]:
    """The compiled copies of other versions of the archive, the oldest first."""
    found = [one for one in copies(packed) if not one.name.startswith(f"{packed.stem}.{key}.")]
    return sorted(found, key=lambda one: one.lstat().st_mtime_ns)
