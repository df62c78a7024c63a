# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the playbooks of the benchmark are given."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse
from ansible_collections.netops.floating_ip.tests.bench.playbooks import (
    inventory,
    is_one_call,
    their_play,
)
from ansible_collections.netops.floating_ip.tests.bench.stand import Pace, Stand
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import Placed, World

TABLES = ("rtb-0000000000000000a", "rtb-0000000000000000b")
TARGETS = {
    name: Placed(f"i-0000000000000000{letter}", f"eni-0000000000000000{letter}", "10.0.1.4", "")
    for name, letter in (("db-a", "a"), ("db-b", "b"))
}
WORLD = World("vpc-1", "10.0.0.0/16", "rtb-main", TABLES, (), TARGETS, ())
STAND = Stand(Emulator("http://127.0.0.1:1"), WORLD)


def test_the_inventory_holds_a_definition_that_our_own_parser_takes() -> None:
    groups = inventory(STAND, Path("/tmp/x"), 8080, with_monitors=False)["all"]["children"]
    (definition,) = parse(groups["bench"]["vars"]["floating_ips"])
    assert definition.route_tables.ids == TABLES
    assert [target.probe_address for target in definition.targets] == ["127.0.0.2", "127.0.0.3"]
    assert definition.probe.port == 8080


def test_monitors_are_there_only_where_they_are_to_be_measured() -> None:
    for with_monitors in (False, True):
        groups = inventory(STAND, Path("/tmp/x"), 8080, with_monitors)["all"]["children"]
        assert ("floating_ip_observers" in groups) is with_monitors
        assert list(groups["floating_ip_environments"]["hosts"]) == ["aws"]


def test_their_playbook_leaves_everything_else_in_a_table_alone() -> None:
    (task,) = their_play(STAND)["tasks"]
    options = task["amazon.aws.ec2_vpc_route_table"]
    assert not any(options[each] for each in ("purge_routes", "purge_subnets", "purge_tags"))
    assert task["loop"] == list(TABLES)


def test_a_move_by_more_than_one_call_shows() -> None:
    recap = "PLAY RECAP ****\naws                   : ok=3    changed={}    unreachable=0\n"
    assert is_one_call(recap.format(1))
    assert not is_one_call(recap.format(4))
    assert not is_one_call("changed: [aws] => (item=rtb-1)\n" + recap.format(1))
    assert not is_one_call("")


def test_without_a_latency_calls_take_none() -> None:
    assert Pace(False).settings == {"throttling": False, "latency_seconds": {}}
    assert Pace(True, 0.3).settings == {"throttling": True, "latency_seconds": {".*": 0.3}}
