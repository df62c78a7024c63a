# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a host is to have in NetworkManager's connection."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.plugin_utils._aliases import plan
from ansible_collections.netops.floating_ip.tests.unit.plugins.plugin_utils.aliases import (
    DB,
    GOING,
    HERE,
    definition,
    look,
)


def connected(has: str, *table: str, **more: Any) -> dict[str, Any]:
    manager = {"stack": "NetworkManager", "connection": "7ba0", "ipv4_method": "auto"}
    return look(*table, connection_addresses=has, **{**manager, **more})


def test_the_connection_gets_what_it_lacks_and_loses_what_goes():
    seen = connected("10.0.1.10/24, 100.64.10.10/32", DB)
    changed = [definition("db", "100.64.10.11", "fd12::11")]
    assert plan(changed, seen, HERE)["connection_changes"] == [
        *("+ipv4.addresses", "100.64.10.11/32"),
        *("-ipv4.addresses", "100.64.10.10/32"),
    ]


def test_the_connection_loses_what_a_run_that_was_cut_short_has_left_in_it():
    seen = connected("100.64.10.10/32", GOING)
    assert plan([], seen, HERE)["connection_changes"] == ["-ipv4.addresses", "100.64.10.10/32"]


@pytest.mark.parametrize(
    ("seen", "alias", "changes"),
    [
        (connected("", DB), "always", ["+ipv4.addresses", "100.64.10.10/32"]),
        (connected("100.64.10.10/32", DB), "always", []),
        (connected("100.64.10.10/32", DB), "holder", ["-ipv4.addresses", "100.64.10.10/32"]),
        (connected("100.64.10.9/32", DB, stack="service"), "always", []),
        (
            connected("100.64.10.10/32", DB, stack="service"),
            "always",
            ["-ipv4.addresses", "100.64.10.10/32"],
        ),
        (connected("100.64.10.10/32", DB, stack="netplan"), "holder", []),
        (connected("", DB, ipv4_method="disabled"), "always", []),
        (look(DB, stack="networkd"), "always", []),
    ],
)
def test_a_connection_knows_only_what_is_always_there_and_only_of_its_own_stack(
    seen, alias, changes
):
    wanted = [definition("db", "100.64.10.10", alias=alias)]
    assert plan(wanted, seen, HERE)["connection_changes"] == changes
