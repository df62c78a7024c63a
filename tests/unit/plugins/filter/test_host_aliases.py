# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.netops.floating_ip.plugins.filter.host_aliases import FilterModule

host_aliases = FilterModule().filters()["host_aliases"]
LOOK = {
    "interface": "eth0",
    "exists": "yes",
    "stack": "service",
    "table": ["web always eth0 eth0:0 100.64.10.20/32"],
    "addresses": [],
    "holds": [],
    "connection": "",
}
DB = {
    "name": "db",
    "state": "present",
    "alias": "always",
    "addresses": ["100.64.10.10"],
    "targets": [{"name": "db-a"}],
    "probe": {"protocol": "http"},
}


def test_the_options_of_the_role_reach_the_plan():
    assert len(host_aliases([DB], LOOK, "db-a")["rows"]) == 2
    assert len(host_aliases([DB], LOOK, "db-a", ["web"])["rows"]) == 0
    assert len(host_aliases([DB], LOOK, "db-a", [], "absent")["rows"]) == 0
    assert len(host_aliases([DB], LOOK, "db-a", [], "present", "remove")["rows"]) == 1


@pytest.mark.parametrize(
    ("definition", "host", "state", "stranger"),
    [
        (DB, "db-a", "present", False),
        (DB, "db-aa", "present", True),
        ({**DB, "state": "absent"}, "db-a", "present", True),
        (DB, "db-aa", "absent", False),  # it is to have nothing
    ],
)
def test_a_host_that_is_no_target_is_told_of(definition, host, state, stranger):
    assert host_aliases([definition], LOOK, host, [], state)["stranger"] is stranger


@pytest.mark.parametrize("value", ["db", [{"name": "db"}], [5], [{**DB, "addresses": ["x"]}]])
def test_what_are_no_definitions_is_refused_with_advice(value):
    with pytest.raises(AnsibleFilterError, match=r"floating_ip_host_floating_ips at its default"):
        host_aliases(value, LOOK, "db-a")
