# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Under systemd: confined, and nothing that it needs is taken away by that."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.monitor.site import (
    PROBES,
    SUITES,
    Site,
    pid,
    shown,
    status,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until

UNIT = "floating-ip-monitor.service"
THRESHOLD = 20  # tenths, as --threshold takes them


@pytest.mark.parametrize("name", SUITES)
def test_the_service_is_confined(site: Site, name: str):
    command = f"systemd-analyze security --no-pager --threshold={THRESHOLD} {UNIT}"
    said = site.hosts[name].run(command, check=False)
    assert said.code == 0, said.out


@pytest.mark.parametrize("name", SUITES)
def test_systemd_finds_nothing_wrong_with_the_units(site: Site, name: str):
    said = site.hosts[name].run(f"systemd-analyze verify {UNIT} floating-ip-monitor.timer 2>&1").out
    assert "floating-ip" not in said


@pytest.mark.parametrize("name", SUITES)
def test_every_kind_of_probe_works_in_the_confinement(site: Site, name: str):
    for target in SUITES:
        seen = {kind: one["health"][target] for kind, one in status(site.hosts[name]).items()}
        assert seen == dict.fromkeys(PROBES, "up")


def test_every_kind_of_probe_notices_that_the_service_is_gone(site: Site):
    """But for icmp, which asks the kernel. db-b holds nothing, so nothing moves."""
    down = {kind: "up" if kind == "icmp" else "down" for kind in PROBES}
    site.hosts["db-b"].run("systemctl stop service")
    try:
        seen = until(lambda: _seen(site, "db-b") == down)
        assert seen, _seen(site, "db-b")
    finally:
        site.hosts["db-b"].run("systemctl start service")


def _seen(site: Site, target: str) -> dict[str, str]:
    """The health of a target as db-a sees it, by the kind of the probe."""
    return {kind: one["health"][target] for kind, one in status(site.hosts["db-a"]).items()}


@pytest.mark.parametrize("name", SUITES)
def test_it_has_no_capability_and_cannot_write_elsewhere(site: Site, name: str):
    host = site.hosts[name]
    lines = dict(
        line.split(":\t", 1) for line in host.read(f"/proc/{pid(host)}/status").splitlines()
    )
    assert {lines[kind].strip("0") for kind in ("CapEff", "CapPrm", "CapBnd", "CapAmb")} == {""}
    assert (lines["NoNewPrivs"], lines["Seccomp"]) == ("1", "2")
    enter = f"nsenter -t {pid(host)} -m touch"
    assert "Read-only" in host.run(f"{enter} /etc/x", check=False).err
    assert host.run(f"{enter} /var/lib/floating-ip/x && rm /var/lib/floating-ip/x").code == 0


@pytest.mark.parametrize("name", SUITES)
def test_it_needs_less_memory_than_promised(site: Site, name: str):
    host = site.hosts[name]
    found = host.read(f"/proc/{pid(host)}/smaps_rollup")
    (kilobytes,) = [int(line.split()[1]) for line in found.splitlines() if line.startswith("Pss:")]
    assert kilobytes < 50 * 1024


@pytest.mark.parametrize("name", SUITES)
def test_systemctl_status_says_who_holds_what(site: Site, name: str):
    (text,) = shown(site.hosts[name], UNIT, "StatusText")
    assert "db-a" in text
    assert f'Status: "{text}' in site.hosts[name].run(f"systemctl status --no-pager -l {UNIT}").out
