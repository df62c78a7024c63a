# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role on bare hosts: a dry run, a first run, a second run."""

from __future__ import annotations

import json

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.monitor.site import (
    PROBES,
    SUITES,
    Site,
    pid,
    shown,
    status,
)

FILES = {
    "/opt/floating-ip": "755 root:root",
    "/opt/floating-ip/floating-ip.pyz": "755 root:root",
    "/usr/local/bin/floating-ip": "755 root:root",
    "/etc/floating-ip": "755 root:root",
    "/etc/floating-ip/http.json": "644 root:root",
    "/etc/systemd/system/floating-ip-monitor.service": "644 root:root",
    "/etc/systemd/system/floating-ip-monitor.timer": "644 root:root",
    "/var/lib/floating-ip": "750 floating-ip:floating-ip",
    "/var/lib/floating-ip/http.json": "640 floating-ip:floating-ip",
    "/run/floating-ip": "755 floating-ip:floating-ip",
}


def test_a_dry_run_on_bare_hosts_passes_predicts_and_leaves_nothing(pair):
    assert pair.predicted.code == 0, pair.predicted.output
    assert set(pair.predicted.changed) == set(SUITES)
    assert min(pair.predicted.changed.values()) > 0
    assert (
        "+ExecStart=/usr/bin/python3 -I /opt/floating-ip/floating-ip.pyz" in pair.predicted.output
    )
    assert pair.bare_after == ""


def test_the_first_run_changes_and_the_second_does_not(pair):
    assert pair.first.code == 0, pair.first.output
    assert min(pair.first.changed.values()) > 0
    assert pair.second.code == 0, pair.second.output
    assert set(pair.second.changed.values()) == {0}


@pytest.mark.parametrize("name", SUITES)
def test_every_file_has_its_owner_and_its_mode(site: Site, name: str):
    said = site.hosts[name].run(["stat", "--format=%n %a %U:%G", *FILES]).out
    assert dict(line.split(" ", 1) for line in said.splitlines()) == FILES


@pytest.mark.parametrize("name", SUITES)
def test_the_definitions_are_those_of_the_play(site: Site, name: str):
    host = site.hosts[name]
    assert host.run("ls /etc/floating-ip").out.split() == sorted(f"{kind}.json" for kind in PROBES)
    found = json.loads(host.read("/etc/floating-ip/icmp.json"))
    assert found["addresses"] == ["100.64.10.13"]
    assert found["aws"]["endpoint_url"] == site.lab.api_url


@pytest.mark.parametrize("name", SUITES)
def test_the_monitor_runs_as_its_own_user_by_the_timer(site: Site, name: str):
    host = site.hosts[name]
    assert host.run("systemctl is-enabled floating-ip-monitor.timer").out.strip() == "enabled"
    assert shown(host, "floating-ip-monitor.timer", "ActiveState") == ["active"]
    assert shown(host, "floating-ip-monitor.service", "ActiveState", "Type") == ["active", "notify"]
    assert host.run(f"ps -o user= -p {pid(host)}").out.strip() == "floating-ip"


@pytest.mark.parametrize("name", SUITES)
def test_the_distributions_boto3_is_good_enough(site: Site, name: str):
    """Of bookworm, botocore 1.29.27: it reads from AWS who holds the address."""
    host = site.hosts[name]
    assert host.run("test -e /opt/floating-ip/venv", check=False).code != 0
    assert {one["holder"] for one in status(host).values()} == {"db-a"}
    assert host.run("floating-ip status http").out.count("db-a") > 0


@pytest.mark.parametrize("name", SUITES)
def test_the_first_start_has_what_makes_later_ones_fast(site: Site, name: str):
    said = json.loads(site.hosts[name].run("floating-ip prepare --check --json").out)
    assert said["changed"] is False and said["problems"] == []
