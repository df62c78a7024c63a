# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long an address of a host is silent: pings from the router, every few milliseconds.

The kernel of the host answers, so what is measured is the address and nothing above it.
"""

from __future__ import annotations

import os
import select
import socket
import struct
import threading
import time
from collections.abc import Sequence

from ansible_collections.netops.floating_ip.tests.lab import netns
from ansible_collections.netops.floating_ip.tests.lab.lab import Host
from ansible_collections.netops.floating_ip.tests.lab.router import Router
from ansible_collections.netops.floating_ip.tests.opened import Opened

INTERVAL = 0.004
LATE = 0.3  # an answer that takes longer is none
_HEADER = struct.Struct("!BBHHH")
_SO_BINDTODEVICE = 25


def lead(router: Router, host: Host, addresses: Sequence[str], metric: int) -> None:
    """Let the router reach addresses by this host's wire too, beside the wires of others."""
    dev = f"dev {host.wire.link}"
    router.ip(
        *(f"neighbour replace {a} lladdr {host.wire.mac} {dev} nud permanent" for a in addresses),
        *(f"route append {a} {dev} metric {metric}" for a in addresses),
    )


class _Pings:
    """Those to one address."""

    def __init__(self, router: str, link: str, address: str) -> None:
        self.address = address
        self._six = ":" in address
        self._id = int.from_bytes(os.urandom(2), "big")
        self.socket = netns.within(router, lambda: self._open(link))
        self.sent: list[float] = []
        self.answered: set[int] = set()

    def _open(self, link: str) -> socket.socket:
        family = socket.AF_INET6 if self._six else socket.AF_INET
        protocol = socket.IPPROTO_ICMPV6 if self._six else socket.IPPROTO_ICMP
        made = socket.socket(family, socket.SOCK_RAW, protocol)
        made.setsockopt(socket.SOL_SOCKET, _SO_BINDTODEVICE, link.encode() + b"\0")
        made.setblocking(False)
        return made

    def send(self, now: float) -> None:
        sequence = len(self.sent)
        self.sent.append(now)
        head = _HEADER.pack(128 if self._six else 8, 0, 0, self._id, sequence & 0xFFFF)
        if not self._six:
            head = _HEADER.pack(8, 0, _checksum(head), self._id, sequence & 0xFFFF)
        try:
            self.socket.sendto(head, (self.address, 0))
        except OSError:
            pass  # its link is down: unanswered

    def receive(self) -> None:
        packet = self.socket.recv(2048)
        packet = packet if self._six else packet[(packet[0] & 15) * 4 :]
        kind, _code, _checksum, identifier, sequence = _HEADER.unpack(packet[: _HEADER.size])
        if kind == (129 if self._six else 0) and identifier == self._id:
            self.answered.add(sequence)

    def gap(self) -> float:
        """The longest silence in seconds; 0 where every ping was answered."""
        longest, first = 0.0, None
        for sequence, when in enumerate(self.sent):
            if sequence & 0xFFFF in self.answered:
                first = None
                continue
            first = when if first is None else first
            longest = max(longest, when - first + INTERVAL)
        return longest


class Meter(Opened):
    """`with Meter(router, host, addresses) as meter: …`; then `meter.gaps`, by address."""

    def __init__(self, router: Router, host: Host, addresses: Sequence[str]) -> None:
        self._pings = [_Pings(router.netns, host.wire.link, address) for address in addresses]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.gaps: dict[str, float] = {}
        self._thread.start()
        time.sleep(0.1)

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self.gaps = {pings.address: pings.gap() for pings in self._pings}
        for pings in self._pings:
            pings.socket.close()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._stop.is_set():
            for pings in self._pings:
                pings.send(time.monotonic())
            due = max(due + INTERVAL, time.monotonic())
            self._receive(due)
        self._receive(time.monotonic() + LATE)

    def _receive(self, until: float) -> None:
        by_socket = {pings.socket: pings for pings in self._pings}
        while (left := until - time.monotonic()) > 0:
            for readable in select.select(list(by_socket), [], [], left)[0]:
                by_socket[readable].receive()


def _checksum(data: bytes) -> int:
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
