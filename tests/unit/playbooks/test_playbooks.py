# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all playbooks must have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT

ENVIRONMENTS = "floating_ip_environments"


def plays() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every play that does something, with where it stands."""
    for path in sorted((ROOT / "playbooks").glob("*.yml")):
        for play in yaml.safe_load(path.read_text(encoding="utf-8")):
            if play.keys() & {"tasks", "roles"}:
                yield f"{path.name}: {play['name']}", play


def on_environments() -> dict[str, dict[str, Any]]:
    return {where: play for where, play in plays() if ENVIRONMENTS in str(play["hosts"])}


def test_what_the_controller_does_it_does_as_whoever_started_it() -> None:
    """The inventory's ansible_become, usual on EC2, is stronger than the play's own become."""
    found = on_environments()
    assert len(found) > 20
    wrong = [
        name for name, play in found.items() if play["vars"].get("ansible_become") is not False
    ]
    assert wrong == []


def test_a_host_is_compared_with_targets_by_the_name_that_it_has_as_one() -> None:
    """floating_ip_monitor_target, where it is set; not every host is called as its target is."""
    files = [*(ROOT / "playbooks").glob("*.yml"), *(ROOT / "playbooks").glob("tasks/*.yml")]
    wrong = re.compile(r"inventory_hostname (not )?in ")
    assert [file.name for file in files if wrong.search(file.read_text(encoding="utf-8"))] == []
