# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""References: hosts outside this one whose any answer proves that the path out of here works."""

from __future__ import annotations

import socket
from typing import Optional

from .._definition.model import Probe
from .._engine.health import Answer, Evidence
from .request import Done, ProbeRequest, bracketed
from .resolver import literal

TIMEOUT = 0.5  # seconds


def ask(address: str, port: int, timeout: float = TIMEOUT) -> ProbeRequest:
    """A request for the Prober: a TCP connection, its target named "reference ADDRESS:PORT"."""
    settings = Probe(protocol="tcp", port=port, timeout=timeout)
    return ProbeRequest(f"reference {bracketed(address)}:{port}", address, settings)


def answer_of(done: Done) -> Optional[Answer]:
    """The answer in a finished request: a connection or a refusal by another host than this."""
    if done.result.evidence not in (Evidence.PASSED, Evidence.REFUSED):
        return None
    if is_this_host(done.request.address):
        return None
    return Answer(done.request.target, done.result.ended)


def is_this_host(address: str) -> bool:
    """Whether this host would talk to itself. Never of a name: that would cost a lookup."""
    endpoint = literal(address, 9)  # any port: nothing is sent
    if endpoint is None:
        return False
    try:
        with socket.socket(endpoint.family, socket.SOCK_DGRAM) as sock:
            sock.connect(endpoint.sockaddr)
            return bool(sock.getsockname()[0] == sock.getpeername()[0])
    except OSError:
        return False
