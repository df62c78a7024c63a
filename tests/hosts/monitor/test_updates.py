# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Another deploy on hosts whose monitors run: the last file on the pair, as it changes it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.monitor.site import (
    PROBES,
    SUITES,
    Played,
    Site,
    pid,
    status,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.host import Host

KEPT = [kind for kind in PROBES if kind != "command"]
OWN = "/etc/floating-ip/own.json"


def kept(site: Site) -> list[dict[str, Any]]:
    """The definitions that do not vanish."""
    return [one for one in site.variables["floating_ips"] if one["name"] in KEPT]


def digest(site: Site) -> str:
    return "".join(host.run("cat /etc/floating-ip/*.json").out for host in site.hosts.values())


def test_an_invalid_definition_changes_nothing_and_the_old_one_is_watched(site: Site):
    before = digest(site), [pid(host) for host in site.hosts.values()]
    wrong = [{**one, "probe": {"timeout": 30}} for one in site.variables["floating_ips"]]
    played = site.deploy(floating_ips=wrong)
    assert played.code != 0
    assert "floating_ips[http].probe.timeout" in played.said
    assert set(played.changed.values()) == {0}
    assert (digest(site), [pid(host) for host in site.hosts.values()]) == before


@pytest.fixture(scope="module")
def updated(pair) -> tuple[Site, list[str], Played]:
    """One definition changed, one vanished and one new, beside one that someone wrote by hand.

    The new one has a wrong port.
    """
    site: Site = pair.site
    before = [pid(host) for host in site.hosts.values()]
    for host in site.hosts.values():
        own = host.read("/etc/floating-ip/tcp.json").replace("100.64.10.12", "100.64.10.99")
        host.write(OWN, own.replace('"tcp"', '"own"', 1))
    changed = kept(site)
    changed[0] = {**changed[0], "policy": {"cooldown": 11}}
    late = site.definition("late", 77, probe={"port": 9})
    return site, before, site.deploy("--diff", floating_ips=[*changed, late])


def test_an_armed_monitor_does_not_get_what_it_has_not_seen_up(updated):
    _site, _before, played = updated
    assert played.code != 0
    for name in SUITES:
        assert f"The monitor on {name} is armed and does not watch late for it must" in played.said
    assert "late: db-b is down: connection refused by" in played.said


def test_a_changed_definition_takes_effect_in_the_same_process(updated):
    site, before, played = updated
    assert '+ "cooldown": 11' in " ".join(played.output.split())
    assert [pid(host) for host in site.hosts.values()] == before
    for host in site.hosts.values():
        assert until(lambda host=host: {*KEPT, "own"} <= set(status(host)))


def defined(host: Host) -> set[str]:
    return set(host.run("ls /etc/floating-ip").out.replace(".json", "").split())


def test_a_definition_that_vanished_is_watched_on_and_told_of(updated):
    site, _before, played = updated
    assert played.said.count("without a definition: command. They are watched as before.") == 2
    for host in site.hosts.values():
        assert defined(host) == {*PROBES, "own"} == set(status(host))


def test_an_uninstallation_by_name_is_not_about_one_that_vanished(updated):
    site, before, _played = updated
    host, known = site.hosts["db-b"], [*KEPT, "web"]
    more = {"floating_ip_monitor_state": "absent", "floating_ip_monitor_names": known}
    gone = [{**one, "state": "absent"} for one in kept(site)]
    played = site.deploy(hosts=["db-b"], floating_ips=gone, **more)
    assert (played.code, defined(host)) == (0, {"command", "own"}), played.output
    assert (pid(host), until(lambda: not status(host).keys() & {*KEPT})) == (before[1], True)


def test_a_definition_that_vanished_goes_by_order_and_one_of_somebody_else_does_not(updated):
    site, before, _played = updated
    played = site.deploy(floating_ips=kept(site), floating_ip_monitor_orphans="remove")
    assert played.code == 0, played.output
    for host, number in zip(site.hosts.values(), before, strict=True):
        assert (defined(host), pid(host)) == ({*KEPT, "own"}, number)


def test_an_armed_monitor_stays_armed_whatever_it_sees(updated):
    site, before, _played = updated
    site.hosts["db-a"].run("touch /etc/floating-ip/http.json")
    site.hosts["db-b"].run("systemctl stop service")
    try:
        known = [one for one in site.variables["floating_ips"] if one["name"] in KEPT]
        played = site.deploy(hosts=["db-a"], floating_ips=known)
        assert played.code == 0, played.output
        assert pid(site.hosts["db-a"]) == before[0]
        assert "The monitor has not read its definitions since" in played.said
    finally:
        site.hosts["db-b"].run("systemctl start service")


def test_a_definition_that_got_another_name_is_watched_under_that_one(updated):
    site, before, _played = updated
    first, *others = kept(site)
    played = site.deploy(hosts=["db-a"], floating_ips=[{**first, "name": "site"}, *others])
    assert (played.code, "without a definition" in played.said) == (0, False), played.output
    host = site.hosts["db-a"]
    assert defined(host) == {"site", *KEPT, "own"} - {first["name"]}
    assert until(lambda: status(host).get("site", {}).get("monitor") == "running")
    assert pid(host) == before[0]
