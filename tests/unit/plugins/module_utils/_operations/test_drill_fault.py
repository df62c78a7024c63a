# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill import (
    Refused,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.drilling import (  # noqa: E501 - the path of a module
    World,
)


def test_a_stopped_instance_is_left_by_a_monitor_started_again_and_gets_the_address_back() -> None:
    world = World(fault="stop_instance", stopping=3)
    found = world.drill()
    assert (world.holder, world.off, world.running) == ("db-a", set(), None)
    assert [(leg["name"], leg["to"], leg["problem"]) for leg in found["legs"]] == [
        ("failover", "db-b", None),
        ("failback", "db-a", None),
    ]
    assert found["plan"]["fault"] == "stop_instance" and world.moves == ["db-a"]
    assert world.told.count("i-a is started again.") == 1
    assert found["problems"] == []


def test_where_nobody_watches_a_stopped_instance_is_started_all_the_same() -> None:
    world = World(fault="stop_instance", is_watched=False)
    found = world.drill()
    assert "No monitor moved it: AWS still shows db-a" in found["legs"][0]["problem"]
    assert (world.off, world.running) == (set(), None)


def test_a_fault_that_aws_refuses_is_the_problem() -> None:
    world = World(fault="stop_instance", denied={"i-a"})
    assert world.drill()["legs"][0]["problem"] == "StopInstances is not allowed."
    assert (world.holder, world.running) == ("db-a", None)


@pytest.mark.parametrize(
    ("denied", "to", "said"),
    [
        ({"start i-a"}, None, "must be allowed to stop and start i-a: StartInstances is not"),
        (set(), "db-b", "name no target"),
    ],
)
def test_a_fault_that_could_not_be_undone_is_refused(
    denied: set[str], to: str | None, said: str
) -> None:
    world = World(fault="stop_instance", denied=denied)
    with pytest.raises(Refused, match=said):
        world.drill(to)
    assert (world.off, world.told) == (set(), [])
