# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All of ansible-test's sanity tests, on a copy: it refuses a collection reached by a symlink.

The copy holds what is packed for users, and Automation Hub tests; ruff and mypy look at our tests.
"""

from __future__ import annotations

import inspect
import os
import pathlib
import re
import shutil
import subprocess
import sys

from ansible_test._internal import python_requirements

from . import artefact, workspace

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def home() -> pathlib.Path:
    """A home directory that lasts, for ansible-test builds an environment for each tool in it.

    It would download get-pip.py for that, but takes what lies in its cache under the right name.
    """
    source = inspect.getsource(python_requirements)
    version = re.search(r"pip=.([\d.]+)", source)
    if not version:
        raise SystemExit(
            "ansible-test no longer says which pip it bootstraps: mend tests/dev/sanity.py"
        )
    cache = workspace.CACHE / "home" / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    script = cache / f"get_pip_{version[1].replace('.', '_')}.py"
    shutil.copy(workspace.ROOT / "tests" / "bootstrap_pip.py", script)
    return workspace.CACHE / "home"


def main() -> int:
    folder = pathlib.Path.cwd()
    if folder == workspace.ROOT:
        folder = workspace.copy("ansible-test")
        kept = artefact.expected() | {"galaxy.yml", ".gitignore"}
        for path in workspace.files():
            if str(path) not in kept:
                (folder / path).unlink()
    environment = {**os.environ, "HOME": str(home())}
    environment.pop("ANSIBLE_COLLECTIONS_PATH", None)  # the copy, not the clone
    command = [
        "ansible-test",
        "sanity",
        "--venv",
        "--python",
        PYTHON,
        "--color",
        "no",
        *sys.argv[1:],
    ]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
