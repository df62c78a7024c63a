# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service manager is told."""

from __future__ import annotations

import os
import pathlib
import socket
from collections.abc import Iterator

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.notify import (
    LONGEST_STATUS,
    Notifier,
)


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[socket.socket]:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    name = f"\0floating-ip-{os.getpid()}" if request.param == "abstract" else str(tmp_path / "n")
    made.bind(name)
    made.settimeout(5)
    yield made
    made.close()


def address_of(manager: socket.socket) -> str:
    name = manager.getsockname()
    return f"@{name[1:].decode()}" if isinstance(name, bytes) else str(name)


def test_it_is_told_on_sockets_with_and_without_a_file(manager: socket.socket) -> None:
    notifier = Notifier({"NOTIFY_SOCKET": address_of(manager)})
    notifier.ready()
    notifier.alive()
    notifier.stopping()
    notifier.more_time(2.5)
    said = [manager.recv(100) for _turn in range(4)]
    assert said == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1", b"EXTEND_TIMEOUT_USEC=2500000"]
    notifier.reloading()
    assert manager.recv(100).startswith(b"RELOADING=1\nMONOTONIC_USEC=")
    notifier.close()
    notifier.ready()


def test_a_status_is_one_line_that_ends_somewhere(manager: socket.socket) -> None:
    notifier = Notifier({"NOTIFY_SOCKET": address_of(manager)})
    notifier.status("db: a holds it\nREADY=1")
    assert manager.recv(2000) == b"STATUS=db: a holds it READY=1"
    notifier.status("ü" * 2000)
    assert len(manager.recv(2000).decode()) == len("STATUS=") + LONGEST_STATUS
    notifier.close()


@pytest.mark.parametrize("address", ["", "relative", "/does/not/exist", "@nobody-listens"])
def test_where_nobody_listens_nothing_happens(address: str) -> None:
    notifier = Notifier({"NOTIFY_SOCKET": address})
    notifier.ready()
    notifier.close()


def test_a_manager_that_does_not_read_holds_up_nothing(manager: socket.socket) -> None:
    notifier = Notifier({"NOTIFY_SOCKET": address_of(manager)})
    for _turn in range(5000):
        notifier.status("x" * 300)
    notifier.close()


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "20000000"}, 20.0),
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": str(os.getpid())}, 20.0),
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_the_watchdog_is_heeded_where_it_is_for_this_process(
    environment: dict[str, str], seconds: float | None
) -> None:
    assert Notifier(environment).watchdog == seconds
