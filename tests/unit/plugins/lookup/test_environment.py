# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import MappingProxyType

import pytest
import yaml
from ansible import constants
from ansible.errors import AnsibleError

from ansible_collections.netops.floating_ip.plugins.lookup import environment

NAME = "netops.floating_ip.environment"
OPTIONS = yaml.safe_load(environment.DOCUMENTATION)["options"]
constants.config.initialize_plugin_configuration_definitions("lookup", NAME, OPTIONS)
GROUPS = MappingProxyType(
    {
        "all": ["prod-aws", "a", "b", "stage-aws", "c", "lonely"],
        "everything": ["prod-aws", "a", "b", "stage-aws", "c"],
        "production": ["prod-aws", "a", "b"],
        "staging": ["stage-aws", "c"],
        "floating_ip_environments": ["prod-aws", "stage-aws"],
        "floating_ip_observers": ["a", "c"],
        "floating_ip_targets": ["a", "b", "c"],
    }
)


def looked_up(host, groups=GROUPS, **options):
    plugin = environment.LookupModule()
    plugin._load_name = NAME
    return plugin.run([], {"inventory_hostname": host, "groups": groups}, **options)


@pytest.mark.parametrize(
    ("host", "found"),
    [("a", "prod-aws"), ("b", "prod-aws"), ("prod-aws", "prod-aws"), ("c", "stage-aws")],
)
def test_a_host_finds_its_environment(host, found):
    assert looked_up(host) == [found]


def test_the_observers_are_those_of_the_same_environment():
    assert looked_up("prod-aws", members="observers") == ["a"]
    assert looked_up("b", members="observers") == ["a"]


def test_the_clients_are_those_of_the_same_environment():
    groups = {**GROUPS, "floating_ip_clients": ["b", "c", "prod-aws"]}
    assert looked_up("prod-aws", groups, members="clients") == ["b", "prod-aws"]
    assert looked_up("c", groups, members="clients") == ["c"]
    assert looked_up("c", members="clients") == []


def test_who_may_remember_a_drill_is_an_observer_or_a_client():
    groups = {**GROUPS, "floating_ip_clients": ["b", "c", "a"]}
    assert looked_up("prod-aws", groups, members="drillers") == ["a", "b"]
    assert looked_up("prod-aws", members="drillers") == ["a"]


def test_without_a_group_of_observers_there_are_none():
    groups = {name: hosts for name, hosts in GROUPS.items() if name != "floating_ip_observers"}
    assert looked_up("prod-aws", groups, members="observers") == []


@pytest.mark.parametrize(
    ("host", "groups", "problem"),
    [
        ("lonely", GROUPS, "no environment host"),
        ("a", {}, "no environment host"),
        ("a", {**GROUPS, "staging": ["stage-aws", "a", "c"]}, "several: prod-aws, stage-aws"),
    ],
)
def test_a_host_in_no_environment_or_in_several_is_an_error(host, groups, problem):
    with pytest.raises(AnsibleError, match=problem):
        looked_up(host, groups)
