# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Packets on a wire, as they pass: when one program asked another, by nobody's word but theirs."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable

from ansible_collections.netops.floating_ip.tests.lab import netns

from ..opened import Opened
from .stand import BenchFailed

_ALL = 0x0003  # ETH_P_ALL: a bridge takes all else before anybody hears of it
_IP = b"\x08\x00"  # the type of a frame that holds an IPv4 packet
_HEAD = 14  # bytes of a frame before its packet
_TCP, _VRRP = 6, 112
_SYN, _ACK = 0x02, 0x10

Wanted = Callable[[bytes], bool]  # of an IPv4 packet


def first_of_connection(source: str, to: str) -> Wanted:
    """The packet that opens a TCP connection between these two."""
    ends = socket.inet_aton(source) + socket.inet_aton(to)

    def is_it(packet: bytes) -> bool:
        flags = packet[(packet[0] & 0x0F) * 4 + 13 :][:1]
        return (
            packet[9] == _TCP
            and packet[12:20] == ends
            and bool(flags)
            and flags[0] & (_SYN | _ACK) == _SYN
        )

    return is_it


def advertisement(source: str) -> Wanted:
    """What VRRP sends from there."""
    end = socket.inet_aton(source)
    return lambda packet: packet[9] == _VRRP and packet[12:16] == end


class Tap(Opened):
    """Listens at one link until it is closed. `seen`: when, by `time.time`, oldest first."""

    def __init__(self, at: tuple[str, str], wanted: Wanted) -> None:
        """`at`: the network namespace and the link in it."""
        self.seen: list[float] = []
        self._wanted = wanted
        self._news = threading.Condition()
        self._socket = netns.within(at[0], lambda: _opened(at[1]))
        self._thread = threading.Thread(target=self._listen, name=f"tap {at[1]}", daemon=True)
        self._ends = False
        self._thread.start()

    def close(self) -> None:
        self._ends = True
        self._thread.join()
        self._socket.close()

    def following(self, moment: float, timeout: float) -> float:
        """When the first one passed after that moment; BenchFailed if none does in that time."""
        end = time.monotonic() + timeout
        with self._news:
            while True:
                found = next((at for at in self.seen if at > moment), None)
                if found is not None:
                    return found
                if not self._news.wait(max(0.0, end - time.monotonic())):
                    raise BenchFailed(f"Nothing was sent there for {timeout:g} s.")

    def _listen(self) -> None:
        while not self._ends:
            with contextlib.suppress(TimeoutError):
                frame = self._socket.recv(128)
                if frame[_HEAD - 2 : _HEAD] == _IP and self._wanted(frame[_HEAD:]):
                    with self._news:
                        self.seen.append(time.time())
                        self._news.notify_all()


def _opened(link: str) -> socket.socket:
    made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL))
    made.bind((link, _ALL))
    made.settimeout(0.1)
    return made
