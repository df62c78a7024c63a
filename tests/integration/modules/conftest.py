# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run modules as Ansible would: in this process, for speed, or by the real ansible-playbook."""

from __future__ import annotations

import functools
import importlib
import json
import pathlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import yaml
from ansible.module_utils.testing import patch_module_args

from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.playing import playbook, run_playbook

CALLBACKS = pathlib.Path(__file__).parent / "callback_plugins"
SETTINGS = {
    "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
    "ANSIBLE_STDOUT_CALLBACK": "results",
    "ANSIBLE_LOCALHOST_WARNING": "false",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
}
MODULES = "ansible_collections.netops.floating_ip.plugins.modules"
ADDRESS = "100.64.10.10"
PROBED = ("127.0.0.2", "127.0.0.3", "127.0.0.4")  # where the targets are probed, in their order


@dataclass
class Result(dict[str, Any]):
    """What a module returned; `failed` is always there."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.update({"failed": False, **self.values})

    @property
    def entry(self) -> Any:
        (only,) = self["floating_ips"]
        return only

    @property
    def actions(self) -> set[str]:
        return {item["action"] for entry in self["floating_ips"] for item in entry["items"]}


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("floating_ip_move", check=True, to="db-b")`: one call of a module, in this process."""

    def call(module: str, check: bool = False, **options: Any) -> Result:
        code = importlib.import_module(f"{MODULES}.{module}")
        given = {**options, "_ansible_check_mode": check, "_ansible_diff": True}
        capsys.readouterr()
        with patch_module_args(given), pytest.raises(SystemExit):
            code.main()
        result = Result(json.loads(capsys.readouterr().out))
        assert "Traceback" not in json.dumps(result), result
        return result

    return call


@dataclass(frozen=True)
class Play:
    """What ansible-playbook said and returned."""

    code: int
    output: str

    def results(self) -> dict[str, Any]:
        """Each task's result, by the task's name: see callback_plugins/results.py."""
        found: dict[str, Any] = json.loads(self.output[self.output.index("{") :])
        return found


@pytest.fixture
def play(tmp_path: pathlib.Path) -> Callable[..., Play]:
    """Run tasks by the real ansible-playbook, on localhost, in one play."""

    def run_tasks(tasks: Sequence[Any], *arguments: str, **variables: Any) -> Play:
        book = tmp_path / "play.yml"
        settings = {"ansible_python_interpreter": sys.executable, **variables}
        header = {"name": "Test", "hosts": "localhost", "gather_facts": False, "vars": settings}
        book.write_text(yaml.safe_dump([{**header, "tasks": list(tasks)}]), encoding="utf-8")
        done = run_playbook(playbook(str(book), *arguments), SETTINGS, patience=120)
        return Play(done.code, done.output)

    return run_tasks


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@dataclass
class Services:
    """The targets' services: each answers on an address of its own, all on one port."""

    port: int
    _running: dict[str, ThreadingHTTPServer] = field(default_factory=dict)

    def start(self, *addresses: str) -> None:
        for address in addresses:
            server = ThreadingHTTPServer((address, self.port), _Healthy)
            self.port = server.server_address[1]
            threading.Thread(target=functools.partial(server.serve_forever, 0.02)).start()
            self._running[address] = server

    def stop(self, *addresses: str) -> None:
        for address in addresses or list(self._running):
            server = self._running.pop(address)
            server.shutdown()
            server.server_close()


@pytest.fixture
def services() -> Iterator[Services]:
    """The services of up to three targets, all up."""
    made = Services(0)
    made.start(*PROBED)
    yield made
    made.stop()


@pytest.fixture
def define(services: Services) -> Callable[..., dict[str, Any]]:
    """A definition for a world: `define(world, name="db", probe={...})`."""

    def make(world: World, **keys: Any) -> dict[str, Any]:
        targets = [
            {"name": name, "network_interface_id": world.eni(name), "probe_address": address}
            for name, address in zip(world.targets, PROBED, strict=False)
        ]
        return {
            "name": "db",
            "addresses": [ADDRESS],
            "route_tables": {"ids": list(world.tables)},
            "targets": targets,
            "probe": {"port": services.port, "fast_interval": 0.02, "timeout": 0.3},
            **keys,
        }

    return make


@pytest.fixture
def routes(ec2: Any) -> Callable[..., list[str | None]]:
    """Where each table leads an address, according to AWS itself."""

    def read(tables: Sequence[str], address: str = ADDRESS) -> list[str | None]:
        found = ec2.describe_route_tables(RouteTableIds=list(tables))["RouteTables"]
        hops = {table["RouteTableId"]: _hop(table, f"{address}/32") for table in found}
        return [hops[table] for table in tables]

    return read


def _hop(table: Mapping[str, Any], block: str) -> str | None:
    for route in table["Routes"]:
        if route.get("DestinationCidrBlock") == block:
            return str(route.get("NetworkInterfaceId") or route.get("GatewayId"))
    return None


@pytest.fixture
def point(ec2: Any) -> Callable[..., None]:
    """Point an address at an interface in tables, as another party would."""

    def write(tables: Sequence[str], interface: str, address: str = ADDRESS) -> None:
        for table in tables:
            where = {"RouteTableId": table, "DestinationCidrBlock": f"{address}/32"}
            try:
                ec2.create_route(**where, NetworkInterfaceId=interface)
            except ec2.exceptions.ClientError:
                ec2.replace_route(**where, NetworkInterfaceId=interface)

    return write
