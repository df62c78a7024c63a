# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What two files of a role say must be the same thing."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT

ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())


def read(path: pathlib.Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def options(role: pathlib.Path) -> dict[str, Any]:
    return read(role / "meta" / "argument_specs.yml")["argument_specs"]["main"]["options"]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_option_is_documented_with_its_default(role: pathlib.Path) -> None:
    defaults = read(role / "defaults" / "main.yml")
    documented = {name: option.get("default") for name, option in options(role).items()}
    assert set(defaults) == set(documented)
    wrong = {name for name, value in defaults.items() if documented[name] != value}
    computed = {name for name, value in defaults.items() if "{{" in str(value)}
    assert {name for name in wrong if name not in computed or documented[name]} == set()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_names_of_a_role_are_its_own(role: pathlib.Path) -> None:
    assert [name for name in options(role) if not name.startswith(f"{role.name}_")] == []
    names = read(role / "vars" / "main.yml")
    assert [name for name in names if not name.startswith(f"__{role.name}_")] == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_list_of_tasks_can_be_read_at_once(role: pathlib.Path) -> None:
    lengths = {path.name: path.read_text().count("\n") for path in (role / "tasks").iterdir()}
    assert {name: length for name, length in lengths.items() if length > 85} == {}
