# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A DHCP server for one wire: one address, offered to whoever is at the other end.

As EC2 does it: the same address for ever, by short leases. `seconds` can be changed at any time,
and `is_silent` lets leases run out.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import struct
import threading

from . import netns
from .plan import HostPlan

LEASE_SECONDS = 3600
_COOKIE = b"\x63\x82\x53\x63"
_OPTIONS_AT = 240
_MASK, _ROUTER, _SECONDS, _KIND, _SERVER, _END = 1, 3, 51, 53, 54, 255
_DISCOVER, _OFFER, _REQUEST, _ACK = 1, 2, 3, 5
_IP_PKTINFO = 8


class Dhcp:
    def __init__(self, plan: HostPlan, router: str, link: str) -> None:
        self.seconds = LEASE_SECONDS
        self.is_silent = False
        self.granted = 0  # leases so far, renewals too
        self._plan = plan
        self._link = link
        self._socket = netns.within(router, self._open)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _open(self) -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, self._link.encode() + b"\0")
        made.bind(("", 67))
        return made

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # closed: the end
            while True:
                asked = self._socket.recv(2048)
                reply = None if self.is_silent else self.reply(asked)
                if reply is not None:
                    self._send(reply, socket.inet_ntoa(asked[12:16]))

    def _send(self, reply: bytes, client: str) -> None:
        """To the address that the client has, if it has one; with the gateway as the sender."""
        source = socket.inet_aton(self._plan.router)
        info = struct.pack("=I4s4s", 0, source, source)
        to = "255.255.255.255" if client == "0.0.0.0" else client
        with contextlib.suppress(OSError):  # its link is down
            self._socket.sendmsg([reply], [(socket.IPPROTO_IP, _IP_PKTINFO, info)], 0, (to, 68))

    def reply(self, asked: bytes) -> bytes | None:
        """What to say to a message; None for those that want no answer."""
        kind = _options(asked).get(_KIND, b"\0")[0]
        if kind not in (_DISCOVER, _REQUEST):
            return None
        self.granted += kind == _REQUEST
        own = socket.inet_aton(self._plan.ip)
        router = socket.inet_aton(self._plan.router)
        mask = ipaddress.ip_interface(self._plan.address).netmask.packed
        told = {
            _KIND: bytes([_OFFER if kind == _DISCOVER else _ACK]),
            _SERVER: router,
            _SECONDS: struct.pack("!I", self.seconds),
            _MASK: mask,
            _ROUTER: router,
        }
        options = b"".join(bytes([key, len(value)]) + value for key, value in told.items())
        head = struct.pack("!BBBB", 2, 1, 6, 0) + asked[4:12] + asked[12:16] + own + router
        return head + asked[24:44] + bytes(192) + _COOKIE + options + bytes([_END])


def _options(message: bytes) -> dict[int, bytes]:
    found, at = {}, _OPTIONS_AT
    while at + 1 < len(message) and message[at] != _END:
        if message[at] == 0:  # padding
            at += 1
            continue
        size = message[at + 1]
        found[message[at]] = message[at + 2 : at + 2 + size]
        at += 2 + size
    return found
