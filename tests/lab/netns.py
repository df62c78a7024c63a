# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network namespaces: make them, and open sockets in them from outside."""

from __future__ import annotations

import ctypes
import os
import socket
import threading
from collections.abc import Callable
from typing import TypeVar

from .commands import run

_CLONE_NEWNET = 0x40000000
_LIBC = ctypes.CDLL(None, use_errno=True)
T = TypeVar("T")


def create(netns: str) -> None:
    run(["ip", "netns", "add", netns])
    run(["ip", "-n", netns, "link", "set", "lo", "up"])


def delete(netns: str) -> None:
    run(["ip", "netns", "delete", netns], check=False)


def within(netns: str, make: Callable[[], T]) -> T:
    """What `make` returns when it is called inside: a socket stays where it was made.

    A thread of its own goes there and ends, so no other code ever finds itself elsewhere.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def go() -> None:
        try:
            with open(f"/run/netns/{netns}", "rb") as stream:
                _enter(stream.fileno())
            results.append(make())
        except BaseException as error:  # noqa: BLE001 - raised again below, in the caller's thread
            errors.append(error)

    thread = threading.Thread(target=go, name=f"within {netns}")
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def _enter(descriptor: int) -> None:
    if _LIBC.setns(descriptor, _CLONE_NEWNET) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def listener(netns: str, address: str, port: int, link: str = "") -> socket.socket:
    """A listening TCP socket inside; with `link`, only for what comes by that link."""

    def make() -> socket.socket:
        made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if link:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, link.encode() + b"\0")
        made.bind((address, port))
        made.listen(1024)
        return made

    return within(netns, make)
