# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where things are, and copies of the repository for tools that must not see the clone itself."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sysconfig

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
LOGS = CACHE / "logs"
INSTALLED = pathlib.Path(sysconfig.get_path("purelib")) / "ansible_collections"


def files() -> list[pathlib.Path]:
    """Every file of the project, committed or about to be, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = sorted({pathlib.Path(name) for name in listed.split("\0") if name})
    return [path for path in paths if (ROOT / path).is_file()]


def copy(name: str) -> pathlib.Path:
    """A fresh copy at a collection's place in a tree of its own, beside amazon.aws.

    It is a git repository: without one of its own the tools ask the clone's, which ignores .cache,
    and then they find nothing to look at and are content.
    """
    tree = CACHE / "copies" / name
    if tree.exists():
        shutil.rmtree(tree)
    target = tree / "ansible_collections" / "netops" / "floating_ip"
    for path in files():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target / path)
    (tree / "ansible_collections" / "amazon").symlink_to(INSTALLED / "amazon")
    subprocess.run(["git", "init", "--quiet", str(target)], check=True)
    return target
