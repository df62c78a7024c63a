# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.icmp import (
    _NOT_PERMITTED,
    _checksum,
    _is_reply,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    probe,
)


def may_ping() -> bool:
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(socket.AF_INET, kind, socket.IPPROTO_ICMP).close()
        except PermissionError:
            continue
        return True
    return False


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_an_echo_reply_passes_where_pings_are_allowed(address: str) -> None:
    result = probe(None, "icmp", address=address)
    expected = (Evidence.PASSED, f"{address} answered the ping")
    if not may_ping():
        expected = (Evidence.UNKNOWN, _NOT_PERMITTED)
    assert (result.evidence, result.reason) == expected


TOKEN = b"0123456789abcdef"


@pytest.mark.parametrize(
    ("packet", "is_reply"),
    [
        (bytes([0x45, *[0] * 19, 0, *[0] * 7]) + TOKEN, True),
        (bytes([0x46, *[0] * 23, 0, *[0] * 7]) + TOKEN, True),  # with an IP option
        (bytes([0x45, *[0] * 19, 8, *[0] * 7]) + TOKEN, False),  # the request itself
        (bytes([0x45, *[0] * 19, 0, *[0] * 7]) + TOKEN[::-1], False),  # of another ping
        (bytes([0x45, *[0] * 19, 3, *[0] * 7]), False),
        (b"", False),
    ],
)
def test_a_raw_socket_hears_more_than_its_reply(packet: bytes, is_reply: bool) -> None:
    raw = SimpleNamespace(type=socket.SOCK_RAW, family=socket.AF_INET)
    assert _is_reply(packet, cast(socket.socket, raw), TOKEN) is is_reply


def test_a_ping_socket_hears_no_ip_header() -> None:
    ping = SimpleNamespace(type=socket.SOCK_DGRAM, family=socket.AF_INET6)
    assert _is_reply(bytes([129, *[0] * 7]) + TOKEN, cast(socket.socket, ping), TOKEN)


def test_a_missing_permission_is_unknown_and_says_what_to_allow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(
        "ansible_collections.netops.floating_ip.plugins.module_utils._probe.icmp.socket.socket",
        refuse,
    )
    result = probe(None, "icmp")
    assert result.evidence is Evidence.UNKNOWN
    assert "net.ipv4.ping_group_range" in result.reason
    assert "CAP_NET_RAW" in result.reason


def test_the_checksum_is_that_of_rfc_1071() -> None:
    assert _checksum(bytes.fromhex("0001f203f4f5f6f7")) == 0x220D
