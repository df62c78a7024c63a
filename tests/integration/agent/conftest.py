# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The agent as hosts have it: one packed file, run by a Python of its own, against the emulator."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    Event,
    Kind,
    from_line,
)
from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World

ADDRESS = "100.64.10.10"
PROBED = {"db-a": "127.0.3.10", "db-b": "127.0.3.11"}
PATIENCE = 20.0  # seconds: a bound for a machine that is busy, not a measure
PROBE = {"path": "/", "interval": 0.2, "timeout": 0.2, "fast_interval": 0.05, "min_down": 0.1}
POLICY = {"cooldown": 0.5, "settle": 2, "reconcile_interval": 2}


def wait_until(what: str, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The condition's value as soon as it is true."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.02)


class _Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)  # without a reverse lookup of our own name
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "here", self.server_address[1]


@dataclass
class Services:
    """The targets' web servers, all on one port, each on an address of its own."""

    port: int = 0
    _running: dict[str, Any] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        for name in names:
            self.stop(name)
            server = _Server((PROBED[name], self.port), _Healthy)
            self.port = server.server_port
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            self._running[name] = server

    def hang(self, *names: str) -> None:
        """Accept connections, as a kernel does for a frozen process, and never answer."""
        for name in names:
            self.stop(name)
            listener = socket.create_server((PROBED[name], self.port), backlog=512)
            self._running[name] = listener

    def stop(self, *names: str) -> None:
        for name in names or tuple(self._running):
            server = self._running.pop(name, None)
            if isinstance(server, _Server):
                server.shutdown()
                server.server_close()
            elif server is not None:
                server.close()


class Path:
    """The way to the emulator; while it is cut, connections are refused."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._listener: socket.socket | None = None
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._open: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _peer = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._open += [near, far]
                threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    @staticmethod
    def _carry(near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError), near, far:
            while True:
                ready, _writable, _broken = select.select([near, far], [], [], 60)
                for one in ready:
                    data = one.recv(65536)
                    if not data:
                        return
                    (far if one is near else near).sendall(data)


@dataclass
class Done:
    """How a verb ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Agent:
    """The program with its directories. `monitor` starts one; it is ended with the test."""

    program: pathlib.Path
    home: pathlib.Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def definitions(self) -> pathlib.Path:
        return self.home / "definitions"

    @property
    def context(self) -> pathlib.Path:
        return self.home / "context"

    def command(self, verb: str, *arguments: str) -> list[str]:
        where = ["--definitions", str(self.definitions), "--context", str(self.context)]
        return [sys.executable, "-I", str(self.program), verb, *where, *arguments]

    def run(self, verb: str, *arguments: str) -> Done:
        done = subprocess.run(
            self.command(verb, *arguments),
            check=False,
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=60,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def monitor(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start one and wait until it says so."""
        told = len(self.events())
        with (self.home / "stderr").open("ab") as stderr:
            self.process = subprocess.Popen(
                self.command("monitor", "--events", str(self.home / "events"), *arguments),
                env=self.environment,
                stdout=stderr,
                stderr=stderr,
            )
        wait_until("the monitor started", lambda: len(self.events()) > told or self._has_ended())
        return self.process

    def _has_ended(self) -> bool:
        if self.process is None or self.process.poll() is None:
            return False
        raise AssertionError((self.home / "stderr").read_text())

    def end(self, number: int = signal.SIGTERM) -> int:
        """Its exit code after this signal."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self.process = None
        return code

    def events(self, *kinds: Kind) -> list[Event]:
        """What it has told, of these kinds."""
        file = self.home / "events"
        if not file.exists():
            return []
        lines = [line for line in file.read_text(encoding="utf-8").split("\n")[:-1] if line]
        found = [from_line(line) for line in lines]
        return [event for event in found if not kinds or event.kind in kinds]

    def told(self) -> dict[str, Any]:
        """What it last wrote for `status`."""
        file = self.context / "db.status.json"
        found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
        return found

    def await_health(self, **wanted: str) -> None:
        names = {name.replace("_", "-"): value for name, value in wanted.items()}
        wait_until(
            f"the monitor sees {names}",
            lambda: names.items() <= self.told().get("health", {}).items(),
        )

    def await_holder(self, name: str) -> None:
        wait_until(f"the monitor says that {name} holds it", lambda: self.told()["holder"] == name)


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    file = tmp_path_factory.mktemp("agent") / "floating-ip"
    file.write_bytes(_bundle.build())
    return file


@pytest.fixture
def services() -> Iterator[Services]:
    made = Services()
    made.start(*PROBED)
    yield made
    made.stop()


@pytest.fixture
def path(emulator: Emulator) -> Iterator[Path]:
    made = Path(int(emulator.url.rpartition(":")[2]))
    yield made
    made.cut()


@pytest.fixture
def lab(world: Callable[..., World], ec2: Any) -> World:
    """Two targets and two route tables that lead to the first."""
    made = world(tables=2)
    for table in made.tables:
        ec2.create_route(
            RouteTableId=table,
            DestinationCidrBlock=f"{ADDRESS}/32",
            NetworkInterfaceId=made.eni("db-a"),
        )
    return made


@pytest.fixture
def agent(
    program: pathlib.Path,
    tmp_path: pathlib.Path,
    lab: World,
    path: Path,
    services: Services,
    emulator: Emulator,
) -> Iterator[Agent]:
    """The program with one definition, `db`."""
    url = f"http://127.0.0.1:{path.port}"
    environment = {**os.environ, **emulator.environment(), "AWS_ENDPOINT_URL": url}
    made = Agent(program, tmp_path, environment)
    made.definitions.mkdir()
    made.context.mkdir()
    write_definition(made, lab, services.port)
    yield made
    if made.process is not None:
        made.process.kill()
        made.process.wait()


def write_definition(agent: Agent, lab: World, port: int, **more: Any) -> None:
    definition = {
        "name": "db",
        "addresses": [ADDRESS],
        "route_tables": {"ids": list(lab.tables)},
        "targets": [
            {"name": name, "network_interface_id": lab.eni(name), "probe_address": address}
            for name, address in PROBED.items()
        ],
        "probe": {**PROBE, "port": port},
        "policy": {**POLICY, **more.pop("policy", {})},
        **more,
    }
    (agent.definitions / "db.json").write_text(json.dumps(definition), encoding="utf-8")


@pytest.fixture
def define(agent: Agent, lab: World, services: Services) -> Callable[..., None]:
    """Write the definition anew: `define(policy={...})`."""
    return lambda **more: write_definition(agent, lab, services.port, **more)


@pytest.fixture
def holders(ec2: Any, lab: World) -> Callable[[], Sequence[str]]:
    """The names of the targets that the tables lead to, according to AWS itself."""
    names = {lab.eni(name): name for name in PROBED}

    def read() -> list[str]:
        found = ec2.describe_route_tables(RouteTableIds=list(lab.tables))["RouteTables"]
        return sorted(
            {
                names[route["NetworkInterfaceId"]]
                for table in found
                for route in table["Routes"]
                if route.get("DestinationCidrBlock") == f"{ADDRESS}/32"
            }
        )

    return read
