# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWS checks of a route's target and destination before it creates or replaces it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any, Union

from moto.ec2.exceptions import EC2ClientError

Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]
FORBIDDEN = (ipaddress.ip_network("169.254.168.0/22"), ipaddress.ip_network("fd00:ec2::/32"))
TARGETS = (
    "GatewayId",
    "InstanceId",
    "NatGatewayId",
    "EgressOnlyInternetGatewayId",
    "TransitGatewayId",
    "NetworkInterfaceId",
    "VpcPeeringConnectionId",
    "CarrierGatewayId",
    "VpcEndpointId",
)
_MORE_SPECIFIC = ("NetworkInterfaceId", "InstanceId", "NatGatewayId", "VpcEndpointId")


def checked(self: Any, table: Any) -> str:
    """The destination, after the checks of target and destination that create and replace share."""
    target = _target(self)
    destination = destination_of_request(self)
    _check_target(self, table, target)
    if not destination.startswith("pl-"):
        _check_destination(self.ec2_backend, table, destination, target)
    return destination


def _target(self: Any) -> str:
    """The name of the one target parameter."""
    given = [name for name in TARGETS if self._get_param(name)]
    if not given:
        names = ", ".join(name[0].lower() + name[1:] for name in TARGETS)
        raise EC2ClientError(
            "MissingParameter", f"The request must contain exactly one of: {names}"
        )
    if len(given) > 1:
        sentence = f"The parameter {given[1]} cannot be used with the parameter {given[0]}"
        raise EC2ClientError("InvalidParameterCombination", sentence)
    return given[0]


def destination_of_request(self: Any) -> str:
    """The destination in its canonical form, put back into the request for moto to use."""
    for name, version in (("DestinationCidrBlock", 4), ("DestinationIpv6CidrBlock", 6)):
        given = self._get_param(name)
        if given:
            canonical = _canonical(given, name, version)
            self.params[name] = canonical
            return canonical
    prefix_list = self._get_param("DestinationPrefixListId")
    if not prefix_list:
        raise EC2ClientError(
            "MissingParameter", "The request must contain the parameter destinationCidrBlock"
        )
    return str(prefix_list)


def _canonical(given: str, name: str, version: int) -> str:
    try:
        network = ipaddress.ip_network(given, strict=False)
    except ValueError:
        network = None
    if network is None or network.version != version or "/" not in given:
        name = name[0].lower() + name[1:]
        sentence = (
            f"Value ({given}) for parameter {name} is invalid. This is not a valid CIDR block."
        )
        raise EC2ClientError("InvalidParameterValue", sentence)
    return str(network)


def _check_target(self: Any, table: Any, target: str) -> None:
    """The interface exists and is in the table's VPC; an instance has one interface only.

    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html; the sentences are
    those that users of Terraform and of the ClusterLabs agents report (resource-agents issue
    1320).
    """
    backend = self.ec2_backend
    if target == "InstanceId":
        self.params["NetworkInterfaceId"] = _only_interface(backend, self.params.pop("InstanceId"))
        target = "NetworkInterfaceId"
    value = self._get_param(target)
    if target == "NetworkInterfaceId":
        eni = backend.get_network_interface(value)
        if eni.vpc_id != table.vpc_id:
            sentence = f"route table {table.id} and interface {eni.id} belong to different networks"
            raise EC2ClientError("InvalidParameterValue", sentence)
    elif target == "NatGatewayId" and value not in backend.nat_gateways:
        raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {value} does not exist")
    elif target == "TransitGatewayId" and value not in backend.transit_gateways:
        sentence = f"The transitGateway ID '{value}' does not exist"
        raise EC2ClientError("InvalidTransitGatewayID.NotFound", sentence)


def _only_interface(backend: Any, instance_id: str) -> str:
    instance = backend.get_instance(instance_id)
    if instance.state == "terminated":
        raise EC2ClientError(
            "InvalidInstanceID.NotFound", f"The instance ID '{instance_id}' does not exist"
        )
    if len(instance.nics) != 1:
        sentence = (
            f"There are multiple interfaces attached to instance '{instance_id}'. "
            "Please specify an interface ID for the operation instead."
        )
        raise EC2ClientError("InvalidInstanceID", sentence)
    return str(next(iter(instance.nics.values())).id)


def _check_destination(backend: Any, table: Any, destination: str, target: str) -> None:
    """Ranges that no route may have, and destinations inside the VPC: a whole subnet or nothing.

    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html (169.254.168.0/22,
    fd00:ec2::/32; "more specific than the local route"; "Gateway route tables": whole VPC and
    subnet blocks only).
    """
    network = ipaddress.ip_network(destination)
    if any(_inside(network, each) for each in FORBIDDEN):
        sentence = (
            f"The destination CIDR block {destination} is reserved and cannot be used in a route"
        )
        raise EC2ClientError("InvalidParameterValue", sentence)
    blocks = list(_vpc_blocks(backend, table.vpc_id))
    if network in blocks:
        return  # the local route: it exists, or it is replaced
    within = any(_inside(network, block) for block in blocks)
    if within and target not in _MORE_SPECIFIC:
        sentence = (
            f"The destination CIDR block {destination} is equal to or more specific than one "
            "of this VPC's CIDR blocks. This route can target only an interface or an instance."
        )
        raise EC2ClientError("InvalidParameterValue", sentence)
    edge = any(each.startswith(("igw-", "vgw-")) for each in table._associations.values())
    if (within or edge) and network not in _subnet_blocks(backend, table.vpc_id):
        sentence = "Route destination doesn't match any subnet CIDR blocks"
        raise EC2ClientError("InvalidParameterValue", sentence)


def _inside(network: Network, other: Network) -> bool:
    if isinstance(network, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and network.subnet_of(other)
    return isinstance(other, ipaddress.IPv6Network) and network.subnet_of(other)


def _vpc_blocks(backend: Any, vpc_id: str) -> Iterator[Network]:
    vpc = backend.get_vpc(vpc_id)
    for ipv6 in (False, True):
        for each in vpc.get_cidr_block_association_set(ipv6=ipv6):
            yield ipaddress.ip_network(each["cidr_block"])


def _subnet_blocks(backend: Any, vpc_id: str) -> set[Network]:
    blocks: set[Network] = set()
    for subnets in backend.subnets.values():
        for subnet in subnets.values():
            if subnet.vpc_id == vpc_id:
                sixes = (
                    each["ipv6CidrBlock"] for each in subnet.ipv6_cidr_block_associations.values()
                )
                blocks.update(map(ipaddress.ip_network, (subnet.cidr_block, *sixes)))
    return blocks
