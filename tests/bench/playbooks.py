# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks: the whole of `failover`, and a loop of amazon.aws's own module beside it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import ansible_collections
import yaml

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.as_dict import to_raw
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator

from .figures import Row, Sample
from .stand import ADDRESS, BenchFailed, Pace, Stand, begin, furnished

FEW, MANY = 4, 50
THEIRS, OURS, TOLD = "amazon.aws in a loop", "runbook failover", "runbook failover, 2 monitors"
ALL = ((THEIRS, FEW), (OURS, FEW), (OURS, MANY), (TOLD, MANY))
ENVIRONMENT = "aws"  # the environment host
PROBED = ("127.0.0.2", "127.0.0.3")  # where the services of the two targets answer
PATIENCE = 120.0  # seconds for one playbook
Command = Sequence[str]


@dataclass(frozen=True)
class Contest:
    """One playbook, its network, and how to run it."""

    what: str
    stand: Stand
    folder: Path

    def run(self) -> Sample:
        """BenchFailed, with the end of its output, if it fails."""
        command = self._command()
        begun = begin(self.stand, Pace(True))
        done = subprocess.run(
            command,
            env=_environment(self.stand.emulator, self.folder),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        ended = time.time()
        if done.returncode:
            raise BenchFailed(f"{self.what} failed:\n{(done.stdout + done.stderr)[-3000:]}")
        if self.what != THEIRS and not is_one_call(done.stdout):
            raise BenchFailed(f"{self.what} took more than one module call:\n{done.stdout}")
        return begun.sample(ended)

    def _command(self) -> Command:
        playbook = str(Path(sys.executable).with_name("ansible-playbook"))
        if self.what == THEIRS:
            return [playbook, "-i", "localhost,", "theirs.yml", "-e", f"eni={self._destination()}"]
        return [playbook, "-i", "hosts.yml", "netops.floating_ip.failover", "-e", "floating_ip=all"]

    def _destination(self) -> str:
        """The interface that does not have the address."""
        tables = self.stand.emulator.state()["route_tables"]
        route = tables[self.stand.world.tables[0]]["routes"][f"{ADDRESS}/32"]
        ids = [self.stand.world.eni(name) for name in self.stand.world.targets]
        return next(one for one in ids if one not in str(route))


def rows(runs: int, playbooks: Sequence[tuple[str, int]] = ALL) -> Iterator[Row]:
    """Theirs and ours in turn, so that what else the machine does hits all of them alike."""
    with tempfile.TemporaryDirectory() as folder, Emulator.start() as emulator, _services() as port:
        contests = [
            _contest(Path(folder, str(place)), what, furnished(emulator, tables), port)
            for place, (what, tables) in enumerate(playbooks)
        ]
        rounds = [[contest.run() for contest in contests] for _run in range(runs)]
    for contest, samples in zip(contests, zip(*rounds, strict=True), strict=True):
        yield Row(contest.what, len(contest.stand.world.tables), samples)


def _contest(folder: Path, what: str, stand: Stand, port: int) -> Contest:
    for each in (folder, *(folder / target for target in stand.world.targets)):
        each.mkdir()  # a target's is the context directory of its monitor
    files = {
        "theirs.yml": [their_play(stand)],
        "hosts.yml": inventory(stand, folder, port, what == TOLD),
    }
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content), encoding="utf-8")
    return Contest(what, stand, folder)


def their_play(stand: Stand) -> Mapping[str, Any]:
    """How the address is moved with amazon.aws alone: a module call for each table."""
    task = {
        "name": "Replace the route in each table",
        "amazon.aws.ec2_vpc_route_table": {
            "vpc_id": stand.world.vpc,
            "lookup": "id",
            "route_table_id": "{{ item }}",
            "routes": [{"dest": f"{ADDRESS}/32", "network_interface_id": "{{ eni }}"}],
            "purge_routes": False,
            "purge_subnets": False,
            "purge_tags": False,
        },
        "loop": list(stand.world.tables),
    }
    variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    header = {"name": "Move", "hosts": "localhost", "connection": "local", "gather_facts": False}
    return {**header, "vars": variables, "tasks": [task]}


def is_one_call(output: str) -> bool:
    """Whether one task without a loop made all changes, by what ansible-playbook printed."""
    recap = re.search(rf"^{ENVIRONMENT} .* changed=(\d+) ", output, re.MULTILINE)
    return recap is not None and recap[1] == "1" and "(item=" not in output


def inventory(stand: Stand, folder: Path, port: int, with_monitors: bool) -> Mapping[str, Any]:
    """One environment; the monitors on its targets keep their contexts in local folders."""
    raw = to_raw(stand.definition)
    for target, address in zip(raw["targets"], PROBED, strict=True):
        target["probe_address"] = address
    raw["probe"] = {"port": port}
    local = {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "floating_ip_context_directory": f"{folder}/{{{{ inventory_hostname }}}}",
    }
    hosts: Mapping[str, Any] = {name: {} for name in stand.world.targets}
    groups = {
        "bench": {"hosts": {ENVIRONMENT: {}, **hosts}, "vars": {**local, "floating_ips": [raw]}},
        "floating_ip_environments": {"hosts": {ENVIRONMENT: {}}},
        "floating_ip_targets": {"hosts": hosts},
    }
    if with_monitors:
        groups["floating_ip_observers"] = {"hosts": hosts}
    return {"all": {"children": groups}}


def _environment(emulator: Emulator, folder: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {
        **kept,
        **emulator.environment(),
        "ANSIBLE_COLLECTIONS_PATH": str(Path(next(iter(ansible_collections.__path__))).parent),
        "ANSIBLE_HOME": str(folder),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def _services() -> Iterator[int]:
    """The targets' services, all up, on one port."""
    port, servers = 0, []
    for address in PROBED:
        server = ThreadingHTTPServer((address, port), _Healthy)
        port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
    try:
        yield port
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
