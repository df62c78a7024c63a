# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the root file systems of the hosts: once for each state of the recipe."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .commands import run
from .places import cache_directory

RECIPE = Path(__file__).with_name("recipe.toml")


def suites() -> tuple[str, ...]:
    return tuple(_recipe()["suites"])


def image(suite: str) -> Path:
    """The root file system of a suite, built now if it is not in the cache.

    RuntimeError for a suite that the recipe does not know; CommandFailed if building fails.
    """
    if suite not in suites():
        raise RuntimeError(f"There is no recipe for the suite {suite}. There is: {suites()}.")
    wanted = where(suite)
    if wanted.exists():
        return wanted
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with locked(wanted.with_suffix(".lock")):
        if not wanted.exists():
            _build(suite, wanted)
    return wanted


def where(suite: str) -> Path:
    """The path of a suite's root file system, whether it exists or not."""
    digest = hashlib.sha256(RECIPE.read_bytes()).hexdigest()[:12]
    return cache_directory() / "images" / f"{suite}-{digest}"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold this lock; wait for whoever holds it."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def mirror() -> str:
    """The mirror that this machine's apt is set to, unless the environment names another."""
    named = os.environ.get("FLOATING_IP_LAB_MIRROR")
    if named:
        return named
    form = "$(REPO_URI) $(RELEASE)"
    listed = run(["apt-get", "indextargets", "--format", form, "Created-By: Packages"]).out
    for line in listed.splitlines():
        uri, release = line.split()
        if "-" not in release and uri.rstrip("/").endswith("debian"):
            return uri
    raise RuntimeError(
        "This machine's apt has no Debian mirror. Name one: FLOATING_IP_LAB_MIRROR=http://…/debian"
    )


def _recipe() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    return found


def _build(suite: str, wanted: Path) -> None:
    """Build beside, rename when whole."""
    recipe = _recipe()
    building = Path(tempfile.mkdtemp(dir=wanted.parent, prefix=f".{wanted.name}-"))
    packages = [*recipe["packages"], *recipe["suites"][suite]]
    options = [f"--variant={recipe['variant']}", f"--include={','.join(packages)}"]
    log = wanted.with_suffix(".log")
    try:
        # In a mount namespace of its own: what debootstrap mounts goes with it, however it ends.
        apart = ["unshare", "--mount", "--propagation", "private"]
        _logged([*apart, "debootstrap", *options, suite, str(building), mirror()], log)
        _finish(building, recipe)
        building.chmod(0o755)
        building.rename(wanted)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _logged(argv: list[str], log: Path) -> None:
    with log.open("wb") as stream:
        code = subprocess.run(argv, check=False, stdout=stream, stderr=stream).returncode
    if code != 0:
        tail = "".join(log.read_text(errors="replace").splitlines(keepends=True)[-10:])
        raise RuntimeError(f"{' '.join(argv)} failed. The whole log is {log}; its end:\n{tail}")


def _finish(root: Path, recipe: dict[str, Any]) -> None:
    system = root / "etc/systemd/system"
    for unit in recipe["disable"]:
        for link in system.glob("*.wants/*"):  # a name alone would be looked up, and lead nowhere
            if link.name == unit:
                link.unlink()
    for unit in recipe["mask"]:
        (system / unit).unlink(missing_ok=True)
        (system / unit).symlink_to("/dev/null")
    run(["chroot", str(root), "/bin/sh", "-eux", "-c", recipe["finish"]])
