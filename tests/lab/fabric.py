# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must be so in the router for EC2's state to be true of packets: values, by pure code."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .follow import table_of
from .identity import mac_at
from .plan import HostPlan
from .router import Wire


@dataclass(frozen=True)
class Plugged:
    """A host that is an instance, and the network namespace that it lives in."""

    plan: HostPlan
    netns: str


@dataclass(frozen=True)
class Fabric:
    """Links are the router's ends of wires. An empty link: such packets go nowhere."""

    wires: Mapping[str, Wire] = field(default_factory=dict)  # by link; those that AWS attached
    leads: Mapping[str, str] = field(default_factory=dict)  # address: link
    tables: Mapping[str, str] = field(default_factory=dict)  # link: the route table it goes by
    routes: Mapping[tuple[str, str], str] = field(default_factory=dict)  # table, destination: link
    inside: frozenset[str] = frozenset()  # the VPCs' blocks
    own: frozenset[tuple[str, str]] = frozenset()  # link, address
    checked: frozenset[str] = frozenset()  # links with the source/dest check on
    off: frozenset[str] = frozenset()  # links of instances that do not run


@dataclass(frozen=True)
class _Port:
    """One interface of a host, and EC2's facts about it."""

    link: str
    eni: str
    facts: Mapping[str, Any]
    is_off: bool
    wire: Wire | None  # None for eth0, whose wire was there before


def fabric(state: Mapping[str, Any], hosts: Mapping[str, Plugged]) -> Fabric:
    """`hosts` by instance id. What no host of the lab has is nowhere: packets for it vanish."""
    ports = [port for instance, host in hosts.items() for port in _ports(state, instance, host)]
    links = {port.eni: port.link for port in ports}
    own = frozenset((port.link, at) for port in ports for at in port.facts.get("addresses", {}))
    return Fabric(
        wires={port.link: port.wire for port in ports if port.wire},
        leads={address: link for link, address in own},
        tables={port.link: table_of(state, port.facts["subnet"]) for port in ports},
        routes=dict(_routes(state, links)),
        inside=frozenset(_blocks(state, ports)),
        own=own,
        checked=frozenset(port.link for port in ports if port.facts["source_dest_check"]),
        off=frozenset(port.link for port in ports if port.is_off),
    )


def _ports(state: Mapping[str, Any], instance: str, host: Plugged) -> Iterator[_Port]:
    facts = state["instances"].get(instance)
    if facts is None:  # terminated, or not started yet
        return
    for index, eni in sorted(facts["interfaces"].items()):
        interface = state["network_interfaces"].get(eni)
        if interface is None:
            continue
        is_first = index == "0"
        link = f"v-{host.plan.name}" if is_first else f"e-{eni[-11:]}"
        wire = None if is_first else _wire(state, link, host, (int(index), eni, interface))
        yield _Port(link, eni, interface, facts["state"] != "running", wire)


def _wire(
    state: Mapping[str, Any], link: str, host: Plugged, at: tuple[int, str, Mapping[str, Any]]
) -> Wire:
    index, eni, interface = at
    subnet = ipaddress.ip_network(state["subnets"][interface["subnet"]]["cidr"])
    primary = next(ip for ip, each in interface["addresses"].items() if each["primary"])
    mac = mac_at(host.plan, eni, index)
    return Wire(link, host.netns, f"eth{index}", mac, (primary,), str(subnet[1]))


def _routes(
    state: Mapping[str, Any], links: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Of every table; a target that is no interface of a host is not in this lab."""
    for table, facts in state["route_tables"].items():
        for destination, to in facts.get("routes", {}).items():
            if to.get("gateway_id") == "local" or "/" not in destination:
                continue
            dead = to["state"] == "blackhole"
            link = "" if dead else links.get(to.get("network_interface_id", ""), "")
            yield (table, destination), link


def _blocks(state: Mapping[str, Any], ports: list[_Port]) -> Iterator[str]:
    for vpc in {port.facts["vpc"] for port in ports}:
        facts = state["vpcs"].get(vpc, {})
        yield from (*facts.get("cidrs", ()), *facts.get("ipv6_cidrs", ()))
