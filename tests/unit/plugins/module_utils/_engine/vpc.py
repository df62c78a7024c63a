# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small VPC: two subnets with a table of their own, one on the main table, an edge table."""

from __future__ import annotations

from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    Interface,
    Route,
    RouteTable,
    Subnet,
    Vpc,
)

DESTINATION = "100.64.10.10/32"
VPC = Vpc("vpc-1", ("10.0.0.0/16", "fd00:1::/56"))
SUBNETS = (
    Subnet("subnet-a", "vpc-1", "eu-west-1a", "10.0.1.0/24"),
    Subnet("subnet-b", "vpc-1", "eu-west-1b", "10.0.2.0/24"),
    Subnet("subnet-main", "vpc-1", "eu-west-1a", "10.0.3.0/24"),
)
TABLES = (
    RouteTable("rtb-main", "vpc-1", main=True, tags={"floating-ip": "db"}),
    RouteTable("rtb-a", "vpc-1", (Route(DESTINATION, "eni-a"),), ("subnet-a",)),
    RouteTable(
        "rtb-b", "vpc-1", (Route(DESTINATION, "eni-a", blackhole=True),), ("subnet-b",),
        tags={"floating-ip": "db", "tier": "client"},
    ),
    RouteTable("rtb-edge", "vpc-1", gateway=True, tags={"floating-ip": "db"}),
    RouteTable("rtb-other", "vpc-2", main=True),
)  # fmt: skip


def interface(name: str, number: int, **more: Any) -> Interface:
    values: dict[str, Any] = {
        "vpc": "vpc-1",
        "subnet": "subnet-a",
        "primary_address": f"10.0.1.{number}",
        "addresses": (f"10.0.1.{number}",),
        **more,
    }
    return Interface(f"eni-{name}", zone="eu-west-1a", **values)


INTERFACES = (interface("a", 11), interface("b", 12))
