# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Import the artefact as Galaxy and Automation Hub do, and see that every plugin shows its docs."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tempfile
from typing import Any

from . import workspace
from .artefact import build

# Its ansible-lint is left to the check of that name, which asks for more and takes a minute once.
SETTINGS = """
[galaxy-importer]
RUN_ANSIBLE_TEST = False
RUN_ANSIBLE_LINT = False
CHECK_REQUIRED_TAGS = True
"""


def documented(result: dict[str, Any]) -> set[str]:
    """The modules whose documentation the import kept."""
    return {
        content["content_name"]
        for content in result["docs_blob"]["contents"]
        if content["content_type"] == "module" and (content["doc_strings"] or {}).get("doc")
    }


def imported(folder: pathlib.Path) -> tuple[dict[str, Any], str]:
    """The result of an import, and what it logged. Raises CalledProcessError where it stopped."""
    settings = folder / "importer.cfg"
    settings.write_text(SETTINGS)
    environment = {**os.environ, "GALAXY_IMPORTER_CONFIG": str(settings)}
    command = [sys.executable, "-m", "galaxy_importer.main", str(build(folder))]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout)
    done.check_returncode()
    return json.loads((folder / "importer_result.json").read_text()), done.stdout


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        result, log = imported(pathlib.Path(folder))
    modules = {path.stem for path in (workspace.ROOT / "plugins" / "modules").glob("[!_]*.py")}
    problems = [
        f"{name}: its documentation was lost" for name in sorted(modules - documented(result))
    ]
    problems += [line for line in log.splitlines() if line.startswith(("ERROR", "WARNING"))]
    print("\n".join(problems) or f"All {len(modules)} modules show their documentation.")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
