# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a parsed floating IP definition is: values only, with the schema's defaults.

`parse.py` makes these from YAML; every other layer reads them. Durations are seconds.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Optional

ROUTE = "route"
SECONDARY_IP = "secondary_ip"
MECHANISMS = (ROUTE, SECONDARY_IP)


@dataclass(frozen=True)
class Aws:
    """Where the AWS side lives. Credentials never stand in a definition."""

    region: Optional[str] = None
    role_arn: Optional[str] = None
    endpoint_url: Optional[str] = None


@dataclass(frozen=True)
class RouteTables:
    """The selectors add up; `tags` narrows `vpc_id` only."""

    ids: tuple[str, ...] = ()
    subnet_ids: tuple[str, ...] = ()
    vpc_id: Optional[str] = None
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.ids or self.subnet_ids or self.vpc_id)


@dataclass(frozen=True)
class Target:
    """An interface that may hold the address, by its id or by instance and device index."""

    name: str
    network_interface_id: Optional[str] = None
    instance_id: Optional[str] = None
    device_index: Optional[int] = None
    probe_address: Optional[str] = None


@dataclass(frozen=True)
class Probe:
    protocol: str = "http"  # tcp, http, https, icmp, command
    port: Optional[int] = 80  # None for icmp and command
    path: str = "/"
    host: Optional[str] = None  # the Host header and TLS server name; the probe address where None
    expect_status: tuple[tuple[int, int], ...] = ((200, 299),)  # inclusive ranges
    expect_body: Optional[str] = None  # a text that the body must contain
    verify_tls: bool = True
    command: tuple[
        str, ...
    ] = ()  # argv, no shell; its environment has FLOATING_IP_TARGET, _ADDRESS
    interval: float = 1.0
    timeout: float = 0.5
    fast_interval: float = 0.1
    rise: int = 2
    fall: int = 3
    min_down: float = 0.5


@dataclass(frozen=True)
class Policy:
    failback: str = "manual"  # or auto
    failback_delay: float = 300.0
    cooldown: float = 10.0
    settle: float = 60.0
    max_moves: int = 4
    max_moves_window: float = 3600.0
    breaker_delay: float = 300.0
    on_drift: str = "repair"  # or report
    reconcile_interval: float = 30.0
    # (host, TCP port): any answer, a refusal too, proves the path
    references: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Hooks:
    """Argument vectors, run on a target when it has become, or is no longer, the holder."""

    on_gained: tuple[str, ...] = ()
    on_lost: tuple[str, ...] = ()
    timeout: float = 10.0


@dataclass(frozen=True)
class Store:
    kind: str = "file"


@dataclass(frozen=True)
class FloatingIp:
    """One definition: an IPv4 address, an IPv6 one, or one of each that move as one unit."""

    name: str
    addresses: tuple[str, ...]  # canonical text, IPv4 before IPv6
    targets: tuple[Target, ...]  # most preferred first
    mechanism: str = ROUTE
    state: str = "present"
    allow_public: bool = False
    aws: Aws = Aws()
    route_tables: RouteTables = RouteTables()
    probe: Probe = Probe()
    policy: Policy = Policy()
    alias: str = "always"  # or holder
    hooks: Hooks = Hooks()
    store: Store = Store()
    objective_seconds: Optional[float] = None

    def target(self, name: str) -> Target:
        """The target of that name; KeyError where the definition has none."""
        for target in self.targets:
            if target.name == name:
                return target
        raise KeyError(name)


@lru_cache(maxsize=1024)  # asked for every cell of every look
def destination(address: str) -> str:
    """The host route to an address: 100.64.10.10/32, or /128 for IPv6."""
    return str(ipaddress.ip_network(address))
