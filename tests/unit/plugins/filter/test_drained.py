# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.filter.drained import FilterModule

drained = FilterModule().filters()["drained"]


def host(**targets):
    entries = [{"name": name, "drained": each} for name, each in targets.items()]
    return {"__floating_ip_contexts": {"floating_ips": entries}}


def test_a_target_that_is_drained_on_one_host_is_drained():
    hosts = [host(db=["db-b"], web=[]), host(db=["db-a"]), host(db=["db-b"])]
    assert drained(hosts) == {"db": ["db-a", "db-b"]}


def test_a_host_without_a_result_is_passed_over():
    assert drained([{}, {"__floating_ip_contexts": {"unreachable": True}}]) == {}


def test_the_variable_may_have_another_name():
    assert drained([{"found": {"floating_ips": [{"name": "db", "drained": ["a"]}]}}], "found") == {
        "db": ["a"]
    }
