# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IPv6 addresses of interfaces: there is no AllowReassignment for them."""

from __future__ import annotations

import ipaddress
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces

from .addresses import invalid
from .patch import corrects


def _blocks(subnet: Any) -> list[ipaddress.IPv6Network]:
    found = subnet.ipv6_cidr_block_associations.values()
    return [ipaddress.IPv6Network(each["ipv6CidrBlock"]) for each in found if each]


@corrects(ElasticNetworkInterfaces, "assign_ipv6_addresses")
def assign_ipv6_addresses(moto: Any, self: Any) -> Any:
    """In the subnet's IPv6 block, and on no other interface. The reply names the new addresses
    only.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignIpv6Addresses.html
    """
    eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
    blocks = _blocks(eni.subnet)
    if not blocks:
        raise invalid(f"The subnet {eni.subnet.id} has no IPv6 CIDR block")
    wanted = [_canonical(each, blocks) for each in self._get_param("Ipv6Addresses", [])]
    for other in self.ec2_backend.enis.values():
        used = set(wanted) & set(other.ipv6_addresses)
        if other is not eni and used:
            raise EC2ClientError("InvalidIPAddress.InUse", f"Address {sorted(used)[0]} is in use.")
    self.params["Ipv6Addresses"] = wanted
    before = list(eni.ipv6_addresses)
    moto(self)
    added = [
        address for address in eni.ipv6_addresses if address not in before or address in wanted
    ]
    return ActionResult({"AssignedIpv6Addresses": added, "NetworkInterfaceId": eni.id})


def _canonical(text: str, blocks: list[ipaddress.IPv6Network]) -> str:
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        raise invalid(f"invalid value for parameter address: {text}") from None
    if not any(address in block for block in blocks):
        raise invalid(f"Address {text} does not fall within the subnet's address range")
    return str(address)


@corrects(ElasticNetworkInterfaces, "unassign_ipv6_addresses")
def unassign_ipv6_addresses(moto: Any, self: Any) -> Any:
    """An address that is not there is an error; moto ignores it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignIpv6Addresses.html
    """
    eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
    wanted = [str(ipaddress.IPv6Address(each)) for each in self._get_param("Ipv6Addresses", [])]
    strangers = sorted(set(wanted) - set(eni.ipv6_addresses))
    if strangers:
        raise invalid(f"Some of [{', '.join(strangers)}] are not assigned to interface {eni.id}")
    self.params["Ipv6Addresses"] = wanted
    return moto(self)
