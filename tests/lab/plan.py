# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a host is to be: values only."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field

STACKS = ("networkd", "netplan", "NetworkManager", "ifupdown", "none")
LONGEST_NAME = 12  # the kernel allows a link 15 characters, and ours begins with "v-"
GATEWAY6 = "fe80::1"  # of every host, as in a VPC


@dataclass(frozen=True)
class HostPlan:
    """One host. Its eth0 leads to the router and to nowhere else.

    `address6` has a prefix of 128, as AWS gives it. `dhcp`: the same address, but by a lease.
    `interfaces`: MAC addresses by ENI id, for the metadata service; the first one is eth0's.
    `binds`: folders of this machine that the host sees, by the path inside; it cannot write there.
    """

    name: str
    address: str  # 10.0.1.10/24
    gateway: str = ""  # the first address of the subnet, as in a VPC
    suite: str = "bookworm"
    stack: str = "networkd"
    address6: str = ""
    dhcp: bool = False
    instance_id: str | None = None
    region: str = "eu-west-1"
    interfaces: Mapping[str, str] = field(default_factory=dict)
    binds: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= len(self.name) <= LONGEST_NAME:
            raise ValueError(f"{self.name}: a host's name has 1 to {LONGEST_NAME} characters.")
        if self.stack not in STACKS:
            raise ValueError(f"{self.name}: there is no stack {self.stack}; use one of {STACKS}.")

    @property
    def ip(self) -> str:
        return str(ipaddress.ip_interface(self.address).ip)

    @property
    def ip6(self) -> str:
        return str(ipaddress.ip_interface(self.address6).ip) if self.address6 else ""

    @property
    def router(self) -> str:
        """The address of the gateway."""
        return self.gateway or str(ipaddress.ip_interface(self.address).network[1])

    @property
    def mac(self) -> str:
        """The MAC address of eth0."""
        return next(iter(self.interfaces.values()), "") or mac_of(self.name)


def mac_of(name: str) -> str:
    """A MAC address that belongs to this name: unicast, locally administered."""
    digest = hashlib.sha256(name.encode()).digest()
    return ":".join(f"{byte:02x}" for byte in (0x06, *digest[:5]))
