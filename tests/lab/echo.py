# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answer every UDP packet with what it held and who we are: `python3 echo.py NAME [PORT]`.

It answers from the address that it was asked at, as a service on a floating IP does. It needs
nothing but Python, so hosts run the same file.
"""

from __future__ import annotations

import socket
import struct
import sys

PORT = 9999


def main() -> int:
    serve(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else PORT)
    return 0


def serve(name: str, port: int = PORT) -> None:
    """Answer for good."""
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as server:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        server.bind(("::", port))
        while True:
            text, notes, _flags, client = server.recvmsg(2048, socket.CMSG_SPACE(20))
            try:
                server.sendmsg([text, b"|", name.encode()], _from(notes), 0, client)
            except OSError:
                continue  # the way back is gone: whoever asked will see that


def _from(notes: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """What lets an answer leave from where the question arrived, by whatever interface."""
    for level, kind, value in notes:
        if (level, kind) == (socket.IPPROTO_IPV6, socket.IPV6_PKTINFO):
            return [(level, kind, value[:16] + struct.pack("=I", 0))]
    return []


if __name__ == "__main__":
    sys.exit(main())
