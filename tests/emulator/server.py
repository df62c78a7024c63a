# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The HTTP server: one thread a connection, kept alive, each reply in one write."""

from __future__ import annotations

import ipaddress
import select
import socket
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional
from urllib.parse import unquote

from .call import Reply, Request
from .control import PREFIX, Control
from .gateway import Gateway
from .stage import STAGE

_CHUNK_LINE = 1024


def _loopback(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    sentence = (
        f"{host} is not a loopback address. The emulator listens on loopback only; use 127.0.0.1."
    )
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise ValueError(sentence) from None
    if not address.is_loopback:
        raise ValueError(sentence)
    return address


class _Entrance(ThreadingHTTPServer):
    gateway: Gateway
    control: Control
    daemon_threads = True
    request_queue_size = 1024


class Server(_Entrance):
    def __init__(self, host: str, port: int) -> None:
        """ValueError for any host but a loopback address: there is no authentication here."""
        address = _loopback("127.0.0.1" if host == "localhost" else host)
        self.address_family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
        self.gateway = Gateway()
        self.control = Control(self.gateway)
        super().__init__((str(address), port), Handler)

    def server_bind(self) -> None:
        """Bind without HTTPServer's reverse lookup of the host's name."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    @property
    def url(self) -> str:
        host = f"[{self.server_name}]" if ":" in self.server_name else self.server_name
        return f"http://{host}:{self.server_port}"


class Door(_Entrance):
    """Another way into the same AWS: a listening socket that someone else made."""

    def __init__(self, server: Server, listening: socket.socket) -> None:
        self.gateway = server.gateway
        self.control = server.control
        address = listening.getsockname()[:2]
        super().__init__(address, Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_name, self.server_port = address


class Handler(BaseHTTPRequestHandler):
    server: _Entrance
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def setup(self) -> None:
        super().setup()
        if STAGE.settings.handshake_seconds > 0:
            time.sleep(STAGE.settings.handshake_seconds)

    def _serve(self) -> None:
        request = self._request()
        reply: Optional[Reply]
        if request.path.startswith(PREFIX):
            reply = self.server.control.handle(request)
        else:
            reply = self.server.gateway.handle(request, self._until_gone)
        if reply is None:
            self.close_connection = True
            return
        self._send(reply)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = _serve

    def _request(self) -> Request:
        path, _mark, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        port = self.client_address[1]
        return Request(self.command, unquote(path), query, headers, self._body(headers), port)

    def _body(self, headers: dict[str, str]) -> bytes:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(headers.get("content-length") or 0))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline(_CHUNK_LINE).split(b";")[0], 16)
        data = self.rfile.read(size)
        self.rfile.readline(_CHUNK_LINE)
        return data

    def _send(self, reply: Reply) -> None:
        lines = [f"HTTP/1.1 {reply.status} {self.responses.get(reply.status, ('',))[0]}"]
        lines += [f"{name}: {value}" for name, value in reply.headers]
        lines += [f"Date: {formatdate(STAGE.time(), usegmt=True)}", "Server: AmazonEC2"]
        lines.append(f"Content-Length: {len(reply.body)}")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        try:
            self.wfile.write(head + (b"" if self.command == "HEAD" else reply.body))
            self.wfile.flush()
        except OSError:  # the client gave up: a late reply
            self.close_connection = True

    def _until_gone(self, seconds: float) -> None:
        """Return when the client has closed its end of the connection, or after that time."""
        end = time.monotonic() + seconds
        poll = select.poll()
        poll.register(self.connection, select.POLLIN)
        while (left := end - time.monotonic()) > 0:
            if poll.poll(left * 1000) and not self._more():
                return

    def _more(self) -> bool:
        try:
            more = bool(self.connection.recv(1, socket.MSG_PEEK))
        except OSError:
            return False
        time.sleep(0.05 if more else 0)  # a pipelined request: nobody does that, so do not spin
        return more

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # the call log is enough
        return
