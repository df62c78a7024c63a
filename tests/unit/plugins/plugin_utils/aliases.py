# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The definitions and looks from which tests have a plan made for a host."""

from __future__ import annotations

from typing import Any

from ansible_collections.netops.floating_ip.plugins.plugin_utils._aliases import Wish, plan

DB = "db always eth0 eth0:0 100.64.10.10/32"
WEB = "web always eth0 eth0:1 100.64.10.20/32"
GOING = "db going eth0 eth0:0 100.64.10.10/32"  # it was db's
ADDRESS = "100.64.10.10/32"


def definition(name: str, *addresses: str, **more: Any) -> dict[str, Any]:
    targets = [{"name": "db-a"}, {"name": "db-b"}]
    usual = {
        "state": "present",
        "alias": "always",
        "targets": targets,
        "probe": {"protocol": "http"},
    }
    return {"name": name, "addresses": list(addresses), **usual, **more}


def look(*table: str, addresses: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    lines = ["lo lo 127.0.0.1/8", "eth0 eth0 10.0.1.10/24", *addresses]
    found = {
        "interface": "eth0",
        "exists": "yes",
        "stack": "service",
        "holds": [],
        "connection": "",
    }
    found.update(more)
    return {**found, "table": list(table), "addresses": lines}


DEFINED = [definition("db", "100.64.10.10"), definition("web", "100.64.10.20")]
HERE = Wish("db-a")


def rows(definitions: list[dict[str, Any]], seen: dict[str, Any], wish: Wish = HERE) -> list[str]:
    return plan(definitions, seen, wish)["rows"]
