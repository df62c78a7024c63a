# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the collection's artefact and the agent; compare what is packed with what belongs there."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import tarfile

from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle

from . import workspace

AGENT = "floating-ip"

FOLDERS = ("changelogs", "docs", "examples", "extensions", "meta", "playbooks", "plugins", "roles")
OF_THE_TESTS = "tests/config.yml"
ADDED_BY_THE_BUILD = {"MANIFEST.json", "FILES.json"}
NOT_PACKED = {".gitkeep", ".keep"}
MOLECULE = ("extensions", "molecule")  # it needs the lab


def build(target: pathlib.Path) -> pathlib.Path:
    """Build from a copy, which holds nothing that a tool left in the clone. Returns the tarball."""
    folder = workspace.copy("artefact")
    command = ["ansible-galaxy", "collection", "build", "--force", "--output-path", str(target)]
    subprocess.run(command, cwd=folder, check=True)
    return max(target.glob("netops-floating_ip-*.tar.gz"), key=lambda path: path.stat().st_mtime)


def build_agent(target: pathlib.Path) -> pathlib.Path:
    """The agent as one runnable file, as hosts get it."""
    agent = target / AGENT
    agent.write_bytes(_bundle.build())
    agent.chmod(0o755)
    return agent


def packed(artefact: pathlib.Path) -> set[str]:
    with tarfile.open(artefact) as archive:
        return {member.name for member in archive if member.isfile()}


def expected() -> set[str]:
    """What users need: a collection's folders, the papers at the root, and tests/config.yml."""
    return {
        str(path)
        for path in workspace.files()
        if path.name not in NOT_PACKED
        and path.parts[:2] != MOLECULE
        and (path.parts[0] in (*FOLDERS, "LICENSES") or str(path) == OF_THE_TESTS or is_paper(path))
    }


def is_paper(path: pathlib.Path) -> bool:
    papers = {".md", ".rst", ".txt"}
    return len(path.parts) == 1 and (path.suffix in papers or path.name == "COPYING")


def main() -> int:
    target = pathlib.Path(sys.argv[1]).resolve()
    artefact, agent = build(target), build_agent(target)
    found, wanted = packed(artefact) - ADDED_BY_THE_BUILD, expected()
    for name in sorted(found - wanted):
        print(f"{name} was packed and should not be: add it to build_ignore in galaxy.yml")
    for name in sorted(wanted - found):
        print(f"{name} was not packed: build_ignore in galaxy.yml keeps it out")
    print(f"{artefact}: {len(found)} files, {artefact.stat().st_size // 1024} KiB")
    print(f"{agent}: the agent, {agent.stat().st_size // 1024} KiB")
    return 0 if found == wanted else 1


if __name__ == "__main__":
    raise SystemExit(main())
