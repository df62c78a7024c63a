# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the filters of a describe look at, where moto looks at too little."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import moto.ec2.utils
from moto.ec2.models.core import TaggedEC2Resource
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.route_tables import RouteTable
from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix

from .filters_and_pages import matches
from .patch import corrects


def _of_routes(attribute: str) -> Callable[[Any], Any]:
    return lambda table: [getattr(route, attribute, None) for route in table.routes]


def _associated(prefixes: tuple[str, ...]) -> Callable[[Any], Any]:
    return lambda table: [
        each for each in table._associations.values() if each.startswith(prefixes)
    ]


def _all_associations(table: Any) -> list[Any]:
    return [*table._associations, table.main_association_id]


_TABLE: Mapping[str, Callable[[Any], Any]] = {
    "route-table-id": lambda table: table.id,
    "vpc-id": lambda table: table.vpc_id,
    "owner-id": lambda table: table.owner_id,
    "association.main": lambda table: [each["Main"] for each in table.associations],
    "association.subnet-id": _associated(("subnet-",)),
    "association.gateway-id": _associated(("igw-", "vgw-")),
    "association.route-table-id": lambda table: [
        table.id for each in _all_associations(table) if each
    ],
    "association.route-table-association-id": _all_associations,
    "route.destination-cidr-block": _of_routes("destination_cidr_block"),
    "route.destination-ipv6-cidr-block": _of_routes("destination_ipv6_cidr_block"),
    "route.destination-prefix-list-id": _of_routes("destination_prefix_list_id"),
    "route.egress-only-internet-gateway-id": _of_routes("egress_only_internet_gateway_id"),
    "route.gateway-id": _of_routes("gateway_id"),
    "route.instance-id": _of_routes("instance_id"),
    "route.nat-gateway-id": _of_routes("nat_gateway_id"),
    "route.origin": _of_routes("origin"),
    "route.state": _of_routes("state"),
    "route.transit-gateway-id": _of_routes("transit_gateway_id"),
    "route.vpc-peering-connection-id": _of_routes("vpc_peering_connection_id"),
}
_INTERFACE: Mapping[str, Callable[[Any], Any]] = {
    "addresses.private-ip-address": lambda eni: [
        each["PrivateIpAddress"] for each in eni.private_ip_addresses
    ],
    "addresses.primary": lambda eni: [
        bool(each.get("Primary")) for each in eni.private_ip_addresses
    ],
    "private-ip-address": lambda eni: eni.private_ip_address,
    "ipv6-addresses.ipv6-address": lambda eni: list(eni.ipv6_addresses),
    "attachment.device-index": lambda eni: eni.device_index if eni.attachment_id else None,
    "attachment.delete-on-termination": lambda eni: (
        bool(eni.delete_on_termination) if eni.attachment_id else None
    ),
    "attachment.instance-id": lambda eni: eni.instance.id if eni.instance else None,
    "attachment.status": lambda eni: "attached" if eni.attachment_id else None,
    "description": lambda eni: eni.description,
    "interface-type": lambda eni: eni.interface_type,
    "mac-address": lambda eni: eni.mac_address,
    "owner-id": lambda eni: eni.owner_id,
    "source-dest-check": lambda eni: eni.source_dest_check,
    "status": lambda eni: eni.status,
}
_INSTANCE: Mapping[str, Callable[[Any], Any]] = {
    "instance-state-code": lambda instance: instance.state_code,
    "private-ip-address": lambda instance: instance.private_ip,
    "source-dest-check": lambda instance: instance.source_dest_check,
    "network-interface.network-interface-id": lambda instance: [
        eni.id for eni in instance.network_interfaces
    ],
    "network-interface.subnet-id": lambda instance: [
        eni.subnet_id for eni in instance.network_interfaces
    ],
    "network-interface.vpc-id": lambda instance: [
        eni.vpc_id for eni in instance.network_interfaces
    ],
    "network-interface.addresses.private-ip-address": lambda instance: [
        each["PrivateIpAddress"]
        for eni in instance.network_interfaces
        for each in eni.private_ip_addresses
    ],
    "network-interface.private-ip-address": lambda instance: [
        eni.private_ip_address for eni in instance.network_interfaces
    ],
    "network-interface.ipv6-addresses.ipv6-address": lambda instance: [
        each for eni in instance.network_interfaces for each in eni.ipv6_addresses
    ],
}


@corrects(RouteTable, "get_filter_value")
def table_value(moto: Any, self: Any, filter_name: str, method_name: Any = None) -> Any:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html
    (Filter.N).

    `association.subnet-id` finds explicit associations only; a table without association matches
    neither value of `association.main`.
    """
    found = _TABLE.get(filter_name)
    return found(self) if found else moto(self, filter_name, method_name)


@corrects(NetworkInterface, "get_filter_value")
def interface_value(moto: Any, self: Any, filter_name: str, method_name: Any = None) -> Any:
    """All addresses for `addresses.private-ip-address`; moto looks at the primary only.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
    (Filter.N)
    """
    found = _INTERFACE.get(filter_name)
    return found(self) if found else moto(self, filter_name, method_name)


@corrects(moto.ec2.utils, "passes_filter_dict")
def passes_filter_dict(moto_passes: Any, instance: Any, filters: Mapping[str, Any]) -> bool:
    """Filters on an instance's interfaces, and wildcards.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html (Filter.N)
    """
    for name, wanted in filters.items():
        found = _INSTANCE.get(name)
        attribute = moto.ec2.utils.filter_dict_attribute_mapping.get(name)
        if found is not None:
            passed = matches(found(instance), wanted)
        elif attribute is not None:
            passed = matches(moto.ec2.utils.get_object_value(instance, attribute), wanted)
        elif name.startswith("tag:") or name in ("tag-key", "tag-value"):
            passed = matches(TaggedEC2Resource.get_filter_value(instance, name), wanted)
        else:
            passed = moto_passes(instance, {name: wanted})
        if not passed:
            return False
    return True


@corrects(TaggedEC2Resource, "get_tags")
def get_tags(_moto: Any, self: Any) -> list[dict[str, str]]:
    """The tags of one resource, without a walk over those of all.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Tag.html
    """
    kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(self.id), "") if self.id else ""
    found = self.ec2_backend.tags.get(self.id, {})
    names = ("resource_id", "key", "value", "resource_type")
    values = ((self.id, key, value, kind) for key, value in found.items())
    return [dict(zip(names, each, strict=True)) for each in values]
