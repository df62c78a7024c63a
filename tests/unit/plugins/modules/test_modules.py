# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every module promises, as far as its file alone tells."""

from __future__ import annotations

import importlib
import pathlib
import re
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.plugins import modules
from ansible_collections.netops.floating_ip.plugins.module_utils._ansible.probing import SETTINGS
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.schema_probe import (
    PROBE,
)

FILES = sorted(pathlib.Path(next(iter(modules.__path__))).glob("floating_ip_*.py"))
NAMES = [path.stem for path in FILES]
PLAIN = (  # for hosts without boto3
    "floating_ip_agent",
    "floating_ip_context",
    "floating_ip_measure",
    "floating_ip_probe",
)
ROOT = FILES[0].parents[2]


def code_of(name: str) -> Any:
    return importlib.import_module(f"{modules.__name__}.{name}")


def documentation(name: str) -> Any:
    return yaml.safe_load(code_of(name).DOCUMENTATION)


def groups() -> Any:
    return yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())["action_groups"]


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_named_tasks_with_full_names(name: str) -> None:
    tasks = yaml.safe_load(code_of(name).EXAMPLES)
    assert tasks
    for task in tasks:
        assert re.match(r"[A-Z]", task["name"])
        assert f"netops.floating_ip.{name}" in task


@pytest.mark.parametrize("name", NAMES)
def test_a_description_is_made_of_sentences(name: str) -> None:
    def lines(node: Any) -> list[str]:
        if not isinstance(node, dict):
            return []
        own = node.get("description", [])
        found = [own] if isinstance(own, str) else list(own)
        return found + [text for child in node.values() for text in lines(child)]

    spoken = lines(documentation(name)) + lines(yaml.safe_load(code_of(name).RETURN))
    assert [text for text in spoken if not text.endswith(".")] == []


def test_the_group_for_credentials_holds_the_modules_that_take_them() -> None:
    takes = [
        name
        for name in NAMES
        if "netops.floating_ip.aws" in documentation(name)["extends_documentation_fragment"]
    ]
    assert groups()["aws"] == takes
    assert not set(takes) & set(PLAIN)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_low_level_options_of_a_probe_are_those_of_a_definition(name: str) -> None:
    key, option = PROBE.key(name), documentation("floating_ip_probe")["options"][name]
    assert option["type"] == key.type
    assert tuple(option.get("choices", ())) == key.choices
    said = option["description"]
    assert "With O(address), " in (said if isinstance(said, str) else said[0])
