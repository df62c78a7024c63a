# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import (
    DefinitionError,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.targets import (
    expand_targets,
    parse_with_inventory,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
)

GROUPS = {"dbs": ["db-a", "db-b", "db-c"], "empty": []}
HOSTS: dict[str, dict[str, Any]] = {
    "db-a": {"instance_id": "i-1", "ansible_host": "10.0.1.10"},
    "db-b": {
        "network_interface_id": "eni-2",
        "instance_id": "i-2",
        "private_ip_address": "10.0.2.10",
    },
    "db-c": {
        "instance_id": "i-3",
        "device_index": "1",
        "floating_ip_probe_address": "db-c.internal",
    },
}
EXPANDED = {
    "db-a": {"name": "db-a", "instance_id": "i-1", "probe_address": "10.0.1.10"},
    "db-b": {"name": "db-b", "network_interface_id": "eni-2", "probe_address": "10.0.2.10"},
    "db-c": {
        "name": "db-c",
        "instance_id": "i-3",
        "device_index": "1",
        "probe_address": "db-c.internal",
    },
}


def expanded(entry: Any, defaults: Any = None, **variables: Any) -> Any:
    """The targets of the entry, where hosts have these variables too."""
    hosts = {
        name: {**own, **variables.get(name.replace("-", "_"), {})} for name, own in HOSTS.items()
    }
    (result,) = expand_targets([entry], GROUPS, lambda host: hosts.get(host, {}), defaults)
    assert "targets_from" not in result
    return result["targets"]


def names(targets: Any) -> list[str]:
    return [target["name"] for target in targets]


def test_a_group_becomes_targets_with_what_its_hosts_say_of_themselves():
    assert expanded({"name": "db", "targets_from": " dbs "}) == list(EXPANDED.values())


def test_the_lowest_preference_comes_first_and_none_comes_last():
    preferred = {"db_c": {"floating_ip_preference": "1.5"}, "db_b": {"floating_ip_preference": 2}}
    assert names(expanded({"targets_from": "dbs"}, **preferred)) == ["db-c", "db-b", "db-a"]


def test_equal_preferences_keep_the_order_of_the_group():
    same = {host: {"floating_ip_preference": 1} for host in ("db_a", "db_b", "db_c")}
    assert names(expanded({"targets_from": "dbs"}, **same)) == GROUPS["dbs"]


def test_a_listed_target_gets_only_what_it_lacks():
    listed = [
        {"name": "db-a"},
        {"name": "db-b", "instance_id": "i-9", "probe_address": ""},
        {"name": "db-c", "network_interface_id": "eni-9", "probe_address": "10.9.9.9"},
        {"name": "stranger"},
    ]
    assert expanded({"targets": listed}) == [
        EXPANDED["db-a"],
        {"name": "db-b", "instance_id": "i-9", "probe_address": "10.0.2.10"},
        {"name": "db-c", "network_interface_id": "eni-9", "probe_address": "10.9.9.9"},
        {"name": "stranger"},
    ]


def test_a_device_index_of_the_target_means_its_instance():
    assert expanded(
        {"targets": [{"name": "db-b", "device_index": 1}, {"name": "db-c", "device_index": 0}]}
    ) == [
        {"name": "db-b", "device_index": 1, "instance_id": "i-2", "probe_address": "10.0.2.10"},
        {"name": "db-c", "device_index": 0, "instance_id": "i-3", "probe_address": "db-c.internal"},
    ]


def test_the_most_particular_address_of_a_host_is_probed():
    addresses = {"ansible_host": "203.0.113.1", "private_ip_address": "10.0.1.1"}
    assert (
        expanded({"targets": [{"name": "db-a"}]}, db_a=addresses)[0]["probe_address"] == "10.0.1.1"
    )
    addresses["floating_ip_probe_address"] = "10.1.1.1"
    assert (
        expanded({"targets": [{"name": "db-a"}]}, db_a=addresses)[0]["probe_address"] == "10.1.1.1"
    )
    addresses["floating_ip_probe_address"] = None
    assert (
        expanded({"targets": [{"name": "db-a"}]}, db_a=addresses)[0]["probe_address"] == "10.0.1.1"
    )


def test_targets_of_the_defaults_hold_for_entries_without_their_own():
    defaults = {"targets_from": "dbs"}
    assert expanded({"name": "db"}, defaults) == list(EXPANDED.values())
    assert names(expanded({"targets": [{"name": "db-b"}]}, defaults)) == ["db-b"]
    assert names(expanded({"targets_from": "dbs"}, {"targets": [{"name": "x"}]})) == GROUPS["dbs"]
    assert names(expanded({"targets": None}, {"targets": [{"name": "x"}]})) == ["x"]


def test_expanding_changes_nothing_in_place():
    entry = {"targets": [{"name": "db-a"}], "probe": {}}
    before = copy.deepcopy(entry)
    expanded(entry)
    assert entry == before


@pytest.mark.parametrize(
    "raw",
    [
        None,
        5,
        "x",
        [5],
        [{}],
        [{"targets": 5}],
        [{"targets_from": ["dbs"]}],
        [{"targets": [], "targets_from": "dbs"}],
    ],
)
def test_what_does_not_look_right_is_left_for_the_parser(raw):
    assert expand_targets(raw, GROUPS, lambda _host: {}) == raw


def test_a_target_that_does_not_look_right_is_left_for_the_parser():
    strange = [5, {"name": None}, {"name": ["x"]}, {"name": 10**5000}]
    assert expanded({"targets": strange}) == strange


@pytest.mark.parametrize(
    ("group", "problem"),
    [
        ("db", "names the group 'db', which the inventory does not have: did you mean dbs?"),
        (
            "zzz",
            "names the group 'zzz', which the inventory does not have: "
            "correct it or add the group.",
        ),
        ("empty", "names the group 'empty', which has no host: add the targets to it."),
    ],
)
def test_a_group_that_gives_no_target_is_told(group, problem):
    with pytest.raises(DefinitionError) as raised:
        expand_targets([{"name": "db", "targets_from": group}], GROUPS, lambda _host: {})
    assert raised.value.problems == (f"floating_ips[db].targets_from {problem}",)


def test_a_preference_that_is_no_number_is_told():
    with pytest.raises(DefinitionError) as raised:
        expanded({"name": "db", "targets_from": "dbs"}, db_b={"floating_ip_preference": "high"})
    assert raised.value.problems == (
        "floating_ips[db].targets_from includes the host db-b, whose floating_ip_preference "
        "must be a number, not 'high': write digits alone.",
    )


def test_problems_of_the_inventory_and_of_the_definition_are_told_together():
    entry = samples.raw(targets=None, targets_from="db", probe={"port": "x"})
    with pytest.raises(DefinitionError) as raised:
        parse_with_inventory([entry], None, GROUPS, lambda _host: {})
    assert raised.value.problems == (
        "floating_ips[db].targets_from names the group 'db', which the inventory does not have: "
        "did you mean dbs?",
        "floating_ips[db].probe.port must be a number, not 'x': write digits alone.",
    )


def test_a_definition_is_parsed_with_the_targets_of_the_inventory():
    entry = samples.raw(targets=None)
    (definition,) = parse_with_inventory(
        [entry], {"targets_from": "dbs"}, GROUPS, lambda host: HOSTS[host]
    )
    assert [(t.name, t.instance_id, t.device_index) for t in definition.targets] == [
        ("db-a", "i-1", None),
        ("db-b", None, None),
        ("db-c", "i-3", 1),
    ]
