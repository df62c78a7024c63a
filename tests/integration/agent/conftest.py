# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The agent as hosts have it, run by a Python of its own, against the emulator."""

from __future__ import annotations

import compileall
import json
import os
import pathlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.integration.agent.program import (
    POLICY,
    PROBE,
    Agent,
)
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    PROBED,
    Path,
    Services,
)

ADDRESS = "100.64.10.10"


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The one file that hosts get."""
    file = tmp_path_factory.mktemp("agent") / "floating-ip"
    file.write_bytes(_bundle.build())
    return file


@pytest.fixture(scope="session")
def program(packed: pathlib.Path) -> pathlib.Path:
    """The same, unpacked and compiled: each start then takes a third of a second less."""
    folder = packed.with_name("unpacked")
    with zipfile.ZipFile(packed) as file:
        file.extractall(folder)
    assert compileall.compile_dir(folder, quiet=1)
    return folder


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
        "probe": {**PROBE, **more.pop("probe", {}), "port": port},
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
