# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An edge to the emulator, and definitions of the network that a test made there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import CallRecord
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import (
    Connections,
    Hooks,
    connect,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
    FloatingIp,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World


@dataclass
class Site:
    """An edge, what went over it, and definitions that lead there."""

    edge: Edge
    aws: Aws
    records: list[CallRecord] = field(default_factory=list)

    def definition(self, net: World, name: str = "db", **more: Any) -> FloatingIp:
        """A route definition over the network's own tables, unless `more` says otherwise."""
        targets = tuple(
            Target(target, network_interface_id=placed.eni, probe_address=placed.address)
            for target, placed in net.targets.items()
        )
        wanted = {"addresses": ("100.64.10.10",), "route_tables": RouteTables(ids=net.tables)}
        return FloatingIp(**{"name": name, "targets": targets, "aws": self.aws, **wanted, **more})

    def writes(self) -> list[str]:
        """The changes that were asked for, by their API's names."""
        return [one.operation for one in self.records if not one.operation.startswith("Describe")]


@pytest.fixture
def site(emulator: Emulator) -> Iterator[Site]:
    records: list[CallRecord] = []
    aws = Aws(region="eu-west-1", endpoint_url=emulator.url)
    connections = Connections(lambda place: connect(place, hooks=Hooks(on_call=records.append)))
    yield Site(Edge(connections.ec2), aws, records)
    connections.ec2(aws).client.close()
