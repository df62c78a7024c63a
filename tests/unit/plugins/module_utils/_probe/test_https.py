# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import socket
import ssl
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.http import _server_name
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe import (
    certificates,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    TIMEOUT,
    Conversation,
    answering,
    hanging_after,
    listening,
    probe,
    serving,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return certificates.certificate(tmp_path_factory.mktemp("tls") / "server.pem")


def with_tls(pem: pathlib.Path, conversation: Conversation) -> Conversation:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def secured(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as inside:
            conversation(inside)

    return secured


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda pem: monkeypatch.setenv("SSL_CERT_FILE", str(pem))


def https(pem: pathlib.Path, *answer: bytes, **settings: Any) -> ProbeResult:
    with serving(with_tls(pem, answering(*answer or (OK,)))) as port:
        return probe(port, "https", **settings)


@pytest.mark.parametrize(
    "settings", [{}, {"host": certificates.NAME}, {"host": f"{certificates.NAME}:8443"}]
)
def test_a_trusted_certificate_passes(
    trusted: pathlib.Path, trust: Any, settings: dict[str, Any]
) -> None:
    trust(trusted)
    assert https(trusted, **settings).evidence is Evidence.PASSED


def test_a_large_body_is_searched(trusted: pathlib.Path, trust: Any) -> None:
    trust(trusted)
    body = b"HTTP/1.1 200 OK\r\n\r\n" + b"." * 60_000 + b"ready"
    assert https(trusted, body, expect_body="ready").evidence is Evidence.PASSED


def test_an_untrusted_certificate_is_wrong(trusted: pathlib.Path) -> None:
    result = https(trusted)
    assert result.evidence is Evidence.WRONG
    assert "is not accepted: self-signed certificate" in result.reason


def test_another_name_is_wrong(trusted: pathlib.Path, trust: Any) -> None:
    trust(trusted)
    result = https(trusted, host="other.internal")
    assert result.evidence is Evidence.WRONG
    assert "other.internal" in result.reason


def test_verification_can_be_switched_off(trusted: pathlib.Path) -> None:
    assert https(trusted, verify_tls=False).evidence is Evidence.PASSED


def test_an_expired_certificate_is_wrong(tmp_path: pathlib.Path, trust: Any) -> None:
    pem = certificates.certificate(tmp_path / "old.pem", -9, -1)
    trust(pem)
    result = https(pem)
    assert result.evidence is Evidence.WRONG
    assert "expired" in result.reason


def test_a_certificate_from_the_future_is_rather_a_wrong_clock(
    tmp_path: pathlib.Path, trust: Any
) -> None:
    pem = certificates.certificate(tmp_path / "new.pem", 1, 9)
    trust(pem)
    result = https(pem)
    assert result.evidence is Evidence.UNKNOWN
    assert "check this host's clock" in result.reason


def test_plain_http_behind_https_is_wrong() -> None:
    with serving(lambda connection: connection.sendall(OK)) as port:
        result = probe(port, "https")
    assert result.evidence is Evidence.WRONG
    assert result.reason.startswith(f"TLS with 127.0.0.1:{port} failed")


def test_a_close_in_the_handshake_is_wrong() -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.recv(4096)

    with serving(hang_up) as port:
        result = probe(port, "https")
    assert result.evidence is Evidence.WRONG


def test_a_server_that_hangs_in_the_handshake_is_a_timeout() -> None:
    with listening() as port:
        result = probe(port, "https", timeout=2 * TIMEOUT)
    assert result.evidence is Evidence.TIMEOUT
    assert result.reason == f"no TLS with 127.0.0.1:{port} within 0.1 s"


def test_a_server_that_hangs_after_the_handshake_is_a_timeout(trusted: pathlib.Path) -> None:
    with serving(with_tls(trusted, hanging_after(b"HTTP/1.1 2"))) as port:
        result = probe(port, "https", verify_tls=False, timeout=4 * TIMEOUT)
    assert result.evidence is Evidence.TIMEOUT


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("app.internal", "app.internal"),
        ("app.internal:8443", "app.internal"),
        ("10.0.1.10", "10.0.1.10"),
        ("fd00::1", "fd00::1"),
        ("[fd00::1]:8443", "fd00::1"),
    ],
)
def test_the_server_name_has_no_port(host: str, name: str) -> None:
    assert _server_name(host) == name
