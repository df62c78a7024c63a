# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import pathlib

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._store import aside


def test_five_are_kept(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for second in range(8):
        monkeypatch.setattr(aside, "wall_time_iso", lambda now=second: f"2026-01-31T12:00:0{now}Z")
        (tmp_path / "db.json").write_text(str(second))
        aside.set_aside(str(tmp_path / "db.json"))
    (tmp_path / "web.json.corrupt-2020").touch()
    kept = sorted(name for name in os.listdir(tmp_path) if name.startswith("db"))
    assert kept == [f"db.json.corrupt-2026-01-31T12000{second}Z" for second in range(3, 8)]
    assert (tmp_path / "web.json.corrupt-2020").exists()
