# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What matters of moto's EC2 objects, as plain values: for the state, the events and the lagging
views.

An object's facts are `{(kind, sub): value}`; an address of an interface, for example, is
`("address", "10.0.1.5"): {"primary": False}` among the facts of that interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Facts = dict[tuple[str, str], Any]
ROUTE_TARGETS = (
    "gateway_id",
    "nat_gateway_id",
    "egress_only_internet_gateway_id",
    "transit_gateway_id",
    "network_interface_id",
    "instance_id",
    "vpc_peering_connection_id",
    "carrier_gateway_id",
)


def objects_of(backend: Any) -> Iterator[tuple[str, Any]]:
    """Every object that matters, by id. A terminated instance counts as gone."""
    yield from list(backend.vpcs.items())
    for subnets in list(backend.subnets.values()):
        yield from list(subnets.items())
    yield from list(backend.route_tables.items())
    yield from list(backend.enis.items())
    for reservation in list(backend.reservations.values()):
        yield from ((each.id, each) for each in reservation.instances if each.state != "terminated")
    yield from list(backend.internet_gateways.items())
    yield from (
        (each.allocation_id, each) for each in list(backend.addresses) if each.allocation_id
    )


def facts_of(backend: Any, object_id: str, thing: Any) -> Facts:
    facts: Facts = {("tag", key): value for key, value in backend.tags.get(object_id, {}).items()}
    facts.update(_MAKERS[object_id.split("-", maxsplit=1)[0]](thing))
    return facts


def _vpc(vpc: Any) -> Facts:
    cidrs = [vpc.get_cidr_block_association_set(ipv6=ipv6) for ipv6 in (False, True)]
    return {
        ("vpc", ""): {
            "cidrs": sorted(each["cidr_block"] for each in cidrs[0]),
            "ipv6_cidrs": sorted(each["cidr_block"] for each in cidrs[1]),
            "default": str(vpc.is_default).lower() == "true",
        }
    }


def _subnet(subnet: Any) -> Facts:
    ipv6 = subnet.ipv6_cidr_block_associations.values()
    return {
        ("subnet", ""): {
            "vpc": subnet.vpc_id,
            "cidr": subnet.cidr_block,
            "ipv6_cidrs": sorted(each["ipv6CidrBlock"] for each in ipv6 if each),
            "zone": subnet.availability_zone,
        }
    }


def _table(table: Any) -> Facts:
    facts: Facts = {("table", ""): {"vpc": table.vpc_id}}
    for each in table.associations:
        facts["association", each["RouteTableAssociationId"]] = {
            "subnet": each.get("SubnetId"),
            "gateway": each.get("GatewayId"),
            "main": each["Main"],
        }
    for route in table.routes:
        facts["route", destination_of(route)] = _route(route)
    return facts


def destination_of(route: Any) -> str:
    cidr = route.destination_cidr_block or route.destination_ipv6_cidr_block
    return str(cidr or route.destination_prefix_list_id)


def _route(route: Any) -> Mapping[str, Any]:
    found = {name: getattr(route, name) for name in ROUTE_TARGETS}
    value = {name: target for name, target in found.items() if target}
    value.update(state=route.state, origin=route.origin)
    return value


def _interface(eni: Any) -> Facts:
    facts: Facts = {
        ("interface", ""): {
            "vpc": eni.vpc_id,
            "subnet": eni.subnet_id,
            "zone": eni.availability_zone,
            "status": eni.status,
            "source_dest_check": eni.source_dest_check,
            "instance": eni.instance.id if eni.instance else None,
            "attachment": eni.attachment_id,
            "device_index": eni.device_index if eni.attachment_id else None,
        }
    }
    for each in eni.private_ip_addresses:
        facts["address", each["PrivateIpAddress"]] = {"primary": bool(each.get("Primary"))}
    for address in eni.ipv6_addresses:
        facts["address", address] = {"primary": False}
    return facts


def _instance(instance: Any) -> Facts:
    value = {"state": instance.state, "zone": instance.availability_zone}
    value["interfaces"] = {str(index): eni.id for index, eni in sorted(instance.nics.items())}
    return {("instance", ""): value}


def _gateway(gateway: Any) -> Facts:
    return {("internet_gateway", ""): {"vpc": gateway.vpc.id if gateway.vpc else None}}


def _elastic_ip(address: Any) -> Facts:
    eni = address.eni.id if address.eni else None
    value = {"public": address.public_ip, "interface": eni, "association": address.association_id}
    return {("elastic_ip", ""): value}


_MAKERS = {
    "vpc": _vpc,
    "subnet": _subnet,
    "rtb": _table,
    "eni": _interface,
    "i": _instance,
    "igw": _gateway,
    "eipalloc": _elastic_ip,
}
