# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An environment of two booted hosts and the embedded AWS, and the runbooks on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.emulator.world import World, network
from ansible_collections.netops.floating_ip.tests.lab.lab import Host, HostPlan, Lab
from ansible_collections.netops.floating_ip.tests.playing import Played, playbook, run_playbook

ADDRESS = "100.64.10.10"
HELD = "100.64.10.20"  # on the interface of its holder alone
ENVIRONMENT = "production"
AWS_HOST = f"{ENVIRONMENT}-aws"
HOSTLESS = "staging"
DEFAULTS = {"aws": {"region": "eu-west-1", "endpoint_url": "{{ floating_ip_api }}"}}
SERVICE = """
[Service]
ExecStart=/usr/bin/python3 -m http.server 80 --directory /srv
[Install]
WantedBy=multi-user.target
"""


@dataclass
class Site:
    lab: Lab
    folder: Path
    world: World
    ec2: Any
    hosts: dict[str, Host] = field(default_factory=dict)
    host_variables: dict[str, dict[str, Any]] = field(default_factory=dict)
    state: str = "present"
    elsewhere: World | None = None  # where another environment is, of which AWS alone is ours

    @classmethod
    def make(cls, lab: Lab, folder: Path, ec2: Any, suites: Mapping[str, str]) -> Site:
        """Boot the hosts and start a service on each; nothing of ours is on them.

        Packets between them go as EC2 says, and the service tells on which host it is.
        """
        lab.follow()
        world = network(ec2, targets=list(suites), source_dest_check=True)
        site = cls(lab, folder, world, ec2)
        for name, suite in suites.items():
            placed = world.targets[name]
            address, macs = f"{placed.address}/24", {placed.eni: site.mac(placed.eni)}
            plan = HostPlan(
                name, address, suite=suite, instance_id=placed.instance, interfaces=macs
            )
            site.hosts[name] = lab.boot(plan)
        for host in site.hosts.values():
            host.wait()
            host.write("/etc/systemd/system/web.service", SERVICE)
            host.write("/srv/name", host.name)
            host.run("systemctl enable --now web", timeout=60)
        return site

    def mac(self, eni: str) -> str:
        found = self.ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])
        return str(found["NetworkInterfaces"][0]["MacAddress"])

    def settings(self) -> dict[str, Any]:
        """The group variables of the environment; the targets come from the inventory."""
        return {
            "floating_ip_api": self.lab.api_url,
            "floating_ip_defaults": DEFAULTS,
            "floating_ips": [
                self.defined("db", ADDRESS),
                self.defined("held", HELD, alias="holder"),
            ],
        }

    def defined(self, name: str, address: str, **more: Any) -> dict[str, Any]:
        """One floating IP, on all tables and targets."""
        tables = {"ids": list(self.world.tables)}
        own = {"route_tables": tables, "targets_from": "floating_ip_targets"}
        return {"name": name, "addresses": [address], "state": self.state, **own, **more}

    def hostless(self, world: World) -> dict[str, Any]:
        """The group variables of the other environment."""
        targets = [
            {"name": name, "network_interface_id": one.eni, "probe_address": one.address}
            for name, one in world.targets.items()
        ]
        own = {"route_tables": {"ids": list(world.tables)}, "targets": targets}
        return {
            "floating_ip_defaults": DEFAULTS,
            "floating_ips": [{"name": "db", "addresses": [ADDRESS], **own}],
        }

    def run(self, runbook: str, *arguments: str, **extra: Any) -> Played:
        """One runbook; keyword arguments are extra vars."""
        self.write()
        told = ("-i", str(self.folder), f"netops.floating_ip.{runbook}", *arguments)
        home = {"ANSIBLE_HOME": str(self.folder.parent / "ansible")}
        environment = {**self.lab.environment(), **home}
        return run_playbook(playbook(*told, **extra), environment, patience=600)

    def write(self) -> None:
        targets = list(self.hosts)
        groups = {
            ENVIRONMENT: [AWS_HOST, *targets],
            "floating_ip_environments": [AWS_HOST],
            "floating_ip_targets": targets,
            "floating_ip_observers": targets,
        }
        placed = self.world.targets
        own = {
            name: {
                "instance_id": placed[name].instance,
                "private_ip_address": placed[name].address,
                **self.host_variables.get(name, {}),
            }
            for name in targets
        }
        local = {"ansible_connection": "local", "floating_ip_api": self.lab.emulator.url}
        variables = {ENVIRONMENT: self.settings(), AWS_HOST: local, **own}
        if self.elsewhere is not None:
            groups[HOSTLESS] = [f"{HOSTLESS}-aws"]
            groups["floating_ip_environments"].append(f"{HOSTLESS}-aws")
            variables.update({f"{HOSTLESS}-aws": local, HOSTLESS: self.hostless(self.elsewhere)})
        self.lab.inventory(self.folder / "hosts.yml", groups, variables)

    def holders(self, of: World | None = None, address: str = ADDRESS) -> list[str | None]:
        """The target that each table leads to, according to AWS itself."""
        world = of or self.world
        names = {one.eni: name for name, one in world.targets.items()}
        found = self.ec2.describe_route_tables(RouteTableIds=list(world.tables))
        hops = [
            {
                route.get("DestinationCidrBlock"): route.get("NetworkInterfaceId")
                for route in table["Routes"]
            }
            for table in found["RouteTables"]
        ]
        return [names.get(hop.get(f"{address}/32") or "") for hop in hops]

    def has_address(self, name: str, address: str = ADDRESS) -> bool:
        return f"{address}/32" in self.hosts[name].run("ip -4 address show").out

    def reached_from(self, name: str, address: str) -> str:
        """Which host answers to a client on this one; empty if none does."""
        asked = ["curl", "-sf", "-m", "2", f"http://{address}/name"]
        return self.hosts[name].run(asked, check=False).out

    def is_armed(self, name: str) -> bool:
        timer = self.hosts[name].run("systemctl is-active floating-ip-monitor.timer", check=False)
        return timer.out.strip() == "active"

    def is_served(self) -> bool:
        """Whether every host has the address and an armed monitor."""
        return all(self.has_address(name) and self.is_armed(name) for name in self.hosts)

    def is_bare(self) -> bool:
        """Whether no host has an address or an armed monitor of ours."""
        return not any(
            self.is_armed(name) or self.has_address(name, address)
            for name in self.hosts
            for address in (ADDRESS, HELD)
        )
