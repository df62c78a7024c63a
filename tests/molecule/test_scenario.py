# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Molecule's scenario, as `molecule test` in the root of the clone runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT
from ansible_collections.netops.floating_ip.tests.rooted import need_root


def test_both_roles_make_two_hosts_the_targets_of_a_floating_ip(tmp_path: Path) -> None:
    need_root()
    tools = Path(sys.executable).parent
    ephemeral = {"MOLECULE_EPHEMERAL_DIRECTORY": str(tmp_path / "molecule")}
    done = subprocess.run(
        [str(tools / "molecule"), "test"],
        cwd=ROOT,
        env={**os.environ, **ephemeral, "PATH": f"{tools}:{os.environ['PATH']}", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verify: Executed: Successful" in " ".join((done.stdout + done.stderr).split())
