# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.addresses import (
    canonical_address,
    ip_of,
    is_public,
    version_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import Wrong


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("100.64.10.10", "100.64.10.10"),
        ("100.64.10.10/32", "100.64.10.10"),
        ("8.8.8.8", "8.8.8.8"),
        ("FD00:64:0:0::1", "fd00:64::1"),
        ("fd00:0064:0000::0001/128", "fd00:64::1"),
        ("fd00::100.64.10.10", "fd00::6440:a0a"),
    ],
)
def test_an_address_is_written_in_one_way(text, canonical):
    assert canonical_address(text) == canonical
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("db.example.com", "must be an IPv4 or IPv6 address"),
        ("100.64.10", "must be an IPv4 or IPv6 address"),
        ("100.64.010.10", "must be an IPv4 or IPv6 address"),
        ("1684300810", "must be an IPv4 or IPv6 address"),
        ("fd00::1%eth0", "must be an IPv4 or IPv6 address"),
        (
            "100.64.10.10/24",
            "must be one address, not the network '100.64.10.10/24': write 100.64.10.10.",
        ),
        ("100.64.10.10/", "must be one address"),
        ("fd00::1/32", "must be one address, not the network 'fd00::1/32': write fd00::1."),
        ("::ffff:100.64.10.10", "in IPv6 clothes, ::ffff:100.64.10.10: write 100.64.10.10."),
        ("0.0.0.0", "no host can have"),
        ("127.0.0.1", "loopback"),
        ("169.254.1.1", "link-local"),
        ("169.254.171.255", "169.254.168.0/22, which AWS keeps"),
        ("224.0.0.18", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fe80::1", "link-local"),
        ("ff02::1", "multicast"),
        ("fd00:ec2::254", "fd00:ec2::/32, which AWS keeps"),
    ],
)
def test_what_cannot_float_is_told(text, reason):
    with pytest.raises(Wrong, match=reason) as raised:
        canonical_address(text)
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.31.0.1",
        "192.168.0.1",
        "100.127.0.1",
        "198.19.0.1",
        "192.0.2.1",
        "fd00::1",
        "2001:db8::1",
    ],
)
def test_private_and_documentation_space_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["20.0.0.10", "172.32.0.1", "100.128.0.1", "9.255.255.255", "2a05:d018::1"]
)
def test_the_rest_is_public(address):
    assert is_public(address)


def test_a_name_is_no_address():
    assert ip_of("db") is None
    assert version_of("100.64.10.10") == 4
    assert version_of("fd00::1") == 6
