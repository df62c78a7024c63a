# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._probe import lag


@pytest.fixture(autouse=True)
def _a_busy_machine_is_not_late(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a test's own jump of the clock, of more than ten seconds, is counted as lateness."""
    if request.node.path.name != "test_lag.py":
        monkeypatch.setattr(lag, "_FLOOR", 10.0)
