# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""EC2's state as the lab follows it: the emulator's, plus the events since, as they take effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

State = dict[str, dict[str, dict[str, Any]]]
_SECTIONS = {
    "vpc": "vpcs",
    "subnet": "subnets",
    "rtb": "route_tables",
    "eni": "network_interfaces",
    "i": "instances",
    "igw": "internet_gateways",
    "eipalloc": "elastic_ips",
}
_PARTS = {"tag": "tags", "route": "routes", "association": "associations", "address": "addresses"}


def fold(state: State, event: Mapping[str, Any]) -> None:
    """Let one event take effect. Details of an object may come before the object itself."""
    if event["kind"] == "reset":
        for section in state.values():
            section.clear()
        return
    section = state.setdefault(_SECTIONS[event["id"].split("-", maxsplit=1)[0]], {})
    part = _PARTS.get(event["kind"])
    if part is None and event["after"] is None:
        section.pop(event["id"], None)
    elif part is None:
        section.setdefault(event["id"], {}).update(event["after"])
    elif event["after"] is not None:
        section.setdefault(event["id"], {}).setdefault(part, {})[event["sub"]] = event["after"]
    elif event["id"] in section:
        section[event["id"]].get(part, {}).pop(event["sub"], None)


def table_of(state: Mapping[str, Any], subnet: str) -> str:
    """The route table that a subnet really uses; empty where the state has none."""
    vpc = state["subnets"].get(subnet, {}).get("vpc")
    main = ""
    for name, table in state["route_tables"].items():
        for association in table.get("associations", {}).values():
            if association["subnet"] == subnet:
                return str(name)
            if association["main"] and table.get("vpc") == vpc:
                main = name
    return main
