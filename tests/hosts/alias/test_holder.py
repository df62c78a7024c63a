# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`alias: holder`: the address is on the interface while the agent says so, on every stack."""

from __future__ import annotations

import time

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.alias.conftest import Applied
from ansible_collections.netops.floating_ip.tests.hosts.alias.site import (
    DB,
    HELD,
    KINDS,
    addresses,
    has,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host

HOLD = "/run/floating-ip/holds/held"
SOON = 2.0
EVERY_HOST = pytest.mark.parametrize("name", KINDS)


def says(host: Host, is_holder: bool) -> None:
    """What the agent says of this host."""
    make = f"mkdir -p {HOLD.rpartition('/')[0]}; "
    host.run(make + (f"touch {HOLD}" if is_holder else f"rm -f {HOLD}"))


@EVERY_HOST
def test_it_comes_and_goes_on_the_agent_s_word(applied: Applied, name: str) -> None:
    host = applied.site.hosts[name]
    says(host, True)
    assert until(lambda: has(host, *HELD), SOON)
    found = addresses(host)
    assert found[HELD[0]]["label"] == "eth0:2" and found[HELD[1]]["deprecated"]
    says(host, False)
    assert until(lambda: not set(HELD) & set(addresses(host)), SOON)
    assert has(host, *DB)


@EVERY_HOST
def test_a_client_on_a_host_that_is_not_the_holder_reaches_the_holder(
    applied: Applied, name: str
) -> None:
    host = applied.site.hosts[name]
    says(host, False)
    assert until(lambda: not has(host, HELD[0]), SOON)
    assert f"via {host.plan.router} " in host.run(f"ip route get {HELD[0]}").out
    assert host.run(f"ip route get {DB[0]}").out.startswith("local ")


def test_after_many_changes_at_once_the_last_word_counts(applied: Applied) -> None:
    host = applied.site.hosts["none"]
    toggle = f"touch {HOLD}; sleep 0.0$i; rm {HOLD}; sleep 0.0$i"
    host.run(f"mkdir -p {HOLD.rpartition('/')[0]}; for i in 1 2 3 4 5 6 7 8; do {toggle}; done")
    time.sleep(0.5)
    # What systemd missed while it was busy is noticed by the service, which looks every 5 s.
    assert until(lambda: not has(host, HELD[0]), 6.0)


def test_who_takes_it_from_the_holder_does_so_for_a_moment_only(applied: Applied) -> None:
    host = applied.site.hosts["networkd"]
    says(host, True)
    assert until(lambda: has(host, *HELD), SOON)
    with applied.site.meter(host, HELD[0]) as meter:
        host.run("networkctl reconfigure eth0")
        time.sleep(1.0)
    assert meter.gaps[HELD[0]] <= meter.gaps[host.plan.ip] + 0.25
    assert has(host, *HELD)


def test_after_a_reboot_nobody_has_said_so_yet(applied: Applied) -> None:
    host = applied.site.hosts["nm"]
    says(host, True)
    assert until(lambda: has(host, *HELD), SOON)
    host.reboot()
    assert until(lambda: has(host, *DB), 15.0)
    assert not has(host, HELD[0])
    says(host, True)
    assert until(lambda: has(host, *HELD), SOON)
    says(host, False)
