# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import re
import time

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boot_id,
    boottime,
    wall_time_iso,
)


def test_boottime_goes_on_and_counts_suspended_time() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= boottime() <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_boottime_is_monotonic_where_the_system_has_no_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    before = time.monotonic()
    assert before <= boottime() <= time.monotonic()


def test_the_boot_has_a_name(tmp_path: pathlib.Path) -> None:
    (tmp_path / "boot_id").write_text("6ad0-11\n")
    assert boot_id(str(tmp_path / "boot_id")) == "6ad0-11"
    assert boot_id(str(tmp_path / "missing")) == ""


def test_the_wall_time_is_utc_to_the_second() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", wall_time_iso())
