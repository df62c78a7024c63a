# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A host without boto3 and without a network, from nothing to armed and back to nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.monitor.site import (
    Played,
    Site,
    pid,
    shown,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until

PIP = ["--no-index", "-f", "/srv/wheels/wheels"]
VENV = "/opt/floating-ip/venv"
# A Python whose agent refuses every definition while there is a file /etc/picky.
PICKY = """#!/bin/sh
case "$*" in
  *check-config*) test -e /etc/picky && echo "the agent does not like it" && exit 4 ;;
esac
exec /usr/bin/python3 "$@"
"""
MADE = [
    "/opt/floating-ip",
    "/etc/floating-ip",
    "/run/floating-ip",
    "/usr/local/bin/floating-ip",
    "/etc/systemd/system/floating-ip-monitor.service",
    "/etc/systemd/system/floating-ip-monitor.timer",
    "/etc/sysctl.d/60-floating-ip-monitor.conf",
]


@dataclass
class Story:
    """web-a has no boto3; web-b has a Python of its own, and its service is down at first."""

    site: Site
    refused: Played
    left: list[str]
    forced: Played
    disliked: Played


@pytest.fixture(scope="module")
def story(bare: Site) -> Story:
    bare.hosts["web-b"].write("/usr/local/bin/picky", PICKY, 0o755)
    bare.hosts["web-b"].run("systemctl stop service")
    definition = bare.definition("web", 20, probe={"protocol": "icmp"})
    service = bare.definition("service", 21)
    own = {"floating_ip_monitor_python": "/usr/local/bin/picky"}
    bare.host_variables["web-b"] = own
    bare.variables.update(floating_ips=[definition, service], floating_ip_monitor_pip_arguments=PIP)
    refused = bare.deploy()
    left = [shown(h, "floating-ip-monitor.timer", "ActiveState")[0] for h in bare.hosts.values()]
    forced = bare.deploy(floating_ip_monitor_arm="force")
    bare.hosts["web-b"].write("/etc/picky", "")
    changed = [definition, {**service, "policy": {"cooldown": 12}}]
    return Story(bare, refused, left, forced, bare.deploy("--limit", "web-b", floating_ips=changed))


def test_a_monitor_is_not_armed_before_it_has_seen_every_target_up(story: Story):
    assert story.refused.code != 0
    assert "service: web-b is down: connection refused by" in story.refused.said
    assert "floating_ip_monitor_arm" in story.refused.said
    assert story.left == ["inactive", "inactive"]


def test_it_is_armed_by_force(story: Story):
    assert story.forced.code == 0, story.forced.output
    for host in story.site.hosts.values():
        assert until(lambda host=host: pid(host) != "0")
        assert shown(host, "floating-ip-monitor.timer", "UnitFileState") == ["enabled"]


def test_without_the_distributions_boto3_there_is_a_virtual_environment(story: Story):
    host = story.site.hosts["web-a"]
    assert host.run("python3 -c 'import boto3'", check=False).code != 0
    assert host.run(f"{VENV}/bin/python -c 'import boto3'").code == 0
    assert f"exec {VENV}/bin/python" in host.read("/usr/local/bin/floating-ip")
    assert f"{VENV}/bin/python" in shown(host, "floating-ip-monitor.service", "ExecStart")[0]
    assert (
        "TASK [netops.floating_ip.floating_ip_monitor : Install boto3 into it]"
        in story.refused.output
    )


def test_what_is_there_is_not_fetched_again(story: Story):
    for task in ("Install the distribution's boto3", "Install boto3 into it"):
        assert f"floating_ip_monitor : {task}]" in story.refused.output
        assert f"floating_ip_monitor : {task}]" not in story.forced.output


def test_with_it_there_is_none(story: Story):
    assert story.site.hosts["web-b"].run(f"test -e {VENV}", check=False).code != 0


def test_the_agent_itself_may_refuse_a_definition(story: Story):
    """Then the old one stays, and so does the monitor."""
    host = story.site.hosts["web-b"]
    assert story.disliked.code != 0
    assert "the agent does not like it" in story.disliked.said
    assert '"cooldown": 12' not in host.read("/etc/floating-ip/service.json")
    assert pid(host) != "0"


@pytest.fixture(scope="module")
def removed(story: Story) -> tuple[Site, Played, Played, Played]:
    """A dry run, a first and a second run with state: absent; somebody else's definition stays."""
    story.site.hosts["web-b"].run("cp /etc/floating-ip/web.json /etc/floating-ip/own.json")
    runs = [
        story.site.deploy(*arguments, floating_ip_monitor_state="absent", floating_ips=[])
        for arguments in (["--check"], [], [])
    ]
    return story.site, runs[0], runs[1], runs[2]


def test_what_was_made_is_removed(removed):
    site, predicted, first, second = removed
    for run in (predicted, first, second):
        assert run.code == 0, run.output
    assert predicted.changed == first.changed
    assert set(second.changed.values()) == {0}
    left = site.hosts["web-a"].run(["ls", "-d", *MADE], check=False).out
    assert left == ""
    assert "floating-ip" not in site.hosts["web-a"].run("systemctl list-unit-files").out


def test_what_was_not_made_stays(removed):
    site, _predicted, _first, _second = removed
    assert site.hosts["web-b"].run("ls /etc/floating-ip").out.split() == ["own.json"]


def test_the_context_and_its_owner_stay_until_that_is_asked_for(removed):
    site, _predicted, _first, _second = removed
    host = site.hosts["web-a"]
    assert host.run("stat --format=%U /var/lib/floating-ip").out.strip() == "floating-ip"
    played = site.deploy(
        "--limit",
        "web-a",
        floating_ip_monitor_state="absent",
        floating_ip_monitor_remove_context=True,
    )
    assert played.code == 0, played.output
    assert host.run("ls /var/lib/floating-ip; id floating-ip", check=False).out == ""
