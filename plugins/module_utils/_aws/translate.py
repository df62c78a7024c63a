# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What EC2 answers, as the engine's values. Pure: dictionaries in, `network.py` values out."""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Mapping
from typing import Any, Optional

from .._engine.network import Interface, Route, RouteTable, Subnet, Vpc

_OTHER_TARGETS = (
    "GatewayId",  # internet and virtual private gateways, VPC endpoints, "local"
    "NatGatewayId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "EgressOnlyInternetGatewayId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "CoreNetworkArn",
    "InstanceId",  # last: beside it stands the interface, unless the instance is gone
)
_PROPAGATED = ("EnableVgwRoutePropagation", "Advertisement")  # a gateway's, a VPC Route Server's
_ENDED = ("disassociating", "disassociated", "failing", "failed")

Raw = Mapping[str, Any]


def route_table(raw: Raw) -> RouteTable:
    associations = [item for item in raw.get("Associations", ()) if not _is_ended(item)]
    # A static route wins over a propagated one to the same destination, so it comes first here too.
    routes = sorted((route(item) for item in raw.get("Routes", ())), key=lambda r: r.propagated)
    return RouteTable(
        id=raw["RouteTableId"],
        vpc=raw.get("VpcId", ""),
        routes=tuple(routes),
        subnets=tuple(sorted(item["SubnetId"] for item in associations if item.get("SubnetId"))),
        main=any(item.get("Main") for item in associations),
        gateway=any(item.get("GatewayId") for item in associations),
        tags=tags_of(raw),
    )


def route(raw: Raw) -> Route:
    leads_to: Optional[str] = raw.get("NetworkInterfaceId") or None
    others = (raw[key] for key in _OTHER_TARGETS if raw.get(key))
    return Route(
        destination=_destination(raw),
        interface=leads_to,
        other=None if leads_to else next(others, None),
        blackhole=raw.get("State") == "blackhole",
        propagated=raw.get("Origin") in _PROPAGATED,
    )


def interface(raw: Raw) -> Interface:
    attachment = raw.get("Attachment") or {}
    primary = raw.get("PrivateIpAddress", "")
    listed = [item["PrivateIpAddress"] for item in raw.get("PrivateIpAddresses", ())]
    return Interface(
        id=raw["NetworkInterfaceId"],
        vpc=raw.get("VpcId", ""),
        subnet=raw.get("SubnetId", ""),
        zone=raw.get("AvailabilityZone", ""),
        primary_address=primary,
        addresses=tuple(listed) or ((primary,) if primary else ()),
        ipv6_addresses=tuple(
            str(ipaddress.ip_address(item["Ipv6Address"])) for item in raw.get("Ipv6Addresses", ())
        ),
        instance=attachment.get("InstanceId"),
        device_index=attachment.get("DeviceIndex"),
        source_dest_check=bool(raw.get("SourceDestCheck", True)),
        status=raw.get("Status", "in-use"),
        tags=tags_of(raw),
    )


def subnet(raw: Raw) -> Subnet:
    return Subnet(
        id=raw["SubnetId"],
        vpc=raw.get("VpcId", ""),
        zone=raw.get("AvailabilityZone", ""),
        cidr=raw.get("CidrBlock", ""),  # empty in a subnet of IPv6 alone
        ipv6_cidrs=_blocks(raw, "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock"),
        tags=tags_of(raw),
    )


def vpc(raw: Raw) -> Vpc:
    blocks = _blocks(raw, "CidrBlockAssociationSet", "CidrBlock")
    primary = (raw["CidrBlock"],) if raw.get("CidrBlock") else ()
    ipv6 = _blocks(raw, "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock")
    return Vpc(id=raw["VpcId"], cidrs=tuple(dict.fromkeys((*primary, *blocks, *ipv6))))


def tags_of(raw: Raw) -> dict[str, str]:
    listed = raw.get("Tags") or raw.get("TagSet") or ()  # interfaces have a TagSet, all others Tags
    return {item["Key"]: item.get("Value", "") for item in listed}


def _destination(raw: Raw) -> str:
    block = raw.get("DestinationCidrBlock") or raw.get("DestinationIpv6CidrBlock")
    if not block:
        return str(raw.get("DestinationPrefixListId", ""))
    return _network(block)


@functools.lru_cache(maxsize=4096)  # each look at two hundred tables reads the same ones again
def _network(block: str) -> str:
    return str(ipaddress.ip_network(block, strict=False))


def _blocks(raw: Raw, associations: str, key: str) -> tuple[str, ...]:
    """The CIDRs that are associated, or about to be: what is being taken away does not count."""
    live = (item for item in raw.get(associations, ()) if not _is_ended(item, key + "State"))
    return tuple(_network(item[key]) for item in live)


def _is_ended(association: Raw, key: str = "AssociationState") -> bool:
    return (association.get(key) or {}).get("State") in _ENDED
