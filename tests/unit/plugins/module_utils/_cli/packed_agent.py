# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small archive of the agent's shape, run as a process."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import start
from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle

MAIN = """
import sys
def main():
    print(sys.modules[__name__].__file__)
    return 3
"""


@dataclass(frozen=True)
class Packed:
    """An archive whose command line tells which file it was loaded from."""

    file: pathlib.Path
    key: str

    @property
    def copy(self) -> pathlib.Path:
        return pathlib.Path(start.copy_of(str(self.file), self.key))

    def run(self, through: pathlib.Path | None = None) -> str:
        """Which file it came from: of the archive or of the copy."""
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(through or self.file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (3, ""), done.stderr
        return done.stdout.strip()


def pack(folder: pathlib.Path, main: str = MAIN) -> Packed:
    """Pack the sources of such an agent."""
    sources = folder / "module_utils" / "_cli"
    sources.mkdir(parents=True)
    (sources / "__init__.py").write_text("")
    (sources.parent / "__init__.py").write_text("")
    (sources / "main.py").write_text(main)
    (sources / "start.py").write_bytes(pathlib.Path(start.__file__).read_bytes())
    data = _bundle.build(sources.parent)
    file = folder / "floating-ip.pyz"
    file.write_bytes(data)
    key = data.partition(b'\nDIGEST = "')[2].partition(b'"')[0].decode()
    return Packed(file, key)
