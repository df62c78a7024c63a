# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What two files of the root say must be the same thing."""

from __future__ import annotations

import os
import pathlib
import re
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.plugins import module_utils
from ansible_collections.netops.floating_ip.tests.dev import workspace
from ansible_collections.netops.floating_ip.tests.dev.table import CHECKS as TABLE

ROOT = pathlib.Path(module_utils.__file__).parents[2]
INDEX = re.compile("index" + "-url|find" + "-links|pypi" + r"\.org|python" + "hosted|/sim" + "ple/")

CHECKS = {check.name: check for check in TABLE}


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text())


def requirements(name: str) -> set[str]:
    lines = (ROOT / name).read_text().splitlines()
    return {line.partition(" ;")[0] for line in lines if line and not line.startswith("#")}


def test_every_module_takes_its_defaults_from_the_action_group() -> None:
    modules = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("[!_]*.py"))
    assert load("meta/runtime.yml")["action_groups"]["all"] == modules


def test_every_link_to_a_file_leads_to_one() -> None:
    papers = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("roles/*/README.md")]
    links = [
        (paper, link)
        for paper in papers
        for link in re.findall(r"\]\(([^)#\s]+)", paper.read_text(encoding="utf-8"))
        if "://" not in link
    ]
    assert len(links) > 20
    assert [one for one in links if not (one[0].parent / one[1]).exists()] == []


def test_an_execution_environment_holds_what_the_modules_need() -> None:
    assert requirements("meta/ee-requirements.txt") == requirements("requirements.txt")


def test_the_demo_and_the_tests_run_the_same_versions() -> None:
    assert requirements("requirements/demo.txt") <= requirements("requirements/test.txt")


@pytest.mark.parametrize("name", ["demo.txt", "test.txt", "collections.txt"])
def test_every_version_is_pinned(name: str) -> None:
    assert {line for line in requirements(f"requirements/{name}") if "==" not in line} == set()


def test_amazon_aws_comes_with_the_ansible_core_that_it_was_released_with() -> None:
    """ansible 12 is ansible-core 2.19, 13 is 2.20, and so on."""
    (wheel,) = requirements("requirements/collections.txt")
    core = next(
        line for line in requirements("requirements/demo.txt") if line.startswith("ansible-core")
    )
    assert int(wheel.partition("==")[2].split(".")[0]) + 7 == int(core.split(".")[1])


def test_the_environment_says_how_many_schedules_are_played_and_else_it_is_what_is_written() -> (
    None
):
    (default,) = re.findall(r"SCHEDULES=\$\{SCHEDULES:-(\d+)\}", CHECKS["simulation"].command)
    assert (
        f"`SCHEDULES` ({int(default):,} of the simulation)"
        in (ROOT / "CONTRIBUTING.md").read_text()
    )


def test_no_file_says_where_packages_come_from() -> None:
    texts = ((path, (ROOT / path).read_text(errors="replace")) for path in workspace.files())
    assert [str(path) for path, text in texts if INDEX.search(text)] == []


@pytest.mark.parametrize("name", ["dev", ".ci/run"])
def test_a_command_can_be_run(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)


def test_the_licences_are_those_of_the_metadata() -> None:
    names = {path.stem for path in (ROOT / "LICENSES").iterdir()}
    assert names == set(load("galaxy.yml")["license"])
    assert (ROOT / "COPYING").read_text() == (ROOT / "LICENSES/GPL-3.0-or-later.txt").read_text()
