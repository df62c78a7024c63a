# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The web servers, the router and the client together, on loopback, against the emulator."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Event, Kind
from ansible_collections.netops.floating_ip.tests.demo import lab, plan, ports
from ansible_collections.netops.floating_ip.tests.demo.commands import (
    Commands,
    Process,
    wait_until,
)
from ansible_collections.netops.floating_ip.tests.demo.telling import read_events

from .conftest import World


class Traffic:
    """Both web servers, the router and the client, all running."""

    def __init__(self, commands: Commands, world: World, events: Path) -> None:
        self.commands, self.events = commands, events
        self.port = ports.free(list(plan.TARGETS.values()))
        self.servers = {name: self.serve(name) for name in plan.TARGETS}
        at = {world.interfaces[n]: f"{address}:{self.port}" for n, address in plan.TARGETS.items()}
        listen = f"127.0.0.1:{ports.free(['127.0.0.1'])}"
        wait_until("the web servers listen", self.serving, 5)
        self.start("router", plan.router(listen, world.emulator.url, world.table, at))
        wait_until("the router", lambda: ports.listens("127.0.0.1", int(listen[10:])), 5)
        argv = plan.client(listen)
        argv[argv.index("--events") + 1] = str(events)
        self.client = self.start("client", argv)

    def start(self, name: str, argv: list[str]) -> Process:
        return self.commands.start(name, [sys.executable, *argv[1:]])

    def serve(self, name: str) -> Process:
        return self.start(name, plan.web_server(name, self.port))

    def serving(self) -> bool:
        return all(ports.listens(at, self.port) for at in plan.TARGETS.values())

    def told(self) -> list[Event]:
        return read_events(self.events)

    def answers(self, target: str | None) -> Callable[[], bool]:
        return lambda: bool(self.told()) and self.told()[-1].target == target


@pytest.fixture
def traffic(commands: Commands, world: World, tmp_path: Path) -> Traffic:
    return Traffic(commands, world, tmp_path / "client.jsonl")


def test_the_client_sees_each_server_that_the_route_leads_to(
    world: World, traffic: Traffic
) -> None:
    wait_until("web-a answers", traffic.answers("web-a"), 5)
    world.point("web-b")
    assert wait_until("web-b answers", traffic.answers("web-b"), 5) < 1
    traffic.commands.kill(traffic.servers["web-b"])
    wait_until("nobody answers", traffic.answers(None), 5)
    traffic.serve("web-b")
    wait_until("web-b answers again", traffic.answers("web-b"), 5)
    traffic.client.stop()
    assert traffic.client.popen.returncode == 0
    changes = [e.target for e in traffic.told()]
    runs = [target for n, target in enumerate(changes) if n == 0 or changes[n - 1] != target]
    assert runs == ["web-a", "web-b", None, "web-b"]
    assert sum(e.data["count"] for e in traffic.told() if e.kind is Kind.ANSWERED) >= 4


def test_without_a_route_or_with_a_blackhole_nobody_answers(world: World, traffic: Traffic) -> None:
    wait_until("web-a answers", traffic.answers("web-a"), 5)
    world.ec2.stop_instances(InstanceIds=[world.instances["web-a"]])
    wait_until("a blackhole drops", traffic.answers(None), 5)
    world.point("web-b")
    wait_until("web-b answers", traffic.answers("web-b"), 5)
    cidr = f"{plan.ADDRESS}/32"
    world.ec2.delete_route(RouteTableId=world.table, DestinationCidrBlock=cidr)
    wait_until("no route drops", traffic.answers(None), 5)


def test_the_lab_is_found_by_its_names_and_its_holders_are_read(world: World) -> None:
    before = world.emulator.state(plan.REGION)
    found = lab.find(before)
    assert (found.client_table, found.interfaces) == (world.table, world.interfaces)
    assert lab.holders(before, found)[world.table] == "web-a"
    world.point("web-b")
    after = world.emulator.state(plan.REGION)
    assert lab.holders(after, found)[world.table] == "web-b"
    assert lab.difference(before, after) == f"route_tables changed: {world.table}"
    assert lab.difference(before, before) == ""
