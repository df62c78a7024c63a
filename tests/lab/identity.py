# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the metadata service says of an instance: a tree, made of the plan and of the emulator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .plan import HostPlan, mac_of

ACCOUNT = "123456789012"
ROLE = "floating-ip"
Tree = Mapping[str, Any]  # names to text or to a tree


def partition_of(region: str) -> str:
    """The partition that a Region is in."""
    return {"cn": "aws-cn", "us-gov": "aws-us-gov"}.get(region.rsplit("-", 2)[0], "aws")


def meta_data(plan: HostPlan, state: Mapping[str, Any]) -> Tree:
    """The tree below /latest/meta-data/, without the credentials."""
    zone = _zone(plan, state)
    return {
        "instance-id": plan.instance_id or "",
        "local-ipv4": plan.ip,
        "local-hostname": plan.name,
        "mac": plan.mac,
        "placement": {"region": plan.region, "availability-zone": zone},
        "services": {"partition": partition_of(plan.region), "domain": "amazonaws.com"},
        "network": {"interfaces": {"macs": _interfaces(plan, state)}},
    }


def document(plan: HostPlan, state: Mapping[str, Any]) -> str:
    """The identity document, as JSON."""
    facts = {
        "accountId": ACCOUNT,
        "availabilityZone": _zone(plan, state),
        "instanceId": plan.instance_id,
        "privateIp": plan.ip,
        "region": plan.region,
        "version": "2017-09-30",
    }
    return json.dumps(facts, indent=2, sort_keys=True)


def find(tree: Tree, path: str) -> str | None:
    """The text at a path, or the names below it, one a line; None where there is nothing."""
    found: Any = tree
    for name in filter(None, path.split("/")):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    if not isinstance(found, Mapping):
        return str(found)
    return "\n".join(
        f"{name}/" if isinstance(below, Mapping) else name for name, below in sorted(found.items())
    )


def _zone(plan: HostPlan, state: Mapping[str, Any]) -> str:
    instance = state.get("instances", {}).get(plan.instance_id, {})
    return str(instance.get("zone") or f"{plan.region}a")


def _interfaces(plan: HostPlan, state: Mapping[str, Any]) -> dict[str, Tree]:
    """By MAC address. What AWS has attached counts; an instance it does not know is as planned."""
    instance = state.get("instances", {}).get(plan.instance_id)
    if instance is None:
        attached = {str(index): eni for index, eni in enumerate(plan.interfaces)}
    else:
        attached = instance["interfaces"]
    return {
        mac_at(plan, eni, int(index)): _interface(plan, state, eni, index)
        for index, eni in attached.items()
    }


def mac_at(plan: HostPlan, eni: str, index: int) -> str:
    """The MAC address of an interface of this host."""
    return plan.interfaces.get(eni) or (plan.mac if index == 0 else mac_of(eni))


def _interface(plan: HostPlan, state: Mapping[str, Any], eni: str, index: str) -> Tree:
    facts = state.get("network_interfaces", {}).get(eni, {})
    subnet = state.get("subnets", {}).get(facts.get("subnet"), {})
    private = [address for address in facts.get("addresses", {}) if ":" not in address]
    six = [address for address in facts.get("addresses", {}) if ":" in address]
    told = {
        "device-number": index,
        "interface-id": eni,
        "mac": mac_at(plan, eni, int(index)),
        "owner-id": ACCOUNT,
        "local-ipv4s": "\n".join(private or [plan.ip]),
        "ipv6s": "\n".join(six),
        "subnet-id": facts.get("subnet", ""),
        "subnet-ipv4-cidr-block": subnet.get("cidr", ""),
        "vpc-id": facts.get("vpc", ""),
    }
    return {name: text for name, text in told.items() if text}
