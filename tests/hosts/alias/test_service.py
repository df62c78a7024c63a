# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating-ip-alias.service: it takes nobody's word for it, and has no rights that it needs not."""

from __future__ import annotations

import re

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.alias.conftest import Applied
from ansible_collections.netops.floating_ip.tests.hosts.alias.site import (
    DB,
    WEB,
    addresses,
    has,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host

UNIT = "floating-ip-alias.service"


@pytest.fixture
def host(applied: Applied) -> Host:
    assert applied.second.code == 0, applied.second.output
    host = applied.site.hosts["none"]
    assert until(lambda: has(host, *DB, *WEB), 15.0)
    return host


@pytest.mark.parametrize(
    "command",
    [
        f"ip address delete {DB[0]}/32 dev eth0",
        f"ip address delete {DB[1]}/128 dev eth0",
        "ip -4 address flush dev eth0 label eth0:*",
        f"ip address delete {DB[0]}/32 dev eth0; ip address add {DB[0]}/32 dev eth0",  # no label
    ],
)
def test_what_is_taken_away_or_changed_is_put_right_at_once(host: Host, command: str) -> None:
    host.run(command)
    assert until(lambda: has(host, *DB, *WEB), 2.0)
    assert until(lambda: addresses(host)[DB[0]]["label"] == "eth0:0", 2.0)


def test_it_comes_back_when_it_is_killed(host: Host) -> None:
    host.run(f"systemctl kill --signal=KILL {UNIT}")
    host.run(f"ip address delete {DB[0]}/32 dev eth0")
    assert until(lambda: has(host, DB[0]), 5.0)


def test_it_goes_on_when_ip_monitor_ends(host: Host) -> None:
    host.run("until pkill -KILL -f '^ip monitor address'; do sleep 0.05; done")
    host.run(f"ip address delete {DB[0]}/32 dev eth0")
    assert until(lambda: has(host, DB[0]), 8.0)
    assert host.run(f"systemctl is-active {UNIT}", check=False).out.strip() == "active"


def test_it_says_what_it_did(host: Host) -> None:
    host.run(f"ip address delete {WEB[0]}/32 dev eth0")
    line = f"ip address replace {WEB[0]}/32 dev eth0 label eth0:1"
    assert until(lambda: line in host.journal(UNIT), 5.0)


def test_it_is_confined(host: Host) -> None:
    rated = host.run(f"systemd-analyze security {UNIT}", check=False).out
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", rated)
    assert exposure and float(exposure[1]) <= 3.0, rated


def test_without_its_interface_it_waits_in_silence(host: Host) -> None:
    program = "/usr/local/libexec/floating-ip-alias"
    table = "gone always eth9 eth9:0 100.64.10.99/32"
    host.write("/tmp/table", f"{table}\n")
    said = host.run(f"sed 's,^table=.*,table=/tmp/table,' {program} | sh -s assert")
    assert (said.out, said.err) == ("", "")
