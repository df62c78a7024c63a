# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.netops.floating_ip.plugins.filter.untold import FilterModule

untold = FilterModule().filters()["untold"]


def test_a_host_that_did_its_work_or_had_none_is_told():
    told = {"inventory_hostname": "a", "read": {}, "announced": {"changed": True}}
    idle = {"inventory_hostname": "b", "read": {}, "announced": {"skipped": True}}
    assert untold([told, idle], "read", "announced") == []


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ({"announced": {"failed": True, "msg": "The disk is full."}}, "a: The disk is full."),
        ({"announced": {"failed": True}}, "a: it failed without a word."),
        ({"announced": {"unreachable": True, "msg": "No route."}}, "a: No route."),
        ({"read": {"unreachable": True}, "announced": {}}, "a: it could not be reached."),
        ({"read": {}}, "a: this run did not reach it."),
        ({}, "a: this run did not reach it."),
    ],
)
def test_a_host_that_was_not_told_comes_with_the_reason(results, sentence):
    assert untold([{"inventory_hostname": "a", **results}], "read", "announced") == [sentence]


def test_what_was_read_before_decides_nothing_but_whether_it_can_be_reached():
    host = {"inventory_hostname": "a", "read": {"failed": True}, "announced": {"changed": True}}
    assert untold([host], "read", "announced") == []


def test_it_wants_to_know_what_would_have_told_them():
    with pytest.raises(AnsibleFilterError, match="needs the name of a registered result"):
        untold([])
