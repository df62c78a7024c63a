# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import MappingProxyType

import pytest
import yaml
from ansible import constants, context
from ansible.errors import AnsibleError
from ansible.utils.context_objects import CLIArgs

from ansible_collections.netops.floating_ip.plugins.lookup import reached

NAME = "netops.floating_ip.reached"
OPTIONS = yaml.safe_load(reached.DOCUMENTATION)["options"]
constants.config.initialize_plugin_configuration_definitions("lookup", NAME, OPTIONS)
GROUPS = MappingProxyType(
    {
        "production": ["prod-aws", "a", "b"],
        "staging": ["stage-aws", "c"],
        "floating_ip_environments": ["prod-aws", "stage-aws"],
        "floating_ip_observers": ["a", "b", "c"],
    }
)
ALL = ["prod-aws", "a", "b", "stage-aws", "c"]


def looked_up(within, groups=GROUPS, limit=None, **options):
    plugin = reached.LookupModule()
    plugin._load_name = NAME
    variables = {"groups": groups, "ansible_play_hosts_all": within, "ansible_limit": limit}
    return plugin.run(["floating_ip_environments"], variables, **options)


def test_the_hosts_within_the_limit_are_returned():
    assert looked_up(ALL) == ["prod-aws", "stage-aws"]
    assert looked_up(["stage-aws", "c"], with_observers=True) == ["stage-aws"]


def test_a_limit_that_leaves_no_host_of_the_group_is_an_error():
    with pytest.raises(AnsibleError, match="the limit 'a' leaves none of them: correct --limit"):
        looked_up(["a"], limit="a")


@pytest.mark.parametrize("groups", [{}, {"floating_ip_environments": []}])
def test_a_group_that_is_missing_or_empty_is_an_error(groups):
    with pytest.raises(AnsibleError, match="no such group, or it is empty"):
        looked_up(["a"], groups)


def test_an_environment_without_all_of_its_observers_is_an_error():
    with pytest.raises(AnsibleError, match="The limit leaves out b, whose monitors must be told"):
        looked_up(["prod-aws", "a"], with_observers=True)


def test_an_observer_that_is_in_no_environment_is_an_error():
    groups = {**GROUPS, "floating_ip_observers": ["a", "lonely"]}
    with pytest.raises(AnsibleError, match="lonely in floating_ip_observers must be in the group"):
        looked_up([*ALL, "lonely"], groups, with_observers=True)


def test_a_check_of_the_syntax_has_no_inventory_to_reach(monkeypatch):
    monkeypatch.setattr(context, "CLIARGS", CLIArgs({"syntax": True}))
    assert looked_up([], {}) == []


TARGETS = {**GROUPS, "floating_ip_targets": ["a", "b"]}


def test_it_is_told_which_targets_are_left_out():
    def told(within):
        return list(reached.unreached(["prod-aws", "stage-aws"], TARGETS, within))

    none = "The inventory has no host in floating_ip_targets of the environment of stage-aws"
    only = ": this run is about its AWS side alone."
    assert told(ALL) == [f"{none}{only}"]
    assert told(["prod-aws", "a"])[0] == "This run leaves out b of the environment of prod-aws."
    every = "The limit leaves out every host in floating_ip_targets of the environment of prod-aws"
    assert told(["prod-aws"])[0] == f"{every}{only}"


def test_what_is_left_out_is_no_error():
    assert looked_up(["prod-aws"], TARGETS, tell_missing_targets=True) == ["prod-aws"]
