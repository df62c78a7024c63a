# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWS's service authorization reference says of the actions that our policies name.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html, read in
November 2026. A condition whose key an action does not know is never met: AWS then denies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

TAGS = "aws:ResourceTag/"
_ROUTE_TABLE = {TAGS, "ec2:RouteTableID", "ec2:Vpc"}
_INTERFACE = {TAGS, "ec2:NetworkInterfaceID", "ec2:AvailabilityZone", "ec2:Subnet", "ec2:Vpc"}
_IN_REQUEST = {"aws:RequestTag/", "aws:TagKeys"}
GLOBAL = {"aws:RequestedRegion"}

# action -> type of resource -> condition keys; {} where there is no resource but "*"
KNOWN: Mapping[str, Mapping[str, set[str]]] = {
    "ec2:DescribeInstances": {},
    "ec2:DescribeNetworkInterfaces": {},
    "ec2:DescribeRouteTables": {},
    "ec2:DescribeSubnets": {},
    "ec2:DescribeVpcs": {},
    "ec2:CreateRoute": {"route-table": _ROUTE_TABLE},
    "ec2:ReplaceRoute": {"route-table": _ROUTE_TABLE},
    "ec2:DeleteRoute": {"route-table": _ROUTE_TABLE},
    "ec2:AssignPrivateIpAddresses": {"network-interface": _INTERFACE},
    "ec2:UnassignPrivateIpAddresses": {"network-interface": _INTERFACE},
    "ec2:ModifyNetworkInterfaceAttribute": {
        "network-interface": {*_INTERFACE, "ec2:Attribute", "ec2:Attribute/"}
    },
    "ec2:CreateTags": {
        "route-table": _ROUTE_TABLE | _IN_REQUEST,
        "network-interface": _INTERFACE | _IN_REQUEST,
    },
    "ec2:DeleteTags": {
        "route-table": {TAGS} | _IN_REQUEST,
        "network-interface": {TAGS} | _IN_REQUEST,
    },
    "ec2:StartInstances": {"instance": {TAGS, "ec2:AvailabilityZone", "ec2:InstanceID"}},
    "ec2:StopInstances": {"instance": {TAGS, "ec2:AvailabilityZone", "ec2:InstanceID"}},
    "sts:AssumeRole": {"role": {TAGS}},
}


def problems_of(statement: Mapping[str, Any]) -> list[str]:
    """What of one statement AWS would never allow, as sentences."""
    return sorted(
        problem
        for action in listed(statement["Action"])
        for problem in _problems(action, statement)
    )


def _problems(action: str, statement: Mapping[str, Any]) -> Iterator[str]:
    keys = [key for keys in statement.get("Condition", {}).values() for key in keys]
    kinds = {arn.split(":")[5].split("/")[0] for arn in listed(statement["Resource"]) if arn != "*"}
    known = KNOWN[action]
    if not known:
        if kinds:
            yield f"{action} takes no resource"
        return
    if not kinds & set(known):
        yield f"{action} takes no {' or '.join(kinds)}"
    for kind in kinds & set(known):
        for key in keys:
            if key not in GLOBAL and not any(_is_one_of(key, each) for each in known[kind]):
                yield f"{action} of {kind} does not know {key}"


def _is_one_of(key: str, known: str) -> bool:
    return key.startswith(known) if known.endswith("/") else key == known


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
