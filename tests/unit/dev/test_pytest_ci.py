# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A skip fails only where nothing may be left out; tests/integration/dev has that half."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.dev import pytest_ci


def test_elsewhere_a_skip_is_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytest_ci, "CI", False)
    report = pytest.CollectReport("test_it.py", "skipped", "no root", [])
    assert pytest_ci.judged(report).outcome == "skipped"
