# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that the demo takes for granted of the rest of the collection, in one place."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Elsewhere for tests, so that they do not meet a demo that someone watches in this clone.
_PLACE = Path(os.environ.get("FLOATING_IP_DEMO_CACHE") or ROOT / ".cache").resolve()
CACHE = _PLACE / "demo"
LOGS = _PLACE / "logs" / "demo"
TEMPLATES = Path(__file__).parent / "inventory"
INVENTORY = CACHE / "inventory"
DEFINITIONS = CACHE / "definitions"
CONTEXT = CACHE / "context"
AGENT = CACHE / "floating-ip"
MONITOR_EVENTS = CACHE / "monitor.jsonl"
CLIENT_EVENTS = CACHE / "client.jsonl"

HERE = "ansible_collections.netops.floating_ip.tests.demo"
COLLECTION = "netops.floating_ip"
FLOATING_IP = "web"
ADDRESS = "100.64.10.10"
REGION = "eu-west-1"
TARGETS = {"web-a": "127.0.1.10", "web-b": "127.0.1.11"}  # and the loopback that stands for each
CLIENT_TABLE = "client"  # Name tag of the route table of the client's subnet
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "demo",
    "AWS_SECRET_ACCESS_KEY": "demo",
    "AWS_EC2_METADATA_DISABLED": "true",
}

PROBE_PORT, ROUTER_PORT, EMULATOR_PORT = 8080, 8180, 8181  # others where these are taken
NOBODY_IS_UP = "no other target is proven up"  # why nothing moves, in the monitor's words
QUIET = 3.0  # seconds during which nothing may move while both targets are down
PATIENCE = 20.0  # seconds for anything that happens by itself


def rel(path: Path) -> str:
    """A path as the printed commands have it: they run in the clone's folder."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def emulator(port: int) -> list[str]:
    return ["./dev", "emulator", "--port", str(port)]


def playbook(name: str, **variables: str) -> list[str]:
    extra = [part for key, value in variables.items() for part in ("-e", f"{key}={value}")]
    return ["ansible-playbook", f"{COLLECTION}.{name}", "-i", rel(INVENTORY), *extra]


def aws_side(name: str, **variables: str) -> list[str]:
    """Without hosts: the monitor is a process here, and no host gets an address or an agent."""
    return [*playbook(name, **variables), "--limit", "demo-environment"]


def lab(state: str) -> list[str]:
    return playbook("lab_vpc", **({} if state == "present" else {"lab_vpc_state": state}))


def agent(verb: str, *arguments: str) -> list[str]:
    places = ["--definitions", rel(DEFINITIONS), "--context", rel(CONTEXT)]
    return [rel(AGENT), verb, *places, *arguments]


def check_config() -> list[str]:
    return [rel(AGENT), "check-config", rel(DEFINITIONS / f"{FLOATING_IP}.json")]


def web_server(name: str, port: int) -> list[str]:
    place = ["--address", TARGETS[name], "--port", str(port)]
    return ["python", "-m", f"{HERE}.webserver", "--name", name, *place]


def router(listen: str, endpoint: str, table: str, interfaces: dict[str, str]) -> list[str]:
    command = ["python", "-m", f"{HERE}.router", "--listen", listen]
    command += ["--emulator", endpoint, "--region", REGION, "--table", table]
    return command + [p for eni, at in interfaces.items() for p in ("--interface", f"{eni}={at}")]


def client(listen: str) -> list[str]:
    events = ["--name", FLOATING_IP, "--events", rel(CLIENT_EVENTS)]
    return ["python", "-m", f"{HERE}.client", "--proxy", listen, "--address", ADDRESS, *events]
