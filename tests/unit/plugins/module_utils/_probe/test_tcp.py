# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    TIMEOUT,
    free_port,
    listening,
    probe,
)


def test_an_accepted_connection_passes() -> None:
    with listening() as port:
        result = probe(port, "tcp")
    assert result.evidence is Evidence.PASSED
    assert result.target == "db-a"
    assert result.reason == f"127.0.0.1:{port} accepted the connection"
    assert result.started <= result.ended


def test_a_refused_connection_is_a_refusal() -> None:
    port = free_port()
    result = probe(port, "tcp")
    assert result.evidence is Evidence.REFUSED
    assert result.reason == f"connection refused by 127.0.0.1:{port}"


def test_an_ipv6_address_is_bracketed_in_the_reason() -> None:
    with listening("::1") as port:
        result = probe(port, "tcp", address="::1")
    assert result.reason == f"[::1]:{port} accepted the connection"


def test_silence_is_a_timeout() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):  # fills the backlog: SYNs are dropped
            result = probe(port, "tcp", timeout=TIMEOUT)
    assert result.evidence is Evidence.TIMEOUT
    assert result.reason == f"no connection to 127.0.0.1:{port} within 0.05 s"


def test_a_probe_without_a_port_says_what_to_set() -> None:
    result = probe(None, "tcp")
    assert result.evidence is Evidence.UNKNOWN
    assert result.reason == "a tcp probe needs a port: set probe.port"


def test_a_socket_that_meets_itself_is_a_refusal() -> None:
    port = free_port()
    made = socket.socket
    try:

        class Bound(made):  # type: ignore[misc, valid-type]  # draws the probed port as its own
            def connect_ex(self, address: object) -> int:
                self.bind(("127.0.0.1", port))
                return int(super().connect_ex(address))

        socket.socket = Bound  # type: ignore[misc]  # the probe takes it from the module
        result = probe(port, "tcp")
    finally:
        socket.socket = made  # type: ignore[misc]  # as it was
    assert result.evidence is Evidence.REFUSED
