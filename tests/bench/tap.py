# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Packets on a wire, as they pass: when one program asked another, by nobody's word but theirs."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.tests.lab import netns

from ..opened import Opened
from .stand import BenchFailed

_ALL = 0x0003  # ETH_P_ALL: a bridge takes all else before anybody hears of it
_IP = b"\x08\x00"  # the type of a frame that holds an IPv4 packet
_HEAD = 14  # bytes of a frame before its packet
_TCP, _VRRP = 6, 112
_SYN, _ACK = 0x02, 0x10
_STAMPED = 35  # SO_TIMESTAMPNS: the kernel says when a packet came, however late we read it
_STAMP = struct.Struct("@ll")

Wanted = Callable[[bytes], bool]  # of an IPv4 packet


@dataclass(frozen=True)
class Passed:
    """The head of a packet, and when it passed, by `time.time`."""

    at: float
    packet: bytes


def first_of_connection(source: str, to: str) -> Wanted:
    """The packet that opens a TCP connection between these two."""
    ends = socket.inet_aton(source) + socket.inet_aton(to)

    def is_it(packet: bytes) -> bool:
        segment = _segment(packet, ends)
        return segment[13:14] != b"" and segment[13] & (_SYN | _ACK) == _SYN

    return is_it


def words(source: str, to: str) -> Wanted:
    """What says something in a TCP connection between these two: more than that it was heard."""
    ends = socket.inet_aton(source) + socket.inet_aton(to)

    def is_it(packet: bytes) -> bool:
        segment, length = _segment(packet, ends), int.from_bytes(packet[2:4], "big")
        if segment[12:13] == b"":
            return False
        return length > _head_of(packet) + (segment[12] >> 4) * 4

    return is_it


def _segment(packet: bytes, ends: bytes) -> bytes:
    """What TCP sent between these ends; nothing if this is something else."""
    is_it = packet[9] == _TCP and packet[12:20] == ends
    return packet[_head_of(packet) :] if is_it else b""


def _head_of(packet: bytes) -> int:
    """Bytes of an IPv4 packet before what it carries."""
    return (packet[0] & 0x0F) * 4


def first_unanswered(asked: Sequence[Passed], said: Sequence[Passed]) -> float | None:
    """When the first connection was opened after the last one that got an answer; None: not yet.

    `asked`: the packets that opened them, oldest first; `said`: what came back.
    """
    heard: dict[bytes, float] = {}
    for one in said:
        start = _head_of(one.packet)
        heard[one.packet[start + 2 : start + 4]] = one.at  # the port that it goes to
    unanswered: float | None = None
    for one in reversed(asked):
        start = _head_of(one.packet)
        if heard.get(one.packet[start : start + 2], 0.0) >= one.at:
            break
        unanswered = one.at
    return unanswered


def advertisement(source: str) -> Wanted:
    """What VRRP sends from there."""
    end = socket.inet_aton(source)
    return lambda packet: packet[9] == _VRRP and packet[12:16] == end


class Tap(Opened):
    """Listens at one link until it is closed. `seen`: oldest first."""

    def __init__(self, at: tuple[str, str], wanted: Wanted) -> None:
        """`at`: the network namespace and the link in it."""
        self.seen: list[Passed] = []
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
                found = next((one.at for one in self.seen if one.at > moment), None)
                if found is not None:
                    return found
                if not self._news.wait(max(0.0, end - time.monotonic())):
                    raise BenchFailed(f"Nothing was sent there for {timeout:g} s.")

    def _listen(self) -> None:
        while not self._ends:
            with contextlib.suppress(TimeoutError):
                frame, notes, _flags, _from = self._socket.recvmsg(128, 64)
                if frame[_HEAD - 2 : _HEAD] == _IP and self._wanted(frame[_HEAD:]):
                    with self._news:
                        self.seen.append(Passed(_stamp(notes), frame[_HEAD:]))
                        self._news.notify_all()


def _stamp(notes: Sequence[tuple[int, int, bytes]]) -> float:
    for _level, kind, value in notes:
        if kind == _STAMPED:
            seconds, nanoseconds = _STAMP.unpack(value[: _STAMP.size])
            return float(seconds + nanoseconds / 1e9)
    return time.time()


def _opened(link: str) -> socket.socket:
    made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL))
    made.bind((link, _ALL))
    made.setsockopt(socket.SOL_SOCKET, _STAMPED, 1)
    made.settimeout(0.1)
    return made
