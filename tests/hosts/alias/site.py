# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts of every network stack, the definitions of which they are targets, and the role."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.netops.floating_ip.tests.hosts.alias.meter import Meter, lead
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host, HostPlan, Lab
from ansible_collections.netops.floating_ip.tests.playing import Played, playbook, run_playbook

PLAY = Path(__file__).with_name("deploy.yml")
LOOK = Path(__file__).parents[3] / "roles/floating_ip_host/files/look.sh"
DB = ("100.64.10.10", "fd12:3456::10")
WEB = ("100.64.10.20",)
HELD = ("100.64.10.30", "fd12:3456::30")  # by the holder alone


@dataclass(frozen=True)
class Kind:
    """What a host is like."""

    suite: str
    stack: str
    dhcp: bool = True


KINDS = {
    "networkd": Kind("bookworm", "networkd"),
    "networkd-257": Kind("trixie", "networkd"),
    "netplan": Kind("bookworm", "netplan"),
    "nm": Kind("bookworm", "NetworkManager"),
    "ifupdown": Kind("bookworm", "ifupdown"),
    "none": Kind("bookworm", "none", dhcp=False),
}


CHANGING = {"chg-nd": Kind("bookworm", "networkd"), "chg-nm": Kind("bookworm", "NetworkManager")}


def plan(name: str, number: int, kind: Kind) -> HostPlan:
    return HostPlan(
        name,
        address=f"10.0.{number}.10/24",
        address6=f"fd00:{number}::10/128",
        suite=kind.suite,
        stack=kind.stack,
        dhcp=kind.dhcp,
    )


@dataclass
class Site:
    lab: Lab
    folder: Path
    hosts: dict[str, Host]
    variables: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def make(
        cls,
        lab: Lab,
        folder: Path,
        kinds: Mapping[str, Kind],
        lease: int = 3600,
        first: int = 1,
    ) -> Site:
        """Booted hosts; the router leads the floating addresses to each of them, as told."""
        hosts: dict[str, Host] = {}
        for number, (name, kind) in enumerate(kinds.items(), first):
            host = hosts[name] = lab.boot(plan(name, number, kind))
            if host.dhcp is not None:
                host.dhcp.seconds = lease
            lead(lab.router, host, (*DB, *WEB, *HELD), number)
        for host in hosts.values():
            host.wait()
            assert until(partial(_is_up, host), 15.0), host.run("ip address").out
        site = cls(lab, folder, hosts)
        site.variables["floating_ips"] = site.usual()
        return site

    def usual(self) -> list[dict[str, Any]]:
        return [
            self.definition("db", DB),
            self.definition("web", WEB),
            self.definition("held", HELD, alias="holder"),
        ]

    def definition(self, name: str, addresses: Sequence[str], **more: Any) -> dict[str, Any]:
        """With all hosts as targets."""
        return {
            "name": name,
            "addresses": list(addresses),
            "route_tables": {"ids": ["rtb-0a1b2c3d"]},
            "probe": {"port": 80},
            "targets": [
                {"name": each, "instance_id": f"i-{number:08x}", "probe_address": host.plan.ip}
                for number, (each, host) in enumerate(self.hosts.items(), 1)
            ],
            **more,
        }

    def deploy(self, *options: str, only: Sequence[str] = ()) -> Played:
        """Apply the role; to these hosts, or to all."""
        groups = {"floating_ip_targets": list(self.hosts)}
        inventory = self.lab.inventory(self.folder / "hosts.yml", groups=groups)
        variables = self.folder / "variables.yml"
        variables.write_text(yaml.safe_dump(self.variables))
        limit = [f"--limit={','.join(only)}"] if only else []
        told = (f"--inventory={inventory}", f"--extra-vars=@{variables}", *limit, *options)
        return run_playbook(playbook(*told, str(PLAY)), self.lab.environment())

    def deploy_and_measure(self) -> tuple[Played, dict[str, float]]:
        """Apply the role, and tell how long the hosts' own addresses were silent meanwhile."""
        meters = {
            name: Meter(self.lab.router, host, (host.plan.ip, host.plan.ip6))
            for name, host in self.hosts.items()
        }
        with ExitStack() as stack:
            for meter in meters.values():
                stack.enter_context(meter)
            played = self.deploy()
        return played, {name: max(meter.gaps.values()) for name, meter in meters.items()}

    def look(self, host: Host) -> dict[str, Any]:
        """What the role finds on a host."""
        told = host.run(["sh", "-s"], text=LOOK.read_text(encoding="utf-8")).out
        return dict(json.loads(told))

    def meter(self, host: Host, *more: str) -> Meter:
        """Of the floating addresses and the host's own ones."""
        return Meter(self.lab.router, host, (*DB, host.plan.ip, host.plan.ip6, *more))


def addresses(host: Host, interface: str = "eth0") -> dict[str, dict[str, Any]]:
    """What an interface has: ip(8)'s words by address."""
    told = json.loads(host.run(f"ip -json address show dev {interface}").out)
    return {entry["local"]: entry for entry in told[0]["addr_info"]}


def has(host: Host, *wanted: str, interface: str = "eth0") -> bool:
    return set(wanted) <= set(addresses(host, interface))


def own(host: Host) -> bool:
    """Whether its own addresses are there and may be used."""
    found = addresses(host)
    mine = [found.get(address) for address in (host.plan.ip, host.plan.ip6)]
    return all(entry and not entry.get("tentative") for entry in mine)


def _is_up(host: Host) -> bool:
    return own(host) and "default" in host.run("ip route").out


def tables(site: Site) -> dict[str, str]:
    """What the role has written down on each host."""
    show = "cat /etc/floating-ip-alias.conf"
    return {name: host.run(show, check=False).out for name, host in site.hosts.items()}


def files(host: Host) -> list[str]:
    """All files of the role's."""
    marker = "netops.floating_ip.floating_ip_host"
    return host.run(f"grep -rlF {marker} /etc /usr/local", check=False).out.splitlines()
