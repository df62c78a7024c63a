# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A site to drill on for each test file, and what each test begins with."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.drill.ground import Ground
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab


@pytest.fixture(scope="module")
def ground(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground.make(lab, tmp_path_factory.mktemp("ground"))


@pytest.fixture(autouse=True)
def calm(ground: Ground) -> None:
    """The monitors agree on who holds it, and see both up. It is db-a but after a real failover."""
    ground.await_calm()
