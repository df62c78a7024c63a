# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the runbooks as an operator does: ansible-playbook, an inventory of files, extra vars."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.playing import (
    Played,
    playbook,
    run_playbook,
    surroundings,
)

ADDRESS = "100.64.10.10"
OTHER_REGION = "eu-central-1"
PROBED = ("127.0.0.2", "127.0.0.3")  # where the targets are probed, in their order
LOCAL = {
    "ansible_connection": "local",
    "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    "ansible_become": False,
}
# Usual on EC2 for all hosts, and not to be used on the controller.
SUDO = {"ansible_become": True, "ansible_become_user": "nobody", "ansible_become_exe": "/bin/false"}


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def service_port() -> Iterator[int]:
    """The port on which the services of both targets answer, each on an address of its own."""
    servers = [ThreadingHTTPServer((PROBED[0], 0), _Healthy)]
    port = servers[0].server_address[1]
    servers.append(ThreadingHTTPServer((PROBED[1], port), _Healthy))
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield port
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass
class Site:
    """An inventory in files, and the runbooks on it."""

    folder: Path
    port: int
    environments: dict[str, World] = field(default_factory=dict)
    observers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    clients: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    targets: tuple[str, ...] = ()  # of the observers, those that are to have addresses

    def define(self, environment: str, world: World, **keys: Any) -> None:
        """One environment with one floating IP, db, on the targets of a world."""
        self.environments[environment] = world
        first, second = world.targets
        definition = {
            "name": "db",
            "addresses": [ADDRESS],
            "route_tables": {"ids": list(world.tables)},
            "targets": [
                {"name": name, "network_interface_id": world.eni(name), "probe_address": address}
                for name, address in zip((first, second), PROBED, strict=True)
            ],
            **keys,
        }
        probe = {"port": self.port, "fast_interval": 0.02, "timeout": 0.3}
        values = {"floating_ips": [definition], "floating_ip_defaults": {"probe": probe}}
        self._write(f"group_vars/{environment}.yml", values)
        self._write_hosts()

    def define_beside(self, environment: str, **definition: Any) -> None:
        """One more floating IP in an environment that has one."""
        file = self.folder / f"group_vars/{environment}.yml"
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
        values["floating_ips"].append({"addresses": ["100.64.10.11"], **definition})
        file.write_text(yaml.safe_dump(values), encoding="utf-8")

    def observe(self, environment: str, name: str, **variables: Any) -> Path:
        """A host with a monitor, whose context is in the folder that comes back."""
        directory = self.folder / "context" / name
        directory.mkdir(parents=True)
        settings = {**LOCAL, "floating_ip_context_directory": str(directory), **variables}
        self.observers[name] = {"environment": environment, "variables": settings}
        self._write_hosts()
        return directory

    def ask(self, environment: str, name: str, **variables: Any) -> None:
        """A host of clients."""
        settings = {**LOCAL, "ansible_host": "127.0.0.1", **variables}
        self.clients[name] = {"environment": environment, "variables": settings}
        self._write_hosts()

    def run(self, runbook: str, *arguments: str, **extra: Any) -> Played:
        """One runbook; keyword arguments are extra vars, as JSON, like a survey gives them."""
        command = self._command(runbook, *arguments, **extra)
        return run_playbook(command, self._environment(), patience=120)

    def start(self, runbook: str, *arguments: str, **extra: Any) -> subprocess.Popen[bytes]:
        """The same, in a group of processes of its own, not waited for."""
        return subprocess.Popen(
            self._command(runbook, *arguments, **extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=surroundings(self._environment()),
            start_new_session=True,
        )

    def _command(self, runbook: str, *arguments: str, **extra: Any) -> list[str]:
        told = ("-i", str(self.folder), f"netops.floating_ip.{runbook}", *arguments)
        return playbook(*told, **extra)

    def _environment(self) -> dict[str, str]:
        home = str(self.folder.parent / "ansible")
        return {"ANSIBLE_HOME": home, "ANSIBLE_INVENTORY_IGNORE": "context"}

    def _write_hosts(self) -> None:
        groups: dict[str, dict[str, Any]] = {
            name: {"hosts": {f"{name}-aws": {"ansible_connection": "local", **SUDO}}}
            for name in self.environments
        }
        for name, one in {**self.observers, **self.clients}.items():
            groups[one["environment"]]["hosts"][name] = one["variables"]
        groups["floating_ip_environments"] = {
            "hosts": {f"{name}-aws": None for name in self.environments}
        }
        if self.observers:
            groups["floating_ip_observers"] = {"hosts": dict.fromkeys(self.observers)}
        if self.targets:
            groups["floating_ip_targets"] = {"hosts": dict.fromkeys(self.targets)}
        if self.clients:
            groups["floating_ip_clients"] = {"hosts": dict.fromkeys(self.clients)}
        self._write("hosts.yml", {"all": {"children": groups, "hosts": {"elsewhere": None}}})

    def _write(self, name: str, values: Mapping[str, Any]) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(dict(values)), encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, service_port: int, emulator: Any) -> Site:
    """An inventory without environments yet, on an empty AWS."""
    return Site(tmp_path / "inventory", service_port)


@pytest.fixture
def elsewhere(emulator: Any, aws: Any) -> Iterator[Any]:
    """EC2 in another Region: names and tags of floating IPs are per account and Region."""
    client = aws.client("ec2", region_name=OTHER_REGION, endpoint_url=emulator.url)
    yield client
    client.close()


@pytest.fixture
def production(site: Site, world: Callable[..., World], point: Callable[..., None]) -> World:
    """One environment, production: three tables that lead to db-a."""
    made = world(tables=3)
    site.define("production", made)
    point(made.tables, made.eni("db-a"))
    return made


@pytest.fixture
def routes(ec2: Any) -> Callable[..., list[str | None]]:
    """Where each table leads the address, according to AWS itself."""

    def read(tables: Sequence[str], of: Any = ec2) -> list[str | None]:
        found = of.describe_route_tables(RouteTableIds=list(tables))["RouteTables"]
        hops = {
            table["RouteTableId"]: route.get("NetworkInterfaceId")
            for table in found
            for route in table["Routes"]
            if route.get("DestinationCidrBlock") == f"{ADDRESS}/32"
        }
        return [hops.get(table) for table in tables]

    return read


@pytest.fixture
def point(ec2: Any) -> Callable[..., None]:
    """Make routes to the address, as another party would."""

    def write(tables: Sequence[str], interface: str) -> None:
        for table in tables:
            ec2.create_route(
                RouteTableId=table,
                DestinationCidrBlock=f"{ADDRESS}/32",
                NetworkInterfaceId=interface,
            )

    return write
