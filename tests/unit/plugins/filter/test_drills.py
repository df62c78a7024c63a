# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.netops.floating_ip.plugins.filter.drill_file import drill_file
from ansible_collections.netops.floating_ip.plugins.filter.drilled import drilled
from ansible_collections.netops.floating_ip.plugins.filter.interrupted import interrupted
from ansible_collections.netops.floating_ip.plugins.filter.last_drills import last_drills
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    drills,
    test_drill_collect,
)


def test_a_drill_comes_with_what_is_remembered_of_it() -> None:
    environment = test_drill_collect.environment()
    (one,) = drilled(environment, [test_drill_collect.client()])
    assert one["record"]["passed"] and one["record"]["holder"] == one["record"]["was"] == "db-a"
    with pytest.raises(AnsibleFilterError, match="needs the variables of a host"):
        drilled({}, [])


def test_a_drill_can_be_written_in_three_ways() -> None:
    found = [drills.by_a_planned_move()]
    texts = [drill_file(found, ending) for ending in (".html", ".xml", ".json")]
    assert [text[:5] for text in texts] == ["<!DOC", "<?xml", '{\n "d']
    with pytest.raises(AnsibleFilterError, match=r"and no \.pdf"):
        drill_file(found, ".pdf")


@pytest.mark.parametrize("wrong", ["text", {}, 5])
def test_hosts_are_a_list_of_variables(wrong: Any) -> None:
    for one in (interrupted, last_drills):
        with pytest.raises(AnsibleFilterError, match="needs a list"):
            one(wrong)


def test_a_drill_that_is_under_way_is_an_error() -> None:
    assert interrupted([test_drill_collect.running()]) == {"db": "db-a"}
    with pytest.raises(AnsibleFilterError, match="wait"):
        interrupted([test_drill_collect.running(by="agent", until=9e9)])
    assert last_drills([test_drill_collect.running()]) == {}
