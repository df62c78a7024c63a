# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import struct

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._version import VERSION
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    TIMEOUT,
    answering,
    free_port,
    hanging_after,
    listening,
    probe,
    serving,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def test_an_expected_status_passes() -> None:
    with serving(answering(OK)) as port:
        result = probe(port)
    assert result.evidence is Evidence.PASSED
    assert result.reason == f"127.0.0.1:{port} answered with status 200"


def test_the_question_is_a_plain_get() -> None:
    asked: list[bytes] = []
    with serving(answering(OK, asked=asked)) as port:
        probe(port, path="/health?deep=1")
    head = asked[0].decode().split("\r\n")
    assert head[0] == "GET /health?deep=1 HTTP/1.1"
    assert f"Host: 127.0.0.1:{port}" in head
    assert f"User-Agent: floating-ip/{VERSION}" in head
    assert "Connection: close" in head
    assert asked[0].endswith(b"\r\n\r\n")


def test_the_host_header_can_be_set() -> None:
    asked: list[bytes] = []
    with serving(answering(OK, asked=asked)) as port:
        probe(port, host="app.example.org")
    assert b"\r\nHost: app.example.org\r\n" in asked[0]


def test_an_ipv6_host_is_bracketed() -> None:
    asked: list[bytes] = []
    with serving(answering(OK, asked=asked), "::1") as port:
        probe(port, address="::1")
    assert b"\r\nHost: [::1]:%d\r\n" % port in asked[0]


def test_a_path_with_odd_characters_is_quoted() -> None:
    asked: list[bytes] = []
    with serving(answering(OK, asked=asked)) as port:
        probe(port, path="/a b\r\nX: y/é")
    assert asked[0].startswith(b"GET /a%20b%0D%0AX:%20y/%C3%A9 HTTP/1.1\r\n")


def test_a_host_that_would_break_the_question_is_not_sent() -> None:
    with listening() as port:
        result = probe(port, host="a\r\nX: y")
    assert result.evidence is Evidence.UNKNOWN
    assert "set probe.host to a name" in result.reason


def test_an_unexpected_status_is_wrong() -> None:
    with serving(answering(b"HTTP/1.1 503 Busy\r\n\r\n")) as port:
        result = probe(port, expect_status=((200, 299), (301, 301)))
    assert result.evidence is Evidence.WRONG
    assert result.reason == f"127.0.0.1:{port} answered with status 503, not 200-299, 301"


def test_a_server_that_accepts_and_says_nothing_is_a_timeout() -> None:
    with listening() as port:
        result = probe(port, timeout=TIMEOUT)
    assert result.evidence is Evidence.TIMEOUT
    assert "which accepted the connection, within 0.05 s" in result.reason


def test_a_server_that_hangs_in_its_headers_is_a_timeout() -> None:
    with serving(hanging_after(b"HTTP/1.1 200 OK\r\nServer: x")) as port:
        result = probe(port, timeout=TIMEOUT)
    assert result.evidence is Evidence.TIMEOUT
    assert result.reason == f"no complete answer from 127.0.0.1:{port} within 0.05 s"


def test_the_status_is_judged_before_the_body_has_come() -> None:
    with serving(hanging_after(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")) as port:
        assert probe(port).evidence is Evidence.PASSED


def test_the_text_is_found_before_the_body_has_ended() -> None:
    with serving(hanging_after(OK.replace(b"h: 2", b"h: 99"), b" and well")) as port:
        assert probe(port, expect_body="and well").evidence is Evidence.PASSED


def test_a_missing_text_is_wrong() -> None:
    with serving(hanging_after(OK)) as port:
        result = probe(port, expect_body="primary")
    assert result.evidence is Evidence.WRONG
    assert result.reason == f"the answer of 127.0.0.1:{port} does not contain 'primary'"


@pytest.mark.parametrize("banner", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x15\x03\x01\x00\x02\x02F"])
def test_another_protocol_is_wrong_at_once(banner: bytes) -> None:
    with serving(hanging_after(banner)) as port:
        result = probe(port)
    assert result.evidence is Evidence.WRONG
    assert "not HTTP" in result.reason


def test_a_close_without_an_answer_is_wrong() -> None:
    with serving(answering()) as port:
        result = probe(port)
    assert result.evidence is Evidence.WRONG
    assert result.reason == f"127.0.0.1:{port} closed the connection without an answer"


def test_a_reset_is_a_refusal() -> None:
    def reset(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with serving(reset) as port:
        result = probe(port)
    assert result.evidence is Evidence.REFUSED
    assert result.reason == f"127.0.0.1:{port} reset the connection"


def test_a_closed_port_is_a_refusal() -> None:
    assert probe(free_port()).evidence is Evidence.REFUSED
