# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private addresses: each is in its subnet, is not reserved, and is on one interface only."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any, Optional

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.models.subnets import Subnet
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces

from .patch import corrects

_RESERVED_FIRST = 4  # the first four and the last: .../vpc/latest/userguide/subnet-sizing.html


def invalid(sentence: str) -> EC2ClientError:
    return EC2ClientError("InvalidParameterValue", sentence)


def holder_of(backend: Any, subnet: Any, address: str) -> tuple[Any, Optional[dict[str, Any]]]:
    """The interface in the subnet that has the address, and its entry there; or nothing."""
    for eni in backend.enis.values():
        if eni.subnet.id == subnet.id:
            for item in eni.private_ip_addresses:
                if item["PrivateIpAddress"] == address:
                    return eni, item
    return None, None


def check_in_subnet(subnet: Any, address: str) -> None:
    network = ipaddress.ip_network(subnet.cidr_block)
    try:
        place = int(ipaddress.IPv4Address(address)) - int(network.network_address)
    except ValueError:
        raise invalid(f"invalid value for parameter address: {address}") from None
    if not 0 <= place < network.num_addresses:
        raise invalid(f"Address {address} does not fall within the subnet's address range")
    if place < _RESERVED_FIRST or place == network.num_addresses - 1:
        raise invalid(f"Address {address} is in subnet's reserved address range")


def free_addresses(backend: Any, subnet: Any, count: int, without: Iterable[str] = ()) -> list[str]:
    """The lowest free addresses of a subnet, so that test worlds look alike."""
    taken = {
        item["PrivateIpAddress"]
        for eni in backend.enis.values()
        if eni.subnet.id == subnet.id
        for item in eni.private_ip_addresses
    }
    taken.update(without)
    network = ipaddress.ip_network(subnet.cidr_block)
    found: list[str] = []
    for place in range(_RESERVED_FIRST, network.num_addresses - 1):
        if len(found) == count:
            break
        address = str(network[place])
        if address not in taken:
            found.append(address)
    if len(found) < count:
        sentence = (
            f"There are not enough free addresses in subnet '{subnet.id}' to satisfy the "
            "requested number."
        )
        raise EC2ClientError("InsufficientFreeAddressesInSubnet", sentence)
    return found


@corrects(Subnet, "get_available_subnet_ip")
def get_available_subnet_ip(_moto: Any, self: Any, instance: Any) -> str:
    """The lowest address that no interface has; moto may hand out one that is taken.

    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (reserved addresses).
    """
    address = free_addresses(self.ec2_backend, self, 1)[0]
    self._subnet_ips[address] = instance
    return address


@corrects(Subnet, "request_ip")
def request_ip(_moto: Any, self: Any, ip: str, instance: Any) -> None:
    """InvalidIPAddress.InUse for a taken address, where moto gives HTTP 500.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    """
    check_in_subnet(self, ip)
    if holder_of(self.ec2_backend, self, ip)[0] is not None:
        raise EC2ClientError("InvalidIPAddress.InUse", f"Address {ip} is in use.")
    self._subnet_ips[ip] = instance


@corrects(NetworkInterfaceBackend, "create_network_interface")
def create_network_interface(
    moto: Any,
    self: Any,
    subnet: Any,
    private_ip_address: Any = None,
    private_ip_addresses: Any = None,
    *args: Any,
    secondary_ips_count: Any = None,
    **kwargs: Any,
) -> Any:
    """Addresses in the subnet, free, and not picked at random out of those that others have.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html
    """
    subnet = self.get_subnet(subnet) if isinstance(subnet, str) else subnet
    items = _wanted(private_ip_address, private_ip_addresses)
    names = [item["PrivateIpAddress"] for item in items]
    for name in names:
        _check_free(self, subnet, name)
    if not items:
        names = free_addresses(self, subnet, 1)
        items = [{"PrivateIpAddress": names[0], "Primary": True}]
    more = free_addresses(self, subnet, int(secondary_ips_count or 0), names)
    items += [{"PrivateIpAddress": address, "Primary": False} for address in more]
    primary = next(item["PrivateIpAddress"] for item in items if item["Primary"])
    return moto(self, subnet, primary, items, *args, **kwargs)


def _check_free(backend: Any, subnet: Any, address: str) -> None:
    check_in_subnet(subnet, address)
    if holder_of(backend, subnet, address)[0] is not None:
        raise EC2ClientError("InvalidIPAddress.InUse", f"Address {address} is in use.")


def _wanted(one: Any, several: Any) -> list[dict[str, Any]]:
    one = one[0] if isinstance(one, list) and one else one
    items = [
        {"PrivateIpAddress": each, "Primary": False}
        if isinstance(each, str)
        else {"PrivateIpAddress": each["PrivateIpAddress"], "Primary": bool(each.get("Primary"))}
        for each in several or ()
    ]
    if one and not any(item["PrivateIpAddress"] == one for item in items):
        items.insert(0, {"PrivateIpAddress": one, "Primary": True})
    if items and not any(item["Primary"] for item in items):
        items[0]["Primary"] = True
    return items


@corrects(ElasticNetworkInterfaces, "assign_private_ip_addresses")
def assign_private_ip_addresses(_moto: Any, self: Any) -> Any:
    """AllowReassignment moves a secondary address; without it, or if it is a primary, it stays.
    All or none.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html
    """
    backend = self.ec2_backend
    eni = backend.get_network_interface(self._get_param("NetworkInterfaceId"))
    wanted = list(self._get_param("PrivateIpAddresses", []))
    count = self._get_int_param("SecondaryPrivateIpAddressCount", 0)
    if bool(wanted) == bool(count):
        code = "InvalidParameterCombination" if wanted else "MissingParameter"
        sentence = (
            "Specify either privateIpAddresses or secondaryPrivateIpAddressCount, and not both."
        )
        raise EC2ClientError(code, sentence)
    wanted = wanted or free_addresses(backend, eni.subnet, count)
    moves = bool(self._get_bool_param("AllowReassignment", False))
    losers = [_loser(backend, eni, address, moves) for address in wanted]
    for address, (other, item) in zip(wanted, losers, strict=False):
        if other is eni:
            continue
        if other is not None:
            other.private_ip_addresses.remove(item)
        eni.private_ip_addresses.append({"Primary": False, "PrivateIpAddress": address})
    assigned = [{"PrivateIpAddress": address} for address in wanted]
    return ActionResult({"NetworkInterfaceId": eni.id, "AssignedPrivateIpAddresses": assigned})


def _loser(
    backend: Any, eni: Any, address: str, moves: bool
) -> tuple[Any, Optional[dict[str, Any]]]:
    check_in_subnet(eni.subnet, address)
    other, item = holder_of(backend, eni.subnet, address)
    if other is None or other is eni or item is None:
        return other, item
    if item.get("Primary"):
        raise invalid(
            f"[{address}] is the primary private IP address of another network interface "
            "and cannot be moved"
        )
    if not moves:
        raise invalid(
            f"[{address}] have already been assigned to another network interface, "
            "but move is not allowed"
        )
    return other, item


@corrects(ElasticNetworkInterfaces, "unassign_private_ip_addresses")
def unassign_private_ip_addresses(_moto: Any, self: Any) -> Any:
    """An address that is not there, or is the primary, is an error; moto ignores the one and
    takes the other.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html
    """
    eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
    wanted = set(self._get_param("PrivateIpAddresses", []))
    here = {item["PrivateIpAddress"]: item for item in eni.private_ip_addresses}
    strangers = sorted(wanted - here.keys())
    if strangers:
        raise invalid(f"Some of [{', '.join(strangers)}] are not assigned to interface {eni.id}")
    if any(here[address].get("Primary") for address in wanted):
        raise invalid(f"The primary private IP address of interface {eni.id} cannot be unassigned")
    eni.private_ip_addresses = [item for address, item in here.items() if address not in wanted]
    return EmptyResult()
