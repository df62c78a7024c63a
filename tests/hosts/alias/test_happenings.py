# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever happens to the network of a host, its floating addresses are there afterwards."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.alias.conftest import Applied
from ansible_collections.netops.floating_ip.tests.hosts.alias.happenings import cases, happen
from ansible_collections.netops.floating_ip.tests.hosts.alias.site import (
    DB,
    KINDS,
    WEB,
    addresses,
    has,
    own,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host

LONGER = 0.25  # seconds that a floating address may be silent beyond the host's own
STACKS = {name: kind.stack for name, kind in KINDS.items()}


def stand(host: Host) -> None:
    """The addresses are there as they were, and none of them is what the host sends from."""
    assert until(lambda: own(host) and has(host, *DB, *WEB), 15.0)
    found = addresses(host)
    assert until(lambda: addresses(host)[DB[0]]["label"] == "eth0:0", 2)
    assert addresses(host)[WEB[0]]["label"] == "eth0:1"
    assert found[DB[1]]["nodad"] and found[DB[1]]["deprecated"]
    assert f"src {host.plan.ip} " in host.run("ip route get 192.0.2.200").out
    assert f"src {host.plan.ip6} " in host.run("ip -6 route get 2001:db8::1").out


@pytest.mark.parametrize(("name", "what"), cases(STACKS))
def test_an_address_is_silent_no_longer_than_the_host_itself(
    applied: Applied, name: str, what: str
) -> None:
    host = applied.site.hosts[name]
    gaps = happen(applied.site, host, what)
    assert gaps[DB[0]] <= gaps[host.plan.ip] + LONGER
    assert gaps[DB[1]] <= gaps[host.plan.ip6] + LONGER
    stand(host)


@pytest.mark.parametrize("name", KINDS)
def test_after_a_reboot_they_are_there_and_the_stack_knows_them(
    applied: Applied, name: str
) -> None:
    host = applied.site.hosts[name]
    host.reboot()
    stand(host)
    again = {
        "networkd": "networkctl reconfigure eth0",
        "netplan": "netplan apply",
        "NetworkManager": "nmcli device reapply eth0",
        "ifupdown": "ifdown eth0; ifup eth0",
        "none": "true",
    }
    happen(applied.site, host, again[host.plan.stack])
    stand(host)


def test_before_257_a_service_watches_until_systemd_networkd_has_read_its_files(
    applied: Applied,
) -> None:
    assert applied.first.code == 0
    started = "Watch the addresses until systemd-networkd has read its files"
    told = applied.first.output.split(started)[1].split("\n\n")[0]
    assert "changed: [networkd]" in told and "changed: [netplan]" in told
    assert "changed: [networkd-257]" not in told
