# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is around the agent: the web servers of the targets, the way to AWS, patience."""

from __future__ import annotations

import contextlib
import http.server
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PROBED = {"db-a": "127.0.3.10", "db-b": "127.0.3.11"}
PATIENCE = 20.0  # seconds: a bound for a machine that is busy, not a measure


def wait_until(what: str, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The condition's value as soon as it is true."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.02)


class _Healthy(http.server.BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.server.probed.append(time.monotonic())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    probed: list[float]

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)  # without a reverse lookup of our own name
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "here", self.server_address[1]


@dataclass
class Services:
    """The targets' web servers, all on one port, each on an address of its own.

    `probed`: when each was asked, by `time.monotonic`.
    """

    port: int = 0
    probed: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in PROBED})
    _running: dict[str, Any] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        for name in names:
            self.stop(name)
            server = _Server((PROBED[name], self.port), _Healthy)
            server.probed = self.probed[name]
            self.port = server.server_port
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            self._running[name] = server

    def hang(self, *names: str) -> None:
        """Accept connections, as a kernel does for a frozen process, and never answer."""
        for name in names:
            self.stop(name)
            listener = socket.create_server((PROBED[name], self.port), backlog=512)
            self._running[name] = listener

    def stop(self, *names: str) -> None:
        for name in names or tuple(self._running):
            server = self._running.pop(name, None)
            if isinstance(server, _Server):
                server.shutdown()
                server.server_close()
            elif server is not None:
                server.close()


class Path:
    """The way to the emulator; while it is cut, connections are refused."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._listener: socket.socket | None = None
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._open: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _peer = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._open += [near, far]
                threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    @staticmethod
    def _carry(near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError), near, far:
            while True:
                ready, _writable, _broken = select.select([near, far], [], [], 60)
                for one in ready:
                    data = one.recv(65536)
                    if not data:
                        return
                    (far if one is near else near).sendall(data)
