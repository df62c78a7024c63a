# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every Python that a host may have imports every file of the agent, with nothing installed.

Where one is not on this machine, its grammar alone is checked.
"""

from __future__ import annotations

import ast
import os
import pathlib
import shutil
import subprocess
import tempfile

from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle

MINORS = range(9, 14)
PYENV = pathlib.Path(os.environ.get("PYENV_ROOT", pathlib.Path.home() / ".pyenv")) / "versions"
IMPORT_ALL = """
import importlib, pkgutil, sys, warnings
warnings.simplefilter("error")
sys.path.insert(0, sys.argv[1])
import floating_ip
names = [found.name for found in pkgutil.walk_packages(floating_ip.__path__, "floating_ip.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(sys.version.split()[0], "imported", len(names), "files")
"""


def interpreter(minor: int) -> str | None:
    """A Python 3.minor that starts. A name on the path may be pyenv's, with no Python behind it."""
    candidates = [
        shutil.which(f"python3.{minor}"),
        *map(str, PYENV.glob(f"3.{minor}.*/bin/python3")),
    ]
    for candidate in candidates:
        command = [candidate or "false", "-c", ""]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return candidate
    return None


def parse(minor: int) -> None:
    paths = list(_bundle.MODULE_UTILS.rglob("*.py"))
    for path in paths:
        ast.parse(path.read_text(), str(path), feature_version=(3, minor))
    print(f"3.{minor} is not on this machine; its grammar takes all {len(paths)} files")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        agent = pathlib.Path(folder) / "floating-ip"
        agent.write_bytes(_bundle.build())
        for minor in MINORS:
            python = interpreter(minor)
            if python is None:
                parse(minor)
                continue
            subprocess.run([python, "-I", "-S", "-B", "-c", IMPORT_ALL, str(agent)], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
