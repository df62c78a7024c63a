# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In which forms the role floating_ip_host takes definitions: its own task decides, on no host."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT

ROLE = ROOT / "roles" / "floating_ip_host"
LOOK = {
    "interface": "eth0",
    "exists": "yes",
    "stack": "service",
    "table": [],
    "addresses": [],
    "holds": [],
    "connection": "",
}
DEFAULTS = {"route_tables": {"ids": ["rtb-1"]}, "probe": {"port": "8080"}, "alias": "always"}
RAW = [
    {
        "name": "db",
        "addresses": ["100.64.10.10"],
        "targets": [
            {"name": name, "network_interface_id": f"eni-{name}", "probe_address": address}
            for name, address in (("localhost", "10.0.1.10"), ("db-b", "10.0.2.10"))
        ],
    }
]
TASK = "Decide what it is to have"
COMPLETED = "{{ query('netops.floating_ip.definitions') }}"


def read(path: str) -> Any:
    return yaml.safe_load((ROLE / path).read_text(encoding="utf-8"))


def decided(play: Callable[..., Any], **variables: Any) -> Any:
    """What the role's task that decides makes of its options."""
    decide = next(one for one in read("tasks/main.yml") if one["name"] == TASK)
    looked = {"__floating_ip_host_looked": {"stdout": json.dumps(LOOK)}}
    role = {**read("defaults/main.yml"), **read("vars/main.yml"), **looked}
    return play([decide], **{**role, "floating_ip_defaults": DEFAULTS, **variables})


@pytest.mark.parametrize("given", [RAW, COMPLETED])
def test_definitions_are_taken_raw_and_completed(play: Callable[..., Any], given: Any) -> None:
    done = decided(play, floating_ips=RAW, floating_ip_host_floating_ips=given)
    assert done.code == 0, done.output
    (row,) = done.results()[TASK]["ansible_facts"]["__floating_ip_host_plan"]["rows"]
    assert "100.64.10.10/32" in row


def test_without_any_only_a_removal_makes_sense(play: Callable[..., Any]) -> None:
    assert "There is no floating IP" in decided(play).output
    assert decided(play, floating_ip_host_state="absent").code == 0
