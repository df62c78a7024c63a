# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which floating IPs each host's monitor watches, and which of them would fight."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.netops.floating_ip.plugins.filter.rivals import FilterModule as Rivals
from ansible_collections.netops.floating_ip.plugins.filter.watched import FilterModule as Watched

rivals = Rivals().filters()["rivals"]
watched = Watched().filters()["watched"]


def definition(name, *targets, state="present", kind="file"):
    named = [{"name": one} for one in targets]
    return {"name": name, "state": state, "targets": named, "store": {"kind": kind}}


def host(name, *groups, **variables):
    own = {f"floating_ip_monitor_{key}": value for key, value in variables.items()}
    return {"inventory_hostname": name, "group_names": list(groups), **own}


DB = definition("db", "db-a", "db-b")
WEB = definition("web", "web-a", "web-b")
GONE = definition("gone", "db-a", state="absent")
TARGETS = "floating_ip_targets"


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (host("db-a", TARGETS), ["db"]),
        (host("db-a"), ["db"]),
        (host("other", TARGETS), []),
        (host("other", TARGETS, target="web-b"), ["web"]),
        (host("other"), ["db", "web"]),
        (host("db-a", observer="yes"), ["db", "web"]),
        (host("db-a", TARGETS, observer=True), ["db"]),
    ],
)
def test_a_host_watches_what_it_is_a_target_of_and_an_observer_all(one, names):
    assert [each["name"] for each in watched([DB, WEB, GONE], one)] == names


def test_the_monitors_of_targets_get_along_and_so_does_one_alone():
    assert rivals([host("db-a", TARGETS), host("db-b"), host("web-a", TARGETS)], [DB, WEB]) == []
    assert rivals([host("watcher")], [DB, WEB]) == []
    assert rivals([host("i-1", target="db-a"), host("db-b")], [DB]) == []


def test_one_that_is_no_target_must_be_alone():
    (sentence,) = rivals([host("db-a", TARGETS), host("watcher"), host("db-b")], [DB, GONE])
    assert "would fight over db: watcher would watch it beside db-a, db-b" in sentence
    assert "floating_ip_observers" in sentence and "floating_ip_monitor_target" in sentence


def test_two_that_are_no_targets_fight_over_all():
    (sentence,) = rivals([host("one"), host("other", observer=True)], [DB, WEB])
    assert "fight over db, web: one, other would watch it beside each other" in sentence


def test_a_target_that_is_told_to_be_an_observer_is_none_of_the_targets():
    (sentence,) = rivals([host("db-a", TARGETS, observer=True), host("db-b", TARGETS)], [DB])
    assert "fight over db: db-a would watch it beside db-b" in sentence


def test_with_a_store_of_all_of_them_they_know_of_each_other():
    shared = definition("db", "db-a", "db-b", kind="dynamodb")
    assert rivals([host("db-a"), host("watcher")], [shared]) == []


def test_what_is_no_host_is_refused():
    with pytest.raises(AnsibleFilterError, match="rivals needs a list of the variables of hosts"):
        rivals("db-a", [DB])
    with pytest.raises(AnsibleFilterError, match="watched needs a list of the variables of hosts"):
        watched([DB], "db-a")
