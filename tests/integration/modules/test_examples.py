# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of every module, run as they stand by ansible-playbook, with the ids of a world."""

from __future__ import annotations

import importlib
import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.plugins import modules

MODULES = sorted(
    path.stem for path in pathlib.Path(next(iter(modules.__path__))).glob("floating_ip_*.py")
)
CHANGING = {
    "floating_ip_context",
    "floating_ip_eni_claim",
    "floating_ip_move",
    "floating_ip_provision",
    "floating_ip_route",
}
ELSEWHERE = {
    "floating_ip_agent",  # an action plugin with tests of its own
    "floating_ip_measure",  # asks an address that nothing routes here: tests/integration/drill
}


@pytest.fixture
def net(world: Callable[..., Any], point: Any) -> Any:
    net = world(azs=1, tables=2)
    for address in ("100.64.10.10", "100.64.10.11"):
        point(net.tables, net.eni("db-a"), address)
    return net


def examples(module: str, net: Any, port: int) -> list[dict[str, Any]]:
    """The tasks, with what exists in this world in the place of what does not."""
    code = importlib.import_module(f"{modules.__name__}.{module}")
    text = code.EXAMPLES
    places = {
        "rtb-0a1b2c3d": net.tables[0],
        "rtb-4e5f6a7b": net.tables[1],
        "eni-0a1b2c3d": net.eni("db-a"),
        "eni-4e5f6a7b": net.eni("db-b"),
        "address: 10.0.1.10\n": f"address: 127.0.0.2\n    port: {port}\n",
    }
    for example, real in places.items():
        text = text.replace(example, real)
    return list(yaml.safe_load(text))


@pytest.fixture
def tasks(module: str, net: Any, services: Any, tmp_path: pathlib.Path) -> list[dict[str, Any]]:
    """The examples, with the defaults of the action group and a context of the test's own."""
    defaults = {
        "group/netops.floating_ip.aws": {"region": "eu-west-1"},
        "netops.floating_ip.floating_ip_context": {"directory": str(tmp_path)},
    }
    found = examples(module, net, services.port)
    return [{**task, "module_defaults": defaults} for task in found]


@pytest.mark.parametrize("module", [name for name in MODULES if name not in ELSEWHERE])
def test_the_examples_work_as_they_stand(
    module: str, tasks: Any, net: Any, define: Any, play: Any, emulator: Any
) -> None:
    definition = define(net)
    if module == "floating_ip_probe":  # nothing routes the floating address here
        definition["probe"] = {"protocol": "command", "command": ["true"]}
    before = emulator.state()
    checks = []
    if module in CHANGING:
        checks = [play(tasks, "--check", "--diff", floating_ips=[definition])]
        assert checks[0].code == 0, checks[0].output
    assert emulator.state() == before
    done = play(tasks, floating_ips=[definition])
    assert done.code == 0, done.output
    assert list(done.results()) == [task["name"] for task in tasks]
    assert any(each["changed"] for each in done.results().values()) == (module in CHANGING)
    assert all(keys(checked) == keys(done) for checked in checks)
    assert "Traceback" not in json.dumps(done.results())


def keys(played: Any) -> set[str]:
    """What the results have; Ansible itself leaves the diff out where it was not asked for."""
    return {key for each in played.results().values() for key in each} - {"diff"}


@pytest.mark.parametrize("module", MODULES)
def test_every_result_is_documented(module: str) -> None:
    code = importlib.import_module(f"{modules.__name__}.{module}")
    documented = yaml.safe_load(code.RETURN)
    assert "msg" in documented
    for description in walk(documented):
        assert description["description"]
        assert description["type"]


def walk(documented: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [each for one in documented.values() for each in walk(one.get("contains", {}))]
    return [*documented.values(), *inner]
