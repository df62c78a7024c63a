# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What happens to the network of a host, by stack; and the gap that each leaves, measured."""

from __future__ import annotations

import time

from ansible_collections.netops.floating_ip.tests.hosts.alias.site import DB, Site, has, own
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host

RENEWAL = "lease renewal"
LINK = "ip link set eth0 down; sleep 0.1; ip link set eth0 up"
ANEW = "systemctl reset-failed lab-eth0; systemctl restart lab-eth0"
FLUSH = "ip address flush dev eth0"
HAPPENINGS = {
    "networkd": [
        "systemctl restart systemd-networkd",
        "networkctl reload",
        "networkctl reconfigure eth0",
        RENEWAL,
        LINK,
    ],
    "netplan": ["netplan apply", "systemctl restart systemd-networkd", RENEWAL],
    "NetworkManager": [
        "systemctl restart NetworkManager",
        "nmcli connection up eth0",
        "nmcli device reapply eth0",
        RENEWAL,
        LINK,
    ],
    "ifupdown": ["systemctl restart networking", "ifdown eth0; ifup eth0", RENEWAL],
    "none": [f"{change}; {ANEW}" for change in (FLUSH, LINK)],
}


def cases(kinds: dict[str, str]) -> list[tuple[str, str]]:
    """Every host with all that may happen to it; `kinds` are the stacks by host."""
    return [(name, what) for name, stack in kinds.items() for what in HAPPENINGS[stack]]


def happen(site: Site, host: Host, what: str, settle: float = 0.2) -> dict[str, float]:
    """Do it, wait until the host has its own addresses again, and return the gaps by address."""
    with site.meter(host) as meter:
        if what == RENEWAL:
            _renew(host)
        else:
            host.run(what, check=False, timeout=60)
        assert until(lambda: own(host), 15.0), (
            host.run("ip address show dev eth0").out + host.journal()
        )
        until(lambda: has(host, *DB), 5)
        time.sleep(settle)
    return meter.gaps


def _renew(host: Host) -> None:
    """Each client asks again when half of its lease is over; the lab gives short ones."""
    assert host.dhcp is not None
    before = host.dhcp.granted
    assert until(lambda: host.dhcp is not None and host.dhcp.granted > before, 20)
