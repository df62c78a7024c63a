# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why a host cannot be given addresses, from a look at it, as a sentence with advice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

# What a look tells only where the stack manages the interface.
_MANAGED_BY = {
    "networkd": "network_file",
    "netplan": "netplan_id",
    "NetworkManager": "connection",
}


def refusal(wanted: Collection[str], look: Mapping[str, Any]) -> str:
    """Why `wanted`, interfaces that are to have addresses, cannot have them; empty if they can."""
    interface = look["interface"]
    if not wanted:
        return ""
    if not interface:
        return (
            "This host has no default route, so its primary interface is not known. "
            "Set floating_ip_host_interface."
        )
    if not look["exists"]:
        return f"There is no interface {interface} on this host. Set floating_ip_host_interface."
    refused = _refused_stack(look)
    behind = sorted(set(wanted) - {interface})
    if behind and not refused:
        return (
            f"The interface is now {interface}, and this run leaves floating IPs on "
            f"{', '.join(behind)}. Run it for all of them, without floating_ip_host_names, and "
            "with floating_ip_host_orphans=remove if some have no definition any more."
        )
    return refused


def _refused_stack(look: Mapping[str, Any]) -> str:
    interface, stack = look["interface"], look["stack"]
    if not look.get(_MANAGED_BY.get(stack, "exists")):
        return (
            f"{stack} does not manage {interface} on this host. Set floating_ip_host_stack to "
            "what does, or to service, which needs none."
        )
    if look.get("shared") and stack in _MANAGED_BY:
        return (
            f"What {stack} is told of {interface} would be so on {look['shared']} as well. "
            "Set floating_ip_host_stack to service."
        )
    return ""
