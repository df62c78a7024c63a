# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The udp probe: a datagram to an echo server. For labs: real services rarely echo."""

from __future__ import annotations

import os
import selectors
import socket

from .._engine.health import Evidence
from .request import ProbeRequest, Steps, Verdict, Wait
from .tools import Tools


def steps(request: ProbeRequest, tools: Tools) -> Steps:
    endpoints = yield from tools.resolver.endpoints(request.address, request.port)
    endpoint, token = endpoints[0], os.urandom(16)
    with socket.socket(endpoint.family, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)
        sock.connect(endpoint.sockaddr)  # from now on a refusal reaches it too
        sock.send(token)
        while True:
            yield Wait(sock, selectors.EVENT_READ, f"echo from {request.where}")
            if _received(sock) == token:
                return Verdict(Evidence.PASSED, f"{request.where} echoed")


def _received(sock: socket.socket) -> bytes:
    """One datagram, or nothing where the kernel has dropped a damaged one since it woke us."""
    try:
        return sock.recv(2048)
    except BlockingIOError:
        return b""
