# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service over time: it comes back from whatever ends it, and remembers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.monitor.site import (
    PROBES,
    SUITES,
    Site,
    events,
    pid,
    shown,
    status,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host

UNIT = "floating-ip-monitor.service"
DROP_IN = f"/run/systemd/system/{UNIT}.d/test.conf"
KILLS = 6  # one more than systemd's default limit of starts


def run_of(host: Host, name: str, target: str) -> int:
    """How many probes of this target have passed in a row, as the context remembers it."""
    context = json.loads(host.read(f"/var/lib/floating-ip/{name}.json"))
    return int(context["runs"].get(target, {}).get("length", 0))


def new_pid(host: Host, *old: str) -> str:
    """The number of the process that took the place of these, once it is ready."""
    state = ["active"]
    until(lambda: pid(host) not in ("0", *old) and shown(host, UNIT, "ActiveState") == state)
    return pid(host)


@pytest.mark.parametrize("name", SUITES)
def test_every_line_of_the_journal_is_an_event(site: Site, name: str):
    host = site.hosts[name]
    lines = host.run("journalctl -b -t floating-ip -o cat --no-pager").out.splitlines()
    assert [line for line in lines if not line.startswith("{")] == []
    found = events(host)
    assert {one["floating_ip"] for one in found} >= set(PROBES)
    assert {"time", "kind", "sentence", "at"} <= set(found[0])


@pytest.mark.parametrize("name", SUITES)
def test_a_reload_keeps_the_process_and_what_it_knows(site: Site, name: str):
    host = site.hosts[name]
    before = pid(host)
    host.run(f"systemctl reload {UNIT}")
    assert until(lambda: run_of(host, "http", "db-a") > 1)
    grown = run_of(host, "http", "db-a")
    host.run(f"systemctl reload {UNIT}")
    assert until(lambda: run_of(host, "http", "db-a") > grown)
    assert pid(host) == before


def test_killed_again_and_again_it_is_started_again(site: Site):
    host = site.hosts["db-a"]
    seen = [pid(host)]
    for _kill in range(KILLS):
        host.run(f"kill -9 {seen[-1]}")
        seen.append(new_pid(host, *seen))
    assert len(set(seen)) == KILLS + 1
    assert "0" not in seen


@pytest.fixture
def impatient(site: Site) -> Iterator[Host]:
    """A host whose watchdog waits for two seconds only."""
    host = site.hosts["db-b"]
    host.write(DROP_IN, "[Service]\nWatchdogSec=2\n")
    host.run(f"systemctl daemon-reload && systemctl restart {UNIT}")
    yield host
    host.run(f"rm {DROP_IN} && systemctl daemon-reload && systemctl restart {UNIT}")


def test_hung_it_is_ended_by_the_watchdog_and_started_again(impatient: Host):
    before = new_pid(impatient)
    impatient.run(f"kill -STOP {before}")
    assert new_pid(impatient, before) not in ("0", before)
    assert "Watchdog timeout" in impatient.run(f"journalctl -b -u {UNIT} --no-pager").out


def test_after_a_reboot_it_watches_again(site: Site):
    host = site.hosts["db-b"]
    host.reboot()
    assert until(lambda: {one["monitor"] for one in status(host).values()} == {"running"})
    assert until(lambda: status(host)["http"]["health"] == {"db-a": "up", "db-b": "up"})
    assert status(host)["http"]["holder"] == "db-a"


def test_stopped_with_its_timer_it_stays_stopped(site: Site):
    host = site.hosts["db-a"]
    host.run(f"systemctl stop floating-ip-monitor.timer {UNIT}")
    assert not until(lambda: pid(host) != "0", 2.5)
    assert status(host)["http"]["monitor"] == "not running"
    host.run("systemctl start floating-ip-monitor.timer")
    assert new_pid(host) != "0"
