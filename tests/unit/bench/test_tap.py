# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import struct

from ansible_collections.netops.floating_ip.tests.bench.tap import (
    Passed,
    advertisement,
    first_of_connection,
    first_unanswered,
    words,
)

SYN, ACK = 0x02, 0x10


def packet(source: str, to: str, protocol: int, payload: bytes, options: bytes = b"") -> bytes:
    length = (20 + len(options) + len(payload)).to_bytes(2, "big")
    head = bytes([0x45 + len(options) // 4, 0]) + length + bytes(5) + bytes([protocol]) + bytes(2)
    return head + socket.inet_aton(source) + socket.inet_aton(to) + options + payload


def tcp(flags: int, source: int = 40000, to: int = 80, options: bytes = b"") -> bytes:
    head = 0x50 + (len(options) // 4 << 4)
    return struct.pack("!HHIIBBHHH", source, to, 0, 0, head, flags, 0, 0, 0) + options


def asked(at: float, port: int) -> Passed:
    return Passed(at, packet("10.0.1.4", "10.0.2.4", 6, tcp(SYN, port)))


def said(at: float, port: int) -> Passed:
    return Passed(at, packet("10.0.2.4", "10.0.1.4", 6, tcp(ACK, 80, port) + b"HTTP/1.1 200 OK"))


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


def test_words_are_more_than_an_acknowledgement() -> None:
    is_it = words("10.0.2.4", "10.0.1.4")
    assert is_it(said(1.0, 40000).packet)
    stamps = bytes(12)  # options of TCP are no words either
    assert is_it(packet("10.0.2.4", "10.0.1.4", 6, tcp(ACK, options=stamps) + b"x", bytes(8)))
    assert not is_it(packet("10.0.2.4", "10.0.1.4", 6, tcp(SYN | ACK, options=stamps), bytes(8)))
    assert not is_it(packet("10.0.1.4", "10.0.2.4", 6, tcp(ACK) + b"GET /"))
    assert not is_it(packet("10.0.2.4", "10.0.1.4", 6, b""))


def test_the_first_probe_without_an_answer_is_not_one_that_was_answered_right_before() -> None:
    probes = [asked(1.0, 1), asked(2.0, 2), asked(3.0, 3), asked(3.6, 4)]
    assert first_unanswered(probes, [said(1.001, 1), said(2.001, 2)]) == 3.0
    assert first_unanswered(probes[:2], [said(1.001, 1), said(2.001, 2)]) is None


def test_a_probe_that_was_lost_alone_is_not_the_first_of_those_that_fail() -> None:
    probes = [asked(1.0, 1), asked(1.6, 2), asked(1.7, 3), asked(2.6, 4)]
    assert first_unanswered(probes, [said(1.601, 2), said(1.701, 3)]) == 2.6


def test_an_answer_to_an_earlier_probe_from_the_same_port_is_none() -> None:
    probes = [asked(1.0, 1), asked(2.0, 2), asked(9.0, 1)]
    assert first_unanswered(probes, [said(1.001, 1), said(2.001, 2)]) == 9.0
