# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role on hosts of every stack: foretold, done, and nothing left to do."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.alias.conftest import Applied
from ansible_collections.netops.floating_ip.tests.hosts.alias.site import (
    DB,
    HELD,
    KINDS,
    WEB,
    addresses,
)

EVERY_HOST = pytest.mark.parametrize("name", KINDS)


@EVERY_HOST
def test_check_mode_foretells_on_a_bare_host_and_changes_nothing(
    applied: Applied, name: str
) -> None:
    assert applied.predicted.recap[name]["failed"] == 0
    assert applied.predicted.recap[name]["changed"] > 0
    assert applied.bare_after[name] == ""


def test_diff_shows_what_would_be_written(applied: Applied) -> None:
    for line in (
        f"+db always eth0 eth0:0 {DB[0]}/32",  # the table
        f"+Address={DB[0]}/32",  # systemd-networkd
        f'+        - {DB[0]}/32: {{label: "eth0:0"}}',  # netplan
        "+net/ipv4/conf/eth0/arp_announce = 2",
    ):
        assert line in applied.predicted.output


@EVERY_HOST
def test_the_addresses_are_there_for_one_host_each_with_labels_of_their_own(
    applied: Applied, name: str
) -> None:
    assert applied.first.code == 0, applied.first.output
    found = addresses(applied.site.hosts[name])
    assert [(found[a]["prefixlen"], found[a]["label"]) for a in (DB[0], WEB[0])] == [
        (32, "eth0:0"),
        (32, "eth0:1"),
    ]
    assert not set(HELD) & set(found)


@EVERY_HOST
def test_an_ipv6_address_is_never_a_source_and_does_not_look_for_duplicates(
    applied: Applied, name: str
) -> None:
    found = addresses(applied.site.hosts[name])[DB[1]]
    assert found["prefixlen"] == 128
    assert found["nodad"] and found["deprecated"] and found["preferred_life_time"] == 0
    assert "tentative" not in found


@EVERY_HOST
def test_a_second_run_changes_nothing(applied: Applied, name: str) -> None:
    assert applied.second.code == 0, applied.second.output
    assert applied.second.recap[name]["changed"] == 0


@EVERY_HOST
def test_the_first_run_does_not_silence_the_host_s_own_addresses(
    applied: Applied, name: str
) -> None:
    assert applied.own_gaps[name] < 0.02


@EVERY_HOST
def test_the_kernel_is_told_once_and_for_all(applied: Applied, name: str) -> None:
    host = applied.site.hosts[name]
    keys = "net.ipv4.conf.eth0.arp_announce net.ipv4.ip_nonlocal_bind net.ipv6.ip_nonlocal_bind"
    assert host.run(f"sysctl -n {keys}").out.split() == ["2", "1", "1"]
    assert "arp_announce = 2" in host.read("/etc/sysctl.d/60-floating-ip.conf")
