# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""End runs, whole: processes, namespaces, cgroups, folders. Everything is found by the run's name.

As a program it waits for its input to end, which is when the run that started it ends, however
that comes about, and then leaves nothing of that run: `python -m …tests.lab.sweep RUN`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from . import cgroups, netns
from .places import Places, runs_directory


def begin(places: Places) -> TextIO:
    """The lock of a new run, held until it is closed or the process is gone."""
    runs_directory().mkdir(parents=True, exist_ok=True)
    while True:
        stream = places.lock.open("w")
        fcntl.flock(stream, fcntl.LOCK_EX)
        if places.lock.exists():  # nobody swept it between the two
            return stream
        stream.close()


def sweep() -> tuple[str, ...]:
    """End the runs whose process is gone; their names."""
    return tuple(run for run in known() if _ended(Places(run)))


def known() -> tuple[str, ...]:
    """The runs of this machine, alive or not."""
    return tuple(sorted(path.stem for path in runs_directory().glob("*.lock")))


def _ended(places: Places) -> bool:
    with contextlib.suppress(FileNotFoundError), places.lock.open("r") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        end(places)
        return True
    return False


def end(places: Places) -> None:
    """Leave nothing of this run."""
    if places.cgroup.exists():
        cgroups.kill(places.cgroup)
    prefix = places.netns("")
    for path in Path("/run/netns").glob(f"{prefix}*"):
        netns.delete(path.name)
    _remove_cgroups(places.cgroup)
    shutil.rmtree(places.directory, ignore_errors=True)
    places.lock.unlink(missing_ok=True)


def _remove_cgroups(cgroup: Path) -> None:
    for folder in (*reversed(list(_folders(cgroup))), cgroup, cgroup.parent):
        with contextlib.suppress(OSError):  # the parent belongs to the other runs as well
            folder.rmdir()


def _folders(top: Path) -> Iterator[Path]:
    for root, names, _files in os.walk(top):
        yield from (Path(root, name) for name in names)


def main() -> int:
    places = Places(sys.argv[1])
    sys.stdin.buffer.read()
    if places.lock.exists():
        end(places)
    return 0


if __name__ == "__main__":
    sys.exit(main())
