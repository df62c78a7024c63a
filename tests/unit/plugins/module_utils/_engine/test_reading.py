# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Cell, Reading
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    Route,
    RouteTable,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.reading import (
    read_routes,
    read_secondary,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.vpc import (
    TABLES,
    interface,
)


def test_every_table_and_address_has_a_reading() -> None:
    readings = read_routes(["100.64.10.10", "fd00:9::1"], TABLES[:3])
    assert [(r.cell.id, r.cell.address, r.points_at, r.blackhole) for r in readings] == [
        ("rtb-main", "100.64.10.10", None, False),
        ("rtb-main", "fd00:9::1", None, False),
        ("rtb-a", "100.64.10.10", "eni-a", False),
        ("rtb-a", "fd00:9::1", None, False),
        ("rtb-b", "100.64.10.10", "eni-a", True),
        ("rtb-b", "fd00:9::1", None, False),
    ]


def test_an_ipv6_address_is_read_from_its_host_route() -> None:
    table = RouteTable("rtb-6", "vpc-1", (Route("fd00:9::1/128", "eni-b"),))
    assert read_routes(["fd00:9::1"], [table])[0].points_at == "eni-b"


def test_a_route_to_something_else_and_a_propagated_one_are_told_apart() -> None:
    routes = (Route("100.64.10.10/32", other="vgw-1", propagated=True),)
    (reading,) = read_routes(["100.64.10.10"], [RouteTable("rtb-p", "vpc-1", routes)])
    assert (reading.points_at, reading.propagated) == ("vgw-1", True)


def test_a_secondary_address_is_read_from_the_interfaces_of_its_subnet() -> None:
    holder = interface("b", 12, addresses=("10.0.1.12", "10.0.1.50"))
    elsewhere = interface("c", 13, subnet="subnet-b", addresses=("10.0.1.50",))
    cell = Cell("secondary_ip", "subnet-a", "10.0.1.50")
    readings = read_secondary(["10.0.1.50"], ["subnet-a"], [elsewhere, interface("a", 11), holder])
    assert readings == (Reading(cell, "eni-b"),)
    assert read_secondary(["10.0.1.50"], ["subnet-a"], [elsewhere]) == (Reading(cell),)


def test_a_detached_interface_is_a_dead_end() -> None:
    lonely = interface("x", 19, addresses=("10.0.1.19", "10.0.1.50"), status="available")
    (reading,) = read_secondary(["10.0.1.50"], ["subnet-a"], [lonely])
    assert reading.points_at == "eni-x" and reading.blackhole
