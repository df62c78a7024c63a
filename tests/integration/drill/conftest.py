# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The agent as tests of verbs have it, and the floating address as a client meets it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.integration.agent.conftest import (
    agent,
    define,
    holders,
    lab,
    packed,
    path,
    program,
    services,
)
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    PROBED,
    Services,
)
from ansible_collections.netops.floating_ip.tests.integration.drill.front import Front
from ansible_collections.netops.floating_ip.tests.integration.modules.conftest import run
from ansible_collections.netops.floating_ip.tests.integration.runbooks.conftest import (
    point,
    production,
    routes,
    service_port,
    site,
)

__all__ = [
    "agent",
    "define",
    "holders",
    "lab",
    "packed",
    "path",
    "point",
    "production",
    "program",
    "routes",
    "run",
    "service_port",
    "services",
    "site",
]


@pytest.fixture
def front(emulator: Emulator, lab: World, services: Services) -> Iterator[Front]:
    """The address, answered by whoever holds it."""
    seats = {lab.eni(name): (address, services.port) for name, address in PROBED.items()}
    with Front(emulator, lab.tables[0], seats) as made:
        yield made
