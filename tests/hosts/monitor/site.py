# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two hosts with a service each, an AWS in which they are targets, and the role applied to them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.emulator.world import World, network
from ansible_collections.netops.floating_ip.tests.lab.lab import Host, HostPlan, Lab
from ansible_collections.netops.floating_ip.tests.playing import Played, playbook, run_playbook

HERE = Path(__file__).parent
SUITES = {"db-a": "bookworm", "db-b": "trixie"}
SERVICE = """
[Service]
ExecStart=/usr/bin/python3 /srv/inside/service.py {address}
[Install]
WantedBy=multi-user.target
"""
KEY = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=lab"
    " -keyout /etc/service.key -out /etc/service.crt 2>/dev/null"
    " && cat /etc/service.key /etc/service.crt > /etc/service.pem"
)
PROBES: Mapping[str, Mapping[str, Any]] = {
    "http": {},
    "https": {"protocol": "https", "verify_tls": False},
    "tcp": {"protocol": "tcp", "port": 80},
    "icmp": {"protocol": "icmp"},
    "command": {
        "protocol": "command",
        "command": ["/bin/sh", "-c", 'curl -sf -o /dev/null "http://$FLOATING_IP_ADDRESS/"'],
    },
}


@dataclass
class Site:
    """`variables`: of the group of all targets; `host_variables`: by host."""

    lab: Lab
    folder: Path
    world: World
    ec2: Any
    hosts: dict[str, Host] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    host_variables: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def make(cls, lab: Lab, folder: Path, ec2: Any, suites: Mapping[str, str]) -> Site:
        """Boot the hosts, start the service on each, and give all addresses to the first."""
        site = cls(lab, folder, network(ec2, targets=list(suites)), ec2)
        for name, suite in suites.items():
            placed = site.world.targets[name]
            site.hosts[name] = lab.boot(
                HostPlan(
                    name,
                    f"{placed.address}/24",
                    suite=suite,
                    instance_id=placed.instance,
                    interfaces={placed.eni: site.mac(placed.eni)},
                    binds={"/srv/inside": str(HERE / "inside"), "/srv/wheels": str(folder)},
                )
            )
        for host in site.hosts.values():
            host.wait()
            unit = SERVICE.format(address=host.plan.ip)
            host.write("/etc/systemd/system/service.service", unit)
            host.run(f"{KEY} && systemctl enable --now service", timeout=60)
        return site

    def mac(self, eni: str) -> str:
        found = self.ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])
        return str(found["NetworkInterfaces"][0]["MacAddress"])

    def definition(self, name: str, number: int, **keys: Any) -> dict[str, Any]:
        """One floating IP on all hosts; `keys` are merged over it."""
        return {
            "name": name,
            "addresses": [f"100.64.10.{number}"],
            "aws": {"region": "eu-west-1", "endpoint_url": self.lab.api_url},
            "route_tables": {"ids": list(self.world.tables)},
            "targets": [
                {"name": n, "network_interface_id": one.eni, "probe_address": one.address}
                for n, one in self.world.targets.items()
            ],
            **keys,
        }

    def point(self, number: int, target: str) -> None:
        """Give an address to a target, in every table."""
        for table in self.world.tables:
            self.ec2.create_route(
                RouteTableId=table,
                DestinationCidrBlock=f"100.64.10.{number}/32",
                NetworkInterfaceId=self.world.eni(target),
            )

    def deploy(self, *arguments: str, hosts: Sequence[str] = (), **extra: Any) -> Played:
        """Apply the role to the hosts (all if not named); `extra` are role variables."""
        inventory = self.folder / "hosts.yml"
        groups = {"floating_ip_targets": list(hosts or self.hosts)}
        variables = {"floating_ip_targets": {**self.variables, **extra}, **self.host_variables}
        self.lab.inventory(inventory, groups, variables)
        command = playbook("-i", str(inventory), str(HERE / "deploy.yml"), *arguments)
        home = {"ANSIBLE_HOME": str(self.folder / "ansible")}
        return run_playbook(command, {**self.lab.environment(), **home})


def status(host: Host) -> dict[str, dict[str, Any]]:
    """What the monitor of a host says of each floating IP; AWS is not asked."""
    said = host.run("floating-ip status --offline --json", check=False).out
    return {one["name"]: one for one in json.loads(said)} if said else {}


def shown(host: Host, unit: str, *properties: str) -> list[str]:
    """Properties of a unit, as systemd has them."""
    lines = host.run(["systemctl", "show", f"--property={','.join(properties)}", unit]).out
    found = dict(line.split("=", 1) for line in lines.splitlines())
    return [found[one] for one in properties]


def pid(host: Host) -> str:
    """The number of the monitor's process; "0" where there is none."""
    return shown(host, "floating-ip-monitor.service", "MainPID")[0]


def events(host: Host) -> list[dict[str, Any]]:
    """The monitor's events of this boot, from the journal."""
    said = host.run("journalctl -b -t floating-ip -o cat --no-pager").out
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]
