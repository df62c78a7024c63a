# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured on: an emulator with a network, whose tables lead an address to one target."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
    FloatingIp,
    RouteTables,
    Target,
    destination,
)
from ansible_collections.netops.floating_ip.tests.emulator.client import REGION, Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World, network

from .figures import Sample, trips_of

ADDRESS = "100.64.10.10"
NOTHING_ADDED: Mapping[str, Any] = {"throttling": False, "latency_seconds": {}}


class BenchFailed(Exception):
    """Something did not do what is to be measured; the text is a sentence."""


@dataclass(frozen=True)
class Pace:
    """How AWS behaves: with its token buckets or without, and the seconds that each call takes."""

    buckets: bool
    latency: float = 0.0

    @property
    def settings(self) -> Mapping[str, Any]:
        """The emulator's; setting them also fills the buckets."""
        latency = {".*": self.latency} if self.latency else {}
        return {"throttling": self.buckets, "latency_seconds": latency}


@dataclass(frozen=True)
class Stand:
    """One emulator's network with its floating IP."""

    emulator: Emulator
    world: World

    @property
    def definition(self) -> FloatingIp:
        aws = Aws(region=REGION, endpoint_url=self.emulator.url)
        targets = tuple(Target(name, self.world.eni(name)) for name in self.world.targets)
        tables = RouteTables(ids=self.world.tables)
        return FloatingIp("bench", (ADDRESS,), targets, route_tables=tables, aws=aws)


@dataclass(frozen=True)
class Mark:
    """Where the emulator's stream of events stood when a measurement began."""

    stand: Stand
    event: int
    began: float  # of the host's clock, which the emulator's events tell too

    def sample(self, ended: float, count_trips: bool = False) -> Sample:
        """What has happened since. BenchFailed unless every table was moved, and once only."""
        emulator, tables = self.stand.emulator, self.stand.world.tables
        found = (each for each in emulator.events(self.event) if each["kind"] == "route")
        moved = {each["id"]: each["at"] for each in found if each["id"] in tables}
        writes = emulator.counts().get("ReplaceRoute", 0)
        if not len(moved) == writes == len(tables):
            raise BenchFailed(
                f"{writes} writes moved {len(moved)} routes; {len(tables)} were to be moved."
            )
        trips = trips_of(emulator.calls()) if count_trips else None
        return Sample(max(moved.values()) - self.began, ended - self.began, trips)


def begin(stand: Stand, pace: Pace) -> Mark:
    """Let AWS behave like that from here on, and measure from now."""
    stand.emulator.settings(**pace.settings)
    stand.emulator.clear_calls()
    return Mark(stand, stand.emulator.last_event(), time.time())


def furnished(emulator: Emulator, tables: int) -> Stand:
    """A network of its own on this emulator; the address is at the first target."""
    client = client_of(emulator)
    world = network(client, tables=tables)
    first = next(iter(world.targets))
    with ThreadPoolExecutor(8) as pool:
        for _made in pool.map(lambda table: _route(client, table, world.eni(first)), world.tables):
            pass
    client.close()
    return Stand(emulator, world)


def client_of(emulator: Emulator) -> Any:
    import boto3  # here, for they take a while
    from botocore.config import Config

    session = boto3.session.Session("testing", "testing", region_name=REGION)
    config = Config(max_pool_connections=8, retries={"total_max_attempts": 1})
    return session.client("ec2", endpoint_url=emulator.url, config=config)


def _route(client: Any, table: str, interface: str) -> None:
    block = destination(ADDRESS)
    client.create_route(
        RouteTableId=table, DestinationCidrBlock=block, NetworkInterfaceId=interface
    )
