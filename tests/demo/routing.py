# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Routes as a router knows them: a table that follows the emulator's events, and its next hops."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

Routes = Mapping[str, Mapping[str, Any]]  # by destination, as the emulator's state has them


def routes_of(state: Mapping[str, Mapping[str, Any]], table: str) -> Routes:
    """The routes of one table in the emulator's state; none where there is no such table."""
    found: Routes = state.get("route_tables", {}).get(table, {}).get("routes", {})
    return dict(found)


def applied(routes: Routes, table: str, events: Iterable[Mapping[str, Any]]) -> Routes:
    """The table's routes after these events."""
    after = dict(routes)
    for event in events:
        if event["kind"] == "reset":
            after.clear()
        elif event["kind"] == "route" and event["id"] == table:
            after.pop(event["sub"], None)
            if event["after"] is not None:
                after[event["sub"]] = event["after"]
    return after


def next_hop(routes: Routes, address: str) -> str | None:
    """The interface that the longest matching route leads to; None where packets are dropped."""
    wanted = ipaddress.ip_address(address)
    matching = [(net, to) for net, to in _networks(routes) if wanted in net]
    _prefix, best = max(matching, key=lambda found: found[0].prefixlen, default=(None, {}))
    interface: str | None = best.get("network_interface_id")
    return None if best.get("state") == "blackhole" else interface


def _networks(
    routes: Routes,
) -> list[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Mapping[str, Any]]]:
    """Prefix lists are left out: no route of the demo leads to one."""
    return [(ipaddress.ip_network(cidr), to) for cidr, to in routes.items() if "/" in cidr]
