# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loopback servers of a few lines, and one probe as a function."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import ProbeResult
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import ProbeRequest
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.rounds import once

TIMEOUT = 0.05  # seconds, of probes that are meant to time out
PATIENCE = 5.0  # of probes that are not: a busy machine must not fail a test

Conversation = Callable[[socket.socket], None]


@contextmanager
def listening(address: str = "127.0.0.1") -> Iterator[int]:
    """A port whose kernel accepts while nobody answers: a frozen service."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family, backlog=128) as server:
        yield server.getsockname()[1]


@contextmanager
def serving(conversation: Conversation, address: str = "127.0.0.1") -> Iterator[int]:
    """A port where each connection is held by `conversation`, one after another."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.create_server((address, 0), family=family, backlog=1024)
    thread = threading.Thread(target=_serve, args=(server, conversation))
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)  # ends the accept
        thread.join()
        server.close()


def _serve(server: socket.socket, conversation: Conversation) -> None:
    while True:
        try:
            connection = server.accept()[0]
        except OSError:
            return
        with connection:
            try:
                conversation(connection)
            except OSError:  # the probe had heard enough
                pass


def answering(*parts: bytes, asked: list[bytes] | None = None) -> Conversation:
    """Read the question, send the parts one by one, close."""

    def conversation(connection: socket.socket) -> None:
        question = b""
        while b"\r\n\r\n" not in question:
            question += connection.recv(4096)
        if asked is not None:
            asked.append(question)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in parts:
            connection.sendall(part)

    return conversation


def hanging_after(*parts: bytes) -> Conversation:
    """Send the parts, then nothing until the probe gives up."""
    answer = answering(*parts)

    def conversation(connection: socket.socket) -> None:
        answer(connection)
        connection.recv(1)

    return conversation


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def probe(port: int | None, protocol: str = "http", **settings: Any) -> ProbeResult:
    """One probe of this host."""
    address = settings.pop("address", "127.0.0.1")
    settings.setdefault("timeout", PATIENCE)
    request = ProbeRequest("db-a", address, Probe(protocol=protocol, port=port, **settings))
    (result,) = once([request], time.monotonic)
    return result


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))
