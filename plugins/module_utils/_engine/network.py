# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a look at AWS found, as values in AWS's own words: `_aws` makes them, the engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional


@dataclass(frozen=True)
class Route:
    """One route: its destination and whatever it leads to."""

    destination: str  # CIDR, or a prefix list id
    interface: Optional[str] = None  # eni-…
    other: Optional[str] = None  # igw-…, nat-…, local, …: any target that is no interface
    blackhole: bool = False
    propagated: bool = False


@dataclass(frozen=True)
class RouteTable:
    id: str
    vpc: str
    routes: tuple[Route, ...] = ()
    subnets: tuple[str, ...] = ()  # explicit associations only
    main: bool = False
    gateway: bool = False  # associated with an internet or virtual private gateway: an edge table
    tags: Mapping[str, str] = field(default_factory=dict)

    def route(self, destination: str) -> Optional[Route]:
        return next((route for route in self.routes if route.destination == destination), None)


@dataclass(frozen=True)
class Interface:
    id: str
    vpc: str
    subnet: str
    zone: str  # availability zone
    primary_address: str
    addresses: tuple[str, ...] = ()  # every private IPv4 address, the primary one too
    ipv6_addresses: tuple[str, ...] = ()
    instance: Optional[str] = None
    device_index: Optional[int] = None
    source_dest_check: bool = True
    status: str = "in-use"
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Subnet:
    id: str
    vpc: str
    zone: str
    cidr: str
    ipv6_cidrs: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vpc:
    id: str
    cidrs: tuple[str, ...]  # every associated CIDR, IPv4 and IPv6
