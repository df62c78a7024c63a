# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two bare hosts, for the runbooks of one test file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.world import network
from ansible_collections.netops.floating_ip.tests.hosts.runbooks.site import Site
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

SUITES = {"db-a": "bookworm", "db-b": "trixie"}


@pytest.fixture(scope="module")
def site(lab: Lab, aws: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two bare hosts, and another environment without hosts."""
    client = aws.client("ec2", endpoint_url=lab.emulator.url)
    made = Site.make(lab, tmp_path_factory.mktemp("site"), client, SUITES)
    made.elsewhere = network(client, targets=("st-a", "st-b"), cidr="10.99.0.0/16")
    yield made
    client.close()


@pytest.fixture(scope="module")
def before(site: Site) -> Any:
    """AWS before anything of ours is there."""
    return site.lab.emulator.state()
