# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generate the documentation anew in a copy, and see that the clone holds the same."""

from __future__ import annotations

import subprocess
import sys

from . import workspace


def main() -> int:
    folder = workspace.copy("generated")
    subprocess.run([sys.executable, "tests/tools/generate_docs.py"], cwd=folder, check=True)
    names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    stale = [
        name
        for name in sorted(names)
        if name.parts[0] != ".git"
        and "__pycache__" not in name.parts
        and (
            not (workspace.ROOT / name).exists()
            or (workspace.ROOT / name).read_bytes() != (folder / name).read_bytes()
        )
    ]
    print("\n".join(f"{name} is stale: run ./dev docs" for name in stale) or "All is up to date.")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
