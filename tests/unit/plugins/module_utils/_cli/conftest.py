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

from ansible_collections.netops.floating_ip.plugins.module_utils._cli.main import main

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
