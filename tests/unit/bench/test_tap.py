# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import struct

from ansible_collections.netops.floating_ip.tests.bench.tap import (
    advertisement,
    first_of_connection,
)

SYN, ACK = 0x02, 0x10


def packet(source: str, to: str, protocol: int, payload: bytes, options: bytes = b"") -> bytes:
    head = bytes([0x45 + len(options) // 4]) + bytes(8) + bytes([protocol]) + bytes(2)
    return head + socket.inet_aton(source) + socket.inet_aton(to) + options + payload


def tcp(flags: int) -> bytes:
    return struct.pack("!HHIIBBHHH", 40000, 80, 0, 0, 0x50, flags, 0, 0, 0)


def test_only_the_packet_that_opens_a_connection_between_the_two_is_it() -> None:
    is_it = first_of_connection("10.0.1.4", "10.0.2.4")
    assert is_it(packet("10.0.1.4", "10.0.2.4", 6, tcp(SYN)))
    assert is_it(packet("10.0.1.4", "10.0.2.4", 6, tcp(SYN), options=bytes(8)))
    assert not is_it(packet("10.0.1.4", "10.0.2.4", 6, tcp(ACK)))
    assert not is_it(packet("10.0.2.4", "10.0.1.4", 6, tcp(SYN | ACK)))
    assert not is_it(packet("10.0.1.4", "10.0.2.5", 6, tcp(SYN)))
    assert not is_it(packet("10.0.1.4", "10.0.2.4", 17, tcp(SYN)))
    assert not is_it(packet("10.0.1.4", "10.0.2.4", 6, b""))


def test_an_advertisement_is_known_by_its_protocol_and_its_source() -> None:
    is_it = advertisement("10.9.0.1")
    assert is_it(packet("10.9.0.1", "224.0.0.18", 112, b""))
    assert not is_it(packet("10.9.0.2", "224.0.0.18", 112, b""))
    assert not is_it(packet("10.9.0.1", "224.0.0.18", 17, b""))
