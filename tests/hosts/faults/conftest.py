# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`stage`: one deployed site for each worker. `scene`: all is calm, and is mended afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import Note, Scene
from ansible_collections.netops.floating_ip.tests.hosts.faults.meters import Meter
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import (
    ASIDE,
    ASIDE_ECHO,
    ASIDE_PORT,
    POLICY,
    PROBE,
    SEEN,
    TABLES,
    Stage,
    floating_of,
)
from ansible_collections.netops.floating_ip.tests.lab.box import (
    ADDRESS,
    CLIENTS,
    TARGETS,
    Layout,
    Site,
    serve,
)
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab
from ansible_collections.netops.floating_ip.tests.rooted import need_root

STRANGERS = ("100.64.99.1/32", "100.64.99.2/32")  # other people's routes to our interfaces


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    need_root()
    with Lab.start() as made:
        yield made


@pytest.fixture(scope="session")
def stage(lab: Lab, aws: Any) -> Iterator[Stage]:
    definition = {"probe": PROBE, "policy": POLICY}
    site = Site.build(lab, Layout(tables=TABLES, definition=definition))
    for name in TARGETS:
        serve(site.hosts[name], ASIDE, ASIDE_PORT, ASIDE_ECHO)
    client = aws.client("ec2", endpoint_url=lab.emulator.url)
    let_others_be_there(site, client)
    site.play("deploy")
    folder = lab.places.directory
    meters = tuple(Meter.begin(site.clients[name], ADDRESS, folder) for name in CLIENTS)
    yield Stage(site, client, meters, floating_of(site))
    client.close()


def let_others_be_there(site: Site, client: Any) -> None:
    """Routes that are not ours: other addresses in our tables, our address in another's table."""
    for table in site.world.tables:
        for destination, target in zip(STRANGERS, TARGETS, strict=True):
            client.create_route(
                RouteTableId=table,
                DestinationCidrBlock=destination,
                NetworkInterfaceId=site.world.eni(target),
            )
    foreign = client.create_route_table(VpcId=site.world.vpc)["RouteTable"]["RouteTableId"]
    client.create_route(
        RouteTableId=foreign,
        DestinationCidrBlock=f"{ADDRESS}/32",
        NetworkInterfaceId=site.world.eni(TARGETS[1]),
    )


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    """Put a figure of milliseconds into the JUnit report."""
    return lambda name, figure: request.node.user_properties.append((name, round(figure)))


@pytest.fixture
def scene(stage: Stage, note: Note) -> Iterator[Scene]:
    """Both targets up, and seen up since the holder has it; afterwards everything is mended."""
    holder, standby = stage.await_calm(stage.db)
    time.sleep(SEEN)
    yield Scene(stage, holder, standby, stage.chronicle(), note)
    stage.mend()
