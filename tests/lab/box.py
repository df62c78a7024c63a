# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A site: a VPC of two zones with targets, a witness and clients, and an inventory for them.

What the fault tests, the drill, the benchmark and the prompt of `./dev lab` play on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..emulator.client import REGION
from ..emulator.world import World, network
from ..playing import playbook, surroundings
from .clients import Client
from .commands import Ran, run
from .echo import PORT as ECHO_PORT
from .host import Host
from .lab import Lab
from .placing import plan_of
from .vpc import Vpc

ADDRESS = "100.64.10.10"
NAME = "db"  # of the floating IP
ENVIRONMENT = "box"
AWS_HOST = "box-aws"
TARGETS = ("db-a", "db-b")  # in a zone each
CLIENTS = ("client-a", "client-b")  # in the zones of db-a and db-b
WITNESS = "witness"
PORT = 80
_HERE = Path(__file__).parent
_UNIT = """[Unit]
Description=The service on the floating IP
After=network.target
StartLimitIntervalSec=0

[Service]
ExecStart=/usr/bin/python3 /opt/lab/service.py {name} {port} {echo_port}
Restart=no

[Install]
WantedBy=multi-user.target
"""


@dataclass(frozen=True)
class Layout:
    """What a site is made of."""

    suite: str = "bookworm"
    stack: str = "networkd"
    tables: int = 2  # beyond two they belong to no subnet
    has_witness: bool = False
    ipv6: bool = False
    definition: Mapping[str, Any] = field(default_factory=dict)  # keys beside the usual ones


@dataclass
class Site:
    lab: Lab
    layout: Layout
    world: World
    vpc: Vpc
    hosts: dict[str, Host]
    clients: dict[str, Client]
    inventory: Path

    @classmethod
    def build(cls, lab: Lab, layout: Layout | None = None) -> Site:
        """Everything but the floating IP: hosts up, their service on, an inventory written."""
        layout = layout or Layout()
        names = (*TARGETS, *CLIENTS, *((WITNESS,) if layout.has_witness else ()))
        vpc = lab.follow()
        world = _world(lab, names, layout)
        booted = [name for name in names if name not in CLIENTS]
        own = {"suite": layout.suite, "stack": layout.stack}
        hosts = {name: lab.boot(plan_of(world, name, **own)) for name in booted}
        clients = {name: lab.client(plan_of(world, name)) for name in CLIENTS}
        folder = lab.places.directory / "inventory"
        folder.mkdir()
        site = cls(lab, layout, world, vpc, hosts, clients, folder)
        site._write()
        for name, host in hosts.items():
            host.wait()
            if name in TARGETS:
                serve(host)
        return site

    def play(self, runbook: str, *arguments: str, check: bool = True, **extra: Any) -> Ran:
        """Run one of the collection's runbooks; keyword arguments are extra vars, as JSON.

        CommandFailed with all that it said if it fails and `check` is set.
        """
        # Whatever it does elsewhere on this machine, the hosts' own services come first.
        told = ("-i", str(self.inventory), f"netops.floating_ip.{runbook}", *arguments)
        command = ["nice", "-n", "5", *playbook(*told, **extra)]
        return run(command, check, 300.0, env=surroundings(self.lab.environment()))

    def holders(self) -> dict[str, str]:
        """The target that each of the site's tables leads to by AWS's word; "" for none."""
        names = {self.world.eni(name): name for name in self.world.targets}
        tables = self.lab.emulator.state(REGION)["route_tables"]
        found = {table: tables[table]["routes"].get(f"{ADDRESS}/32") for table in self.world.tables}
        return {
            table: names.get(route.get("network_interface_id", ""), "") if route else ""
            for table, route in found.items()
        }

    def definition(self) -> dict[str, Any]:
        """The floating IP as the inventory has it."""
        usual = {
            "name": NAME,
            "addresses": [ADDRESS],
            "aws": {"region": REGION, "endpoint_url": "{{ lab_endpoint }}"},
            "route_tables": {"ids": list(self.world.tables)},
            "targets": [self._target(name) for name in TARGETS],
            "probe": {"protocol": "http", "port": PORT, "path": "/health"},
        }
        return {**usual, **self.layout.definition}

    def _target(self, name: str) -> dict[str, str]:
        placed = self.world.targets[name]
        return {
            "name": name,
            "network_interface_id": placed.eni,
            "probe_address": placed.address,
        }

    def _write(self) -> None:
        targets = list(TARGETS)
        groups: dict[str, Sequence[str]] = {
            ENVIRONMENT: [AWS_HOST, *targets],
            "floating_ip_environments": [AWS_HOST],
            "floating_ip_targets": targets,
            "floating_ip_observers": targets,
        }
        variables: dict[str, dict[str, Any]] = {
            AWS_HOST: {"ansible_connection": "local", "lab_endpoint": self.lab.emulator.url},
            "floating_ip_targets": {"lab_endpoint": self.lab.api_url},
            ENVIRONMENT: {"floating_ips": [self.definition()]},
        }
        self.lab.inventory(self.inventory, groups, variables)


def serve(host: Host, unit: str = "service", port: int = PORT, echo_port: int = ECHO_PORT) -> None:
    """Put a service on a host and start it; several need a unit and ports of their own."""
    for name in ("echo.py", "service.py"):
        host.write(f"/opt/lab/{name}", (_HERE / name).read_text(encoding="utf-8"))
    text = _UNIT.format(name=host.name, port=port, echo_port=echo_port)
    host.write(f"/etc/systemd/system/{unit}.service", text)
    host.run(f"systemctl enable --now {unit}.service")
    asked = f"curl -sf -o /dev/null http://127.0.0.1:{port}/health"
    host.run(f"until {asked}; do sleep 0.05; done")


def _world(lab: Lab, names: Sequence[str], layout: Layout) -> World:
    import boto3

    keys = lab.emulator.environment()
    session = boto3.session.Session(
        keys["AWS_ACCESS_KEY_ID"], keys["AWS_SECRET_ACCESS_KEY"], region_name=REGION
    )
    client = session.client("ec2", endpoint_url=lab.emulator.url)
    made = network(
        client, tables=layout.tables, targets=names, ipv6=layout.ipv6, source_dest_check=True
    )
    client.close()
    return made
