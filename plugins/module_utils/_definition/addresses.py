# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which addresses can float: their canonical text, and the ranges that AWS or reason refuses."""

from __future__ import annotations

import ipaddress
from typing import Optional, Union

from .error import Wrong, shown

Ip = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]

_REFUSED = tuple(
    (ipaddress.ip_network(cidr), reason)
    for cidr, reason in (
        ("0.0.0.0/8", "in 0.0.0.0/8, which no host can have"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.168.0/22", "in 169.254.168.0/22, which AWS keeps for its own services"),
        ("169.254.0.0/16", "a link-local address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "in 240.0.0.0/4, which is reserved"),
        ("::/128", "the unspecified address"),
        ("::1/128", "a loopback address"),
        ("fe80::/10", "a link-local address"),
        ("ff00::/8", "a multicast address"),
        ("fd00:ec2::/32", "in fd00:ec2::/32, which AWS keeps for its own services"),
    )
)

# Written out because `ipaddress.is_global` gives other answers in other releases of Python.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(cidr)
    for cidr in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "198.18.0.0/15",
        "192.0.2.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "fc00::/7",
        "2001:db8::/32",
    )
)


def ip_of(text: str) -> Optional[Ip]:
    """The address that `text` writes, or None: a name, a network, one with a zone (`%eth0`) …"""
    if "%" in text:
        return None
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def canonical_address(text: str) -> str:
    """The one way to write a floating address; Wrong says what is wrong with this one."""
    host, slash, length = text.partition("/")
    ip = ip_of(host)
    if ip is None:
        raise Wrong(
            f"must be an IPv4 or IPv6 address, not {shown(text)}: write for example 100.64.10.10."
        )
    if slash and length != str(ip.max_prefixlen):
        raise Wrong(f"must be one address, not the network {shown(text)}: write {ip}.")
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    if mapped is not None:
        raise Wrong(f"is an IPv4 address in IPv6 clothes, {text}: write {mapped}.")
    for network, reason in _REFUSED:
        if ip in network:
            raise Wrong(
                f"cannot float: {ip} is {reason}. Choose a private one, such as 100.64.10.10."
            )
    return str(ip)


def version_of(address: str) -> int:
    return ipaddress.ip_address(address).version


def is_public(address: str) -> bool:
    """Whether the address lies in space that belongs to someone on the internet."""
    ip = ipaddress.ip_address(address)
    return not any(ip in network for network in _NOT_PUBLIC)
