# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many web servers in one process, each on a loopback address of its own: `farm.py PORT COUNT`.

It costs little: connections come with their question, and are answered and closed at once. Lines
on standard input: `close N` ends the server of number N as its end by a signal would (connections
are refused), `open N` starts it again. Each is answered by the moment, of CLOCK_BOOTTIME.
"""

from __future__ import annotations

import contextlib
import resource
import select
import socket
import sys
import time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_FIRST = 127 << 24 | 1 << 16  # 127.1.0.0


def address_of(number: int) -> str:
    """The loopback address of a server."""
    return socket.inet_ntoa((_FIRST + number + 1).to_bytes(4, "big"))


def main() -> int:
    port, count = int(sys.argv[1]), int(sys.argv[2])
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    Farm(port, count).serve()
    return 0


class Farm:
    def __init__(self, port: int, count: int) -> None:
        self._port = port
        self._poll = select.epoll()
        self._listeners: dict[int, socket.socket] = {}  # by descriptor
        self._numbers: dict[int, int] = {}
        for number in range(count):
            self._open(number)

    def serve(self) -> None:
        """Answer until the input ends."""
        self._poll.register(0, select.EPOLLIN)
        print("ready", flush=True)
        while True:
            for descriptor, _events in self._poll.poll():
                if descriptor in self._listeners:  # one may have been closed since it was ready
                    self._answer(self._listeners[descriptor])
                elif not descriptor and not self._hear():
                    return

    @staticmethod
    def _answer(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection = listener.accept()[0]
            with connection:
                connection.recv(4096)
                connection.send(ANSWER)

    def _hear(self) -> bool:
        words = sys.stdin.readline().split()
        if not words:
            return False
        verb, number = words[0], int(words[1])
        if verb == "close":
            descriptor = self._numbers.pop(number)
            self._poll.unregister(descriptor)
            self._listeners.pop(descriptor).close()
        else:
            self._open(number)
        print(time.clock_gettime(time.CLOCK_BOOTTIME), flush=True)
        return True

    def _open(self, number: int) -> None:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 3)  # come with the question
        made.bind((address_of(number), self._port))
        made.listen(64)
        made.setblocking(False)
        self._listeners[made.fileno()] = made
        self._numbers[number] = made.fileno()
        self._poll.register(made.fileno(), select.EPOLLIN)


if __name__ == "__main__":
    sys.exit(main())
