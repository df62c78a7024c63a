# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

from ansible_collections.netops.floating_ip.tests.integration.store import killed


def test_a_writer_killed_at_any_instant_leaves_a_whole_context(tmp_path: pathlib.Path) -> None:
    program = [sys.executable, killed.__file__, str(tmp_path), "30"]
    seen = json.loads(subprocess.run(program, check=True, capture_output=True).stdout)
    assert [entry["problems"] for entry in seen] == [[None, None]] * 30
    saved = [entry["saved"] for entry in seen]
    assert saved == sorted(saved)
    assert saved[-1] > 30
    assert set(os.listdir(tmp_path)) <= {"db.json", "db.lock", "db.json.new"}
