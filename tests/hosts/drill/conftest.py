# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each test of a drill begins with."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.drill.ground import Ground


@pytest.fixture(autouse=True)
def calm(ground: Ground) -> None:
    """The monitors agree on who holds it, and see both up. It is db-a but after a real failover."""
    ground.await_calm()
