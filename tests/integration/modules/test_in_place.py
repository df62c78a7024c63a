# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module runs as it is installed on this machine, and packed elsewhere: to the same effect."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

STARTER = "_start_module.py"
HERE = Path(sys.executable)
PACKED = {"ansible_python_interpreter": f"{HERE.parent}/./{HERE.name}"}  # this one, by another name
REFUSED = (  # what each module says first of what it is given; none of it reaches anybody
    ("floating_ip_context", {"state": "shaken"}),
    ("floating_ip_eni_claim", {"address": "10.0.0.300", "network_interface_id": "eni-1"}),
    ("floating_ip_host_info", {"floating_ips": [{"name": "all"}]}),
    ("floating_ip_info", {"floating_ips": [{"name": "all"}]}),
    ("floating_ip_measure", {"address": "nowhere"}),
    ("floating_ip_move", {"floating_ips": []}),
    ("floating_ip_probe", {"address": "127.0.0.1", "protocol": "smoke"}),
    ("floating_ip_provision", {"floating_ips": [{"name": "all"}]}),
    ("floating_ip_route", {"addresses": ["nonsense"], "network_interface_id": "eni-1"}),
)


def test_every_module_answers_alike_in_place_and_packed(play: Callable[..., Any]) -> None:
    tasks = [
        {"name": name, f"netops.floating_ip.{name}": options, "ignore_errors": True}
        for name, options in REFUSED
    ]
    here, packed = play(tasks, "-vvv"), play(tasks, "-vvv", **PACKED)
    assert here.output.count(f"{STARTER} ") >= len(REFUSED) and STARTER not in packed.output
    assert here.results() == packed.results()
    assert all(one["msg"] for one in here.results().values())


@pytest.mark.parametrize("where", [{}, PACKED], ids=["in place", "packed"])
def test_what_a_task_is_given_reaches_the_module(
    where: dict[str, str], play: Callable[..., Any], world: Any, define: Any, emulator: Any
) -> None:
    net = world()
    reached = {"AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL": emulator.url}
    task = {
        "name": "Make it",
        "netops.floating_ip.floating_ip_provision": {"floating_ips": [define(net)]},
        "environment": reached,
        "check_mode": True,
        "diff": True,
    }
    done = play([task], **where)
    assert done.code == 0, done.output
    found = done.results()["Make it"]
    assert found["changed"] and found["diff"]
    assert emulator.state()["route_tables"][net.tables[0]]["routes"].keys() == {"10.0.0.0/16"}
