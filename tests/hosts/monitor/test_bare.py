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
# A Python under which whatever is made is closed to other users, as root's own umask may have it.
CLOSED = """#!/bin/sh
umask 077
exec /usr/bin/python3 "$@"
"""
INDEX = "http://127.0.0.1:9/simple"  # nobody is there, and with --no-index nobody is asked
OF_A = {
    "ansible_python_interpreter": "/usr/local/bin/closed",
    "floating_ip_monitor_boto3_requirement": "boto3>=1.27",
    "floating_ip_monitor_pip_arguments": PIP,
    "floating_ip_monitor_pip_index_url": INDEX,
    "floating_ip_monitor_observer": True,
}
OF_B = {
    "floating_ip_monitor_python": "/usr/local/bin/picky",
    "floating_ip_monitor_boto3_source": "distribution",
    "floating_ip_monitor_environment": {"NO_PROXY": "169.254.169.254", "ODD": 'a "b" %c'},
    "floating_ip_monitor_target": "web-b",
    "floating_ip_monitor_window": 300,
}
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
    bare.hosts["web-a"].write("/usr/local/bin/closed", CLOSED, 0o755)
    bare.hosts["web-b"].run("systemctl stop service")
    for host in bare.hosts.values():
        host.run("mkdir /home/probe")
    definition = bare.definition("web", 20, probe={"protocol": "icmp"})
    service = bare.definition("service", 21)
    home = bare.definition(
        "home", 22, probe={"protocol": "command", "command": ["ls", "/home/probe"]}
    )
    bare.host_variables.update({"web-a": OF_A, "web-b": OF_B})
    bare.variables["floating_ips"] = [definition, service, home]
    refused = bare.deploy()
    left = [shown(h, "floating-ip-monitor.timer", "ActiveState")[0] for h in bare.hosts.values()]
    forced = bare.deploy(floating_ip_monitor_arm="force")
    bare.hosts["web-b"].write("/etc/picky", "")
    changed = [definition, {**service, "policy": {"cooldown": 12}}, home]
    return Story(bare, refused, left, forced, bare.deploy("--limit", "web-b", floating_ips=changed))


def test_a_monitor_is_not_armed_before_it_has_seen_every_target_up(story: Story):
    assert story.refused.code != 0
    assert "service: web-b is down: connection refused by" in story.refused.said
    assert "floating_ip_monitor_arm" in story.refused.said
    assert story.left == ["inactive", "inactive"]


def test_a_probe_that_the_confinement_forbids_is_refused_before_the_arming(story: Story):
    """As the monitor would see its target down."""
    assert "home: web-a is down" in story.refused.said


def test_whatever_root_s_umask_the_monitor_can_read_what_it_needs(story: Story):
    host = story.site.hosts["web-a"]
    closed = "find /opt/floating-ip ! -type l ( ! -perm -o=r -o -type d ! -perm -o=x )"
    assert host.run(closed.split()).out == ""
    host.run(["runuser", "-u", "floating-ip", "--", f"{VENV}/bin/python", "-c", "import boto3"])


def test_the_options_reach_the_service(story: Story):
    show = "floating-ip-monitor.service", "ExecStart", "Environment"
    start, _environment = shown(story.site.hosts["web-a"], *show)
    assert "--window 600 --observer ;" in start
    host = story.site.hosts["web-b"]
    start, environment = shown(host, *show)
    assert "--window 300 --target web-b ;" in start
    assert environment == 'NO_PROXY=169.254.169.254 "ODD=a \\"b\\" %c"'
    told = host.read(f"/proc/{pid(host)}/environ").split("\0")
    assert {'ODD=a "b" %c', "NO_PROXY=169.254.169.254"} <= set(told)


def test_it_is_armed_by_force(story: Story):
    assert story.forced.code == 0, story.forced.output
    for host in story.site.hosts.values():
        assert until(lambda host=host: pid(host) != "0")
        assert shown(host, "floating-ip-monitor.timer", "UnitFileState") == ["enabled"]


def test_without_the_distributions_boto3_there_is_a_virtual_environment(story: Story):
    host = story.site.hosts["web-a"]
    assert host.run("python3 -c 'import boto3'", check=False).code != 0
    assert host.run(f"{VENV}/bin/python -c 'import boto3'").code == 0
    assert host.read(f"{VENV}/requirement.txt") == "boto3>=1.27\n"
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
