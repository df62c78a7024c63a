# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Directories with definitions and a context, and the command line in this process."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.identity import Identity
from ansible_collections.netops.floating_ip.plugins.module_utils._cli import (
    claim,
    move,
    own,
    release,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.main import main
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Health
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.proof import Proof
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import boottime
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_network import (  # noqa: E501 - the path of a module
    Eni,
    Network,
    Table,
)

Name = Callable[[str], None]
ROUTE = "100.64.10.10/32"
TABLES = ("rtb-1", "rtb-2")
DB: dict[str, Any] = {
    "name": "db",
    "addresses": ["100.64.10.10"],
    "route_tables": {"ids": ["rtb-1"]},
    "targets": [
        {"name": "a", "network_interface_id": "eni-a", "probe_address": "192.0.2.1"},
        {"name": "b", "network_interface_id": "eni-b", "probe_address": "192.0.2.2"},
    ],
}


@dataclass(frozen=True)
class Done:
    """How a verb ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Host:
    """A host with the agent: `run("status", "--offline")`."""

    definitions: pathlib.Path
    context: pathlib.Path
    capsys: pytest.CaptureFixture[str]

    def run(self, verb: str, *arguments: str) -> Done:
        where = ["--definitions", str(self.definitions), "--context", str(self.context)]
        code = main([verb, *where, *arguments])
        said = self.capsys.readouterr()
        return Done(code, said.out, said.err)

    def define(self, file: str = "db.json", **changes: Any) -> pathlib.Path:
        path = self.definitions / file
        path.write_text(json.dumps({**DB, **changes}), encoding="utf-8")
        return path


@pytest.fixture
def host(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> Host:
    made = Host(tmp_path / "definitions", tmp_path / "context", capsys)
    made.definitions.mkdir()
    made.context.mkdir()
    made.define()
    return made


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """No verb of this test may connect to AWS."""

    def refuse(*_arguments: Any) -> None:
        raise AssertionError("it connected to AWS")

    name = "ansible_collections.netops.floating_ip.plugins.module_utils._cli.reach.connect"
    monkeypatch.setattr(name, refuse)
    return lambda: None


@pytest.fixture
def cloud(host: Host, monkeypatch: pytest.MonkeyPatch) -> FakeEc2:
    """Two tables that lead to a, and every target up. eni-c exists, and is nobody's by default."""
    host.define(route_tables={"ids": list(TABLES)})
    enis = [Eni("eni-a"), *(Eni(f"eni-{n}", address=f"10.0.1.{n}") for n in "bc")]
    made = FakeEc2(Network([Table(t) for t in TABLES], enis, {(t, ROUTE): "eni-a" for t in TABLES}))
    ec2 = made.edge_ec2()
    edge = Edge(lambda aws: ec2, made.clock)
    up = {("db", name): Proof(Health.UP, "answered") for name in "abc"}
    for module in (move, claim, release):
        monkeypatch.setattr(module, "edge", lambda _settings: edge)
    for module in (move, release):
        monkeypatch.setattr(module, "prove", lambda *_arguments: up)
    return made


def holders(cloud: FakeEc2) -> set[str]:
    return {cloud.state[table, ROUTE] for table in TABLES}


def context(host: Host) -> Context:
    return FileStore(str(host.context)).load("db").context


def intent(host: Host) -> Intent:
    found = context(host).intent
    assert found is not None
    return found


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Name:
    """`ours("eni-b")`: the metadata service says that this host has this interface."""

    def has(interface: str) -> None:
        found = Identity("i-1", "eu-west-1", "aws", (interface,))
        monkeypatch.setattr(own, "identify", lambda _directory: found)

    return has


@pytest.fixture
def no_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS cannot be reached."""

    def refuse(_aws: object) -> None:
        raise AwsError(Failure.UNSENT, "NoCredentialsError", "Connect", "There is no way.")

    for module in (claim, release):
        monkeypatch.setattr(module, "edge", lambda _settings: Edge(refuse, boottime))  # type: ignore[arg-type] # it never returns
