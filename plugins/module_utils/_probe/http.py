# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The http and https probes: one GET, judged as soon as enough of the answer has come."""

from __future__ import annotations

import functools
import selectors
import socket
import ssl
from collections.abc import Generator
from typing import Callable, Optional, TypeVar
from urllib.parse import quote

from .._definition.model import Probe
from .._engine.health import Evidence
from .._version import VERSION
from .answer import judge
from .connect import connected
from .request import ProbeRequest, Steps, Verdict, Wait, bracketed
from .tools import Tools

_CHUNK = 32 * 1024
_PATH_CHARACTERS = "/?&=%:@!$'()*+,;~-._[]"
_NOT_YET_VALID = 9  # OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID

T = TypeVar("T")


def steps(request: ProbeRequest, tools: Tools) -> Steps:
    settings = request.settings
    sock = yield from connected(request, tools.resolver)
    try:
        if settings.protocol == "https":
            sock = _wrapped(sock, request, tools)
            yield from _handshaken(sock, request.where)
        yield from _sent(sock, _question(settings, request.address, request.port), request.where)
        return (yield from _judged(sock, settings, request.where))
    except ssl.SSLCertVerificationError as error:
        return _bad_certificate(error, request.where)
    except (ssl.SSLError, ssl.CertificateError) as error:
        reason = getattr(error, "reason", None) or "the connection ended"
        return Verdict(Evidence.WRONG, f"TLS with {request.where} failed: {reason}")
    finally:
        sock.close()


def _wrapped(sock: socket.socket, request: ProbeRequest, tools: Tools) -> ssl.SSLSocket:
    name = _server_name(request.settings.host or request.address)
    context = tools.tls(request.settings.verify_tls)
    return context.wrap_socket(sock, server_hostname=name, do_handshake_on_connect=False)


def _handshaken(sock: socket.socket, where: str) -> Generator[Wait, None, None]:
    if isinstance(sock, ssl.SSLSocket):
        yield from _patiently(sock.do_handshake, sock, selectors.EVENT_READ, f"TLS with {where}")


def _sent(sock: socket.socket, data: bytes, where: str) -> Generator[Wait, None, None]:
    while data:
        send = functools.partial(sock.send, data)
        count = yield from _patiently(send, sock, selectors.EVENT_WRITE, f"room to ask {where}")
        data = data[count:]


def _judged(sock: socket.socket, settings: Probe, where: str) -> Generator[Wait, None, Verdict]:
    received = b""
    receive = functools.partial(sock.recv, _CHUNK)
    missing = f"answer from {where}, which accepted the connection,"
    if not isinstance(sock, ssl.SSLSocket):  # which may have read ahead
        yield Wait(sock, selectors.EVENT_READ, missing)
    while True:
        part = yield from _patiently(receive, sock, selectors.EVENT_READ, missing)
        received += part
        verdict = judge(received, not part, settings, where)
        if verdict is not None:
            return verdict
        missing = f"complete answer from {where}"


def _patiently(
    operation: Callable[[], T], sock: socket.socket, events: int, missing: str
) -> Generator[Wait, None, T]:
    """The operation's result, once it need not block; TLS may have to read in order to write."""
    while True:
        try:
            return operation()
        except ssl.SSLWantReadError:
            yield Wait(sock, selectors.EVENT_READ, missing)
        except ssl.SSLWantWriteError:
            yield Wait(sock, selectors.EVENT_WRITE, missing)
        except BlockingIOError:
            yield Wait(sock, events, missing)


def _bad_certificate(error: ssl.SSLCertVerificationError, where: str) -> Verdict:
    """A certificate from the future is more likely a clock of ours in the past."""
    if error.verify_code == _NOT_YET_VALID:
        reason = f"the certificate of {where} is not yet valid: check this host's clock"
        return Verdict(Evidence.UNKNOWN, reason)
    reason = f"the certificate of {where} is not accepted: {error.verify_message}"
    return Verdict(Evidence.WRONG, reason)


def _server_name(host: str) -> str:
    """A Host header's name without its port, for TLS."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host if host.count(":") > 1 else host.partition(":")[0]


def _question(settings: Probe, address: str, port: int) -> bytes:
    return _get(settings.protocol, settings.host, settings.path, address, port)


@functools.lru_cache(maxsize=4096)
def _get(protocol: str, host: Optional[str], path: str, address: str, port: int) -> bytes:
    """The request as bytes; ValueError where the host name cannot stand in one."""
    if host is None:
        usual = 443 if protocol == "https" else 80
        host = bracketed(address) + ("" if port == usual else f":{port}")
    elif not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not host.isprintable() or " " in host:
        raise ValueError(f"{host!r} cannot be a Host header: set probe.host to a name")
    lines = (
        f"GET {quote(path or '/', safe=_PATH_CHARACTERS)} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: floating-ip/{VERSION}",
        "Accept: */*",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")
