# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The drill on booted hosts with real packets: there and back, by a fault, and refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.drill.ground import (
    CLIENT,
    FAR,
    SELDOM,
    TIMER,
    Ground,
    Powered,
    shown,
    until,
)
from ansible_collections.netops.floating_ip.tests.hosts.watching import said
from ansible_collections.netops.floating_ip.tests.integration.drill.browser import (
    BROWSER,
    MISSING,
    picture,
    rows,
    size_of,
)
from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, NAME, TARGETS, WITNESS

BUSY = "measured without a break"
PAGE = (1280, 2000)  # pixels of the screenshot


def failed(ground: Ground) -> list[str]:
    """The checks of the newest report that failed, by JUnit, but for a machine that was busy."""
    (suite,) = ElementTree.parse(ground.report(".xml")).getroot().findall("testsuite")
    found = [case.get("name", "") for case in suite if case.find("failure") is not None]
    assert (suite.get("failures"), suite.get("tests")) == (str(len(found)), "7")
    return [name for name in found if name != BUSY]


def test_a_planned_drill_loses_no_packet_and_is_remembered(ground: Ground) -> None:
    """By echo requests: a connection under way while its route changes would be lost."""
    played = ground.drill(reason="CHG0031337", drill_protocol="icmp")
    assert played.code == 0, played.out + played.err
    found = ground.result()
    measured = {one["host"]: one for one in found["measurements"]}
    assert set(measured) == {WITNESS, CLIENT}
    assert {one["lost"] for one in measured.values()} == {0}, found["result"]
    assert ground.holders() == {"db-a"}
    assert min(one["sent"] for one in measured.values()) > 300
    assert {one["interval"] for one in measured.values()} == {0.01}
    assert [(leg["from"], leg["to"]) for leg in found["legs"]] == [
        ("db-a", "db-b"),
        ("db-b", "db-a"),
    ]
    assert failed(ground) == []
    page = ground.report(".html").read_text(encoding="utf-8")
    assert "PASSED" in page and "CHG0031337" in page
    outside = re.findall(r'(?:src|href)="[^#]|url\((?!#)|https?://(?!www\.w3\.org/2000/svg)', page)
    assert outside == [] and "<script" not in page
    for name in TARGETS:
        kept = ground.remembered(name)
        assert (kept["running"], kept["last"]["passed"]) == (None, True)
        assert shown(ground.site.hosts[name])["last_drill"] == kept["last"]


def test_a_move_tells_whether_the_clients_reach_it_by_their_packets(ground: Ground) -> None:
    """Monitors, who ask db-a at its own address, notice nothing of the rule that fails it."""
    moved = ground.site.play("failover", floating_ip=NAME, **FAR)
    (clients,) = re.findall("This was verified end to end from (.*)[.]", moved.out)
    assert set(clients.split(", ")) == {WITNESS, CLIENT}
    ground.await_calm()
    rule = f"from {ADDRESS} priority 10 blackhole"
    ground.site.hosts["db-a"].run(f"ip rule add {rule}")
    back = ground.site.play("failback", check=False, floating_ip=NAME, **FAR)
    ground.site.hosts["db-a"].run(f"ip rule del {rule}")
    assert (back.code != 0, ground.holders()) == (True, {"db-a"}), back.out
    failed_from = set(re.findall("From (.*) it FAILS end to end", back.out))
    assert failed_from == {WITNESS, CLIENT}, back.out


def test_what_it_measured_takes_the_place_of_what_was_assumed(ground: Ground) -> None:
    least, assumed = ground.worst_cases("db-a")
    assert least < assumed - 0.1
    tight = {**ground.site.definition(), "objective_seconds": (least + assumed) / 2}
    told = ground.site.play("validate", check=False, floating_ips=[tight])  # hosts have another
    assert f"{NAME} is at db-a, and could fail over now." in told.out


def test_a_stopped_unit_is_left_and_started_again_and_a_missed_objective_fails(
    ground: Ground,
) -> None:
    strict = {**ground.site.definition(), "objective_seconds": 0.2}
    fault = {"drill_fault": "stop_unit", "drill_unit": "service"}
    host = ground.site.hosts["db-a"]
    host.run(f"systemd-run --unit={TIMER} --on-active=200 systemctl start service")  # a lost run's
    played = ground.drill(floating_ips=[strict], **fault, **SELDOM)
    assert played.code != 0 and "misses the objective of 0.2 s" in " ".join(played.out.split())
    assert failed(ground) == ["failover: outage"]
    found = ground.result()
    leg = found["legs"][0]
    assert leg["outage_seconds"] > 0.2 and ground.holders() == {"db-a"}
    assert leg["began"] + 0.1 < leg["broken"] < leg["ended"]
    told = {event["kind"] for event in found["events"] if event["host"] in TARGETS}
    assert {"health", "probe_failed", "moved", "call"} <= told
    assert host.run("systemctl is-active service", check=False).out.strip() == "active"
    left = host.run("systemctl list-units --all --plain --no-legend 'floating-ip-drill*'").out
    assert f"{TIMER}.timer" not in left
    assert shown(host)["last_drill"]["passed"] is False


@pytest.mark.skipif(BROWSER is None, reason=MISSING)
def test_a_stopped_instance_is_left_and_started_again_and_a_browser_shows_it(
    ground: Ground,
) -> None:
    with Powered(ground.site, "db-a"):
        played = ground.drill(drill_fault="stop_instance", **SELDOM)
    assert failed(ground) == [], played.out + played.err
    found = ground.result()
    assert 0.1 < found["result"]["outage_seconds"] <= 8 and found["result"]["lost"] > 0
    assert ground.holders() == {"db-a"}
    png = picture(ground.report(".html"), "hosts", size=PAGE)
    assert size_of(png) == PAGE
    assert len(set(rows(png))) > 300  # of a blank page they are all the same


def test_without_a_healthy_standby_it_is_refused_and_nothing_is_changed(ground: Ground) -> None:
    before = ground.site.lab.emulator.last_event()
    ground.site.hosts["db-b"].run("systemctl stop service")
    until(lambda: said(ground.site.hosts["db-a"], NAME)["health"]["db-b"] == "down", "it is seen")
    played = ground.drill()
    ground.site.hosts["db-b"].run("systemctl start service")
    assert played.code != 0 and "a running monitor must see every target up" in played.out
    assert ground.site.lab.emulator.events(before) == []
    assert not ground.is_drilled("db-a")
