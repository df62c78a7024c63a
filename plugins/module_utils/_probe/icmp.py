# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The icmp probe: one echo request. A hung or frozen host still answers it: prefer http.

An unprivileged ping socket where the kernel allows one, else a raw socket. Replies are told apart
by a token in the data, as the kernel chooses the identifier of a ping socket.
"""

from __future__ import annotations

import os
import selectors
import socket
import struct

from .._engine.health import Evidence
from .request import ProbeRequest, Steps, Unmade, Verdict, Wait
from .resolver import Endpoint
from .tools import Tools

_ECHO = {socket.AF_INET: (8, 0), socket.AF_INET6: (128, 129)}  # types of request and reply
_PROTOCOL = {socket.AF_INET: socket.IPPROTO_ICMP, socket.AF_INET6: socket.IPPROTO_ICMPV6}
_HEADER = struct.Struct("!BBHHH")  # type, code, checksum, identifier, sequence
_NOT_PERMITTED = (
    "this process may not send ICMP: put its group into the sysctl net.ipv4.ping_group_range, "
    "or give it CAP_NET_RAW"
)


def steps(request: ProbeRequest, tools: Tools) -> Steps:
    endpoints = yield from tools.resolver.endpoints(request.address, 0)
    endpoint = endpoints[0]
    token = os.urandom(16)
    with _ping_socket(endpoint) as sock:
        sock.setblocking(False)
        sock.connect(endpoint.sockaddr)  # from now on it hears that address alone
        sock.send(_echo_request(endpoint.family, token))
        while True:
            yield Wait(sock, selectors.EVENT_READ, f"echo reply from {request.where}")
            try:
                packet = sock.recv(2048)
            except BlockingIOError:
                continue
            if _is_reply(packet, sock, token):
                return Verdict(Evidence.PASSED, f"{request.where} answered the ping")


def _ping_socket(endpoint: Endpoint) -> socket.socket:
    protocol = _PROTOCOL[socket.AddressFamily(endpoint.family)]
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            return socket.socket(endpoint.family, kind, protocol)
        except PermissionError:
            continue
    raise Unmade(_NOT_PERMITTED)


def _echo_request(family: int, token: bytes) -> bytes:
    kind = _ECHO[socket.AddressFamily(family)][0]
    identifier = os.getpid() & 0xFFFF
    blank = _HEADER.pack(kind, 0, 0, identifier, 1) + token
    return _HEADER.pack(kind, 0, _checksum(blank), identifier, 1) + token


def _is_reply(packet: bytes, sock: socket.socket, token: bytes) -> bool:
    """A raw IPv4 socket delivers the IP header too; on loopback it also hears the request."""
    if sock.type == socket.SOCK_RAW and sock.family == socket.AF_INET:
        packet = packet[(packet[0] & 0x0F) * 4 :] if packet else packet
    return packet[:1] == bytes([_ECHO[sock.family][1]]) and packet[_HEADER.size :] == token


def _checksum(data: bytes) -> int:
    """RFC 1071. The kernel fills it in by itself on all but raw IPv4 sockets."""
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
