# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The README's use cases, run as they stand, in their order; only ids are filled in."""

from __future__ import annotations

import http.server
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World

ROOT = pathlib.Path(__file__).resolve().parents[3]
USE_CASES = (ROOT / "README.md").read_text("utf-8").partition("## Use Cases")[2]
USE_CASES = USE_CASES.partition("\n## ")[0]
BLOCK = re.compile(r"(?:`(?P<file>inventory/[^`]+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.S)
BLOCKS = [match.groupdict() for match in BLOCK.finditer(USE_CASES)]
FILES = {block["file"]: block["text"] for block in BLOCKS if block["file"]}
PLAYS = [block["text"] for block in BLOCKS if block["kind"] == "yaml" and not block["file"]]
COMMANDS = [
    line for block in BLOCKS if block["kind"] == "sh" for line in block["text"].splitlines()
]
RUNBOOKS = [line for line in COMMANDS if line.startswith("ansible-playbook")]
(SERVERS,) = (block["text"] for block in BLOCKS if block["kind"] == "ini")
VERBS = [line for line in COMMANDS if line.startswith("floating-ip")]
STAND_INS = {"10.0.1.10": "127.0.4.10", "10.0.2.10": "127.0.4.11"}


class _Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """Both database servers of the example, healthy, on one port."""
    first, second = STAND_INS.values()
    servers = [http.server.ThreadingHTTPServer((first, 0), _Healthy)]
    port = servers[0].server_address[1]
    servers.append(http.server.ThreadingHTTPServer((second, port), _Healthy))
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield port
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def lab(world: Callable[..., World]) -> World:
    return world(tables=2, source_dest_check=True)


@pytest.fixture
def folder(tmp_path: pathlib.Path, lab: World, port: int) -> pathlib.Path:
    """The README's inventory, with what stands for AWS ids and addresses filled in."""
    filled = {
        "vpc-0a1b2c3d": lab.vpc,
        "eni-0a1b2c3d": lab.eni("db-a"),
        "eni-4e5f6a7b": lab.eni("db-b"),
        "port: 80,": f"port: {port},",
        **STAND_INS,
    }
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pattern = "|".join(re.escape(written) for written in filled)
        path.write_text(re.sub(pattern, lambda found: filled[found[0]], text), encoding="utf-8")
    return tmp_path


def run(folder: pathlib.Path, *command: str) -> str:
    """The output of a command that must succeed."""
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "ANSIBLE_HOME": str(folder / ".ansible")}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_readme_has_what_is_run_here() -> None:
    assert list(FILES) == ["inventory/hosts.yml", "inventory/group_vars/production.yml"]
    assert (len(PLAYS), len(RUNBOOKS), len(VERBS)) == (1, 7, 4)
    assert len(COMMANDS) == len(RUNBOOKS) + len(VERBS)


def test_the_servers_of_the_readme_are_targets_and_observers_of_its_environment(
    folder: pathlib.Path,
) -> None:
    (folder / "inventory" / "servers.ini").write_text(SERVERS, encoding="utf-8")
    groups = json.loads(run(folder, "ansible-inventory", "-i", "inventory", "--list"))
    for group in ("floating_ip_targets", "floating_ip_observers"):
        assert groups[group]["hosts"] == ["db-a", "db-b"]
    assert groups["production"]["hosts"] == ["production-aws", "db-a", "db-b"]


def test_the_runbooks_and_the_play_work_in_the_order_of_the_readme(
    folder: pathlib.Path, emulator: Emulator
) -> None:
    before = emulator.state()
    for line in RUNBOOKS[:-1]:
        run(folder, *shlex.split(line))
    (folder / "play.yml").write_text(PLAYS[0], encoding="utf-8")
    assert "db moved from db-a to db-b" in run(
        folder, "ansible-playbook", "-i", "inventory", "play.yml"
    )
    run(folder, *shlex.split(RUNBOOKS[-1]))
    assert emulator.state() == before


def test_the_agent_takes_every_command_of_the_readme(
    folder: pathlib.Path, lab: World, ec2: Any
) -> None:
    route = {"DestinationCidrBlock": "100.64.10.10/32", "NetworkInterfaceId": lab.eni("db-a")}
    for table in lab.tables:
        ec2.create_route(RouteTableId=table, **route)
    (folder / "context").mkdir()
    agent = folder / "floating-ip"
    agent.write_bytes(_bundle.build())
    definition = folder / "db.json"
    written = yaml.safe_load((folder / "inventory/group_vars/production.yml").read_text("utf-8"))
    merged = {**written["floating_ips"][0], **written["floating_ip_defaults"]}
    definition.write_text(json.dumps(merged), encoding="utf-8")
    for line in VERBS:
        verb, *arguments = shlex.split(line)[1:]
        where = ["--context", str(folder / "context"), "--definitions", str(folder)]
        command = [sys.executable, str(agent), verb, *where, *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        allowed = {0, 1} if verb == "status" else {0}  # 1: no monitor is running
        assert done.returncode in allowed, line + done.stdout + done.stderr
