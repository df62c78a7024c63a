# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The router: a namespace that every host's wire leads to, and the only way from host to host.

No two hosts share a link. The router answers for every address (proxy ARP), as a VPC does, and
forwards by its main table: one route for each address that a wire leads to. A neighbour is never
asked for: frames go to the wire's MAC address, so a dead host is silent, and nobody is told.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import netns
from .commands import run
from .ip import Ip
from .plan import GATEWAY6

RULES = Path(__file__).with_name("router.nft")
SETTINGS = {
    "net.ipv4.ip_forward": 1,
    "net.ipv4.conf.all.rp_filter": 0,
    "net.ipv4.conf.default.rp_filter": 0,
    "net.ipv4.conf.all.send_redirects": 0,
    "net.ipv4.conf.default.send_redirects": 0,
    "net.ipv4.conf.default.proxy_arp": 1,
    "net.ipv6.conf.all.forwarding": 1,
    "net.ipv6.conf.default.accept_dad": 0,
}


@dataclass(frozen=True)
class Wire:
    """What leads from the router to one interface of a host: a pair of veth links.

    `addresses` are its own, the primary one of each version first.
    """

    link: str  # the router's end
    netns: str  # where the other end is
    device: str  # the name of the other end: eth0
    mac: str  # of the other end
    addresses: tuple[str, ...]
    gateway: str

    def hop(self, destination: str) -> str:
        """What a packet for any address is handed to, so that it arrives at this wire's MAC."""
        return link_local(self.mac) if ":" in destination else self.addresses[0]


class Router:
    def __init__(self, name: str) -> None:
        self.netns = name
        self.wires: dict[str, Wire] = {}  # by link
        self._ip: tuple[Ip, ...] = ()  # for lines of either version, and of version 6

    def start(self, addresses: Iterable[str]) -> None:
        """Make it, with these addresses of its own: what the hosts know AWS by."""
        netns.create(self.netns)
        self._ip = (Ip(self.netns), Ip(self.netns, "-6"))
        self._set(*(f"{name}={value}" for name, value in SETTINGS.items()))
        self.ip(*(f"address add {address} dev lo" for address in addresses))
        self.nft(RULES.read_text(encoding="utf-8"))

    def close(self) -> None:
        for each in self._ip:
            each.close()

    def connect(self, wire: Wire) -> None:
        """Lay a wire. Its far end is down until the host takes it up."""
        near = f"dev {wire.link}"
        ours, theirs = f"link add {wire.link} type veth", f"peer name {wire.device}"
        self.ip(
            f"{ours} {theirs} netns {wire.netns} address {wire.mac}",
            f"address add {GATEWAY6}/64 {near} nodad",
            f"link set {wire.link} up",
            f"address replace {wire.gateway}/32 dev lo",
            *(
                f"neighbour replace {hop} lladdr {wire.mac} {near} nud permanent"
                for hop in (wire.hop("0.0.0.0"), wire.hop("::"))
            ),
            *(self.route(address, wire) for address in wire.addresses),
        )
        # Else the first packet to an address of a neighbour waits for most of a second.
        self._set(f"net.ipv4.neigh.{wire.link}.proxy_delay=0")
        self.wires[wire.link] = wire

    def disconnect(self, wire: Wire) -> None:
        """Take a wire away: its other end vanishes from the host."""
        self.ip(f"link delete {wire.link}")
        del self.wires[wire.link]

    @staticmethod
    def route(destination: str, wire: Wire, table: str = "main") -> str:
        """The line that lets a destination lead to a wire."""
        to = f"via {wire.hop(destination)} dev {wire.link} onlink"
        return f"route replace {destination} {to} table {table}"

    def ip(self, *lines: str) -> None:
        """Run lines of ip(8) inside, in order; IpFailed says what it refused."""
        self._ip[0].run(lines)

    def rules(self, *lines: str) -> None:
        """Run lines about routing rules, for both versions."""
        for each in self._ip:
            each.run(f"rule {line}" for line in lines)

    def nft(self, text: str) -> None:
        """Run commands of nft(8) inside, all of them or none."""
        run(["ip", "netns", "exec", self.netns, "nft", "-f", "-"], text=text)

    def dropped(self) -> dict[str, int]:
        """How many packets the source/dest check has dropped: `forged`, `strange`."""
        command = ["nft", "-j", "list", "counters", "table", "inet", "lab"]
        listed = json.loads(run(["ip", "netns", "exec", self.netns, *command]).out)["nftables"]
        counters = (each["counter"] for each in listed if "counter" in each)
        return {counter["name"]: counter["packets"] for counter in counters}

    def silence(self, name: str) -> None:
        """Nothing that is sent arrives in this network namespace any more, or comes from there."""
        ends = [wire.device for wire in self.wires.values() if wire.netns == name]
        lines = "".join(f"link set {device} down\n" for device in ends)
        run(["ip", "-n", name, "-batch", "-"], text=lines)

    def _set(self, *values: str) -> None:
        run(["ip", "netns", "exec", self.netns, "sysctl", "-qw", *values])


def link_local(mac: str) -> str:
    """The IPv6 address that a kernel gives to an interface with this MAC address."""
    raw = bytes.fromhex(mac.replace(":", ""))
    tail = bytes([raw[0] ^ 2, *raw[1:3], 0xFF, 0xFE, *raw[3:]])
    return str(ipaddress.IPv6Address(b"\xfe\x80" + bytes(6) + tail))
