# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A TCP connection without blocking: the beginning of the tcp, http and https probes."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import struct
from collections.abc import Generator
from typing import Optional

from .request import ProbeRequest, Wait
from .resolver import Endpoint, Resolver

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER of no seconds: close without TIME_WAIT


def connected(request: ProbeRequest, resolver: Resolver) -> Generator[Wait, None, socket.socket]:
    """A connected, non-blocking socket that the caller closes.

    The addresses of a name are tried in turn; raises the last one's OSError, or Unmade.
    """
    endpoints = yield from resolver.endpoints(request.address, request.port)
    problem: Optional[OSError] = None
    for endpoint in endpoints:
        try:
            return (yield from _connected(endpoint, request))
        except OSError as error:
            problem = error
    raise problem or OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))


def _connected(endpoint: Endpoint, request: ProbeRequest) -> Generator[Wait, None, socket.socket]:
    sock = socket.socket(endpoint.family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        if request.abrupt:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        code = sock.connect_ex(endpoint.sockaddr)
        if code == errno.EINPROGRESS:
            yield Wait(sock, selectors.EVENT_WRITE, f"connection to {request.where}")
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if not code and sock.getsockname() == sock.getpeername():
            # A socket that drew the probed port as its own source port connects to itself.
            code = errno.ECONNREFUSED
        if code:
            raise OSError(code, os.strerror(code))
    except BaseException:  # GeneratorExit too: the deadline closes the probe here
        sock.close()
        raise
    return sock
