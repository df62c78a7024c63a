# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From two bare hosts to a floating IP that fails over, and back to bare hosts."""

from __future__ import annotations

from typing import Any

from ansible_collections.netops.floating_ip.tests.hosts.runbooks.site import (
    ADDRESS,
    AWS_HOST,
    HELD,
    HOSTLESS,
    Played,
    Site,
)
from ansible_collections.netops.floating_ip.tests.hosts.sharing import share_since, used
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until

BOTH = ["db", "held"]
ALL = {"floating_ip": BOTH, "confirm": BOTH}
MONITORS_MAY = {
    "CreateRoute",
    "DescribeNetworkInterfaces",
    "DescribeRouteTables",
    "ReplaceRoute",
}
DEPLOY_SECONDS, AGAIN_SECONDS = 60, 25  # on two idle cores


def assert_in_time(made: Played, share: float, seconds: float) -> None:
    """`share`: what it had of this machine, which others may use as well."""
    assert share <= seconds, (share, made.seconds, made.output)


def is_at(site: Site, holder: str, standby: str) -> bool:
    """Whether the address of the holder alone is there, and packets from the standby too."""
    return (
        site.holders(address=HELD) == [holder, holder]
        and (site.has_address(holder, HELD), site.has_address(standby, HELD)) == (True, False)
        and site.reached_from(standby, HELD) == holder
    )


def test_a_dry_run_on_bare_hosts_tells_all_and_changes_nothing(site: Site, before: Any) -> None:
    checked = site.run("deploy", "--check", "--diff")
    assert (checked.code, site.lab.emulator.state()) == (0, before), checked.output
    assert site.is_bare()
    assert f"no host in floating_ip_targets of the environment of {HOSTLESS}-aws" in checked.said


def test_a_deploy_of_one_environment_serves_it_and_a_second_one_changes_nothing(
    site: Site, before: Any
) -> None:
    began = used()
    made = site.run("deploy", "--limit", "production")
    assert_in_time(made, share_since(began), DEPLOY_SECONDS)
    assert (made.code, site.holders()) == (0, ["db-a", "db-a"]), made.output
    assert site.is_served()
    assert site.holders(site.elsewhere) == [None, None]
    began = used()
    again = site.run("deploy", "--limit", "production")
    assert_in_time(again, share_since(began), AGAIN_SECONDS)
    unchanged = dict.fromkeys([AWS_HOST, *site.hosts], 0)
    assert (again.code, again.changed) == (0, unchanged), again.output


def test_status_and_validate_tell_of_aws_and_of_hosts(site: Site) -> None:
    ready = site.run("validate", "--limit", "production")
    assert ready.code == 0, ready.output
    told = site.run("status", "--limit", "production")
    assert told.code == 0, told.output
    assert "db is at db-a and could fail over now." in told.said
    assert told.said.count(f"{ADDRESS} is on eth0.") == 2
    assert told.said.count("The monitor runs: ") == 2
    assert f"held: {HELD} is on eth0 with the holder." in told.said
    assert f"held: {HELD} is not here; it comes with the holder." in told.said


def test_the_monitors_move_it_with_the_alias_of_the_holder_and_so_do_people(site: Site) -> None:
    """A client on the standby reaches the holder; its own alias would keep it from that."""
    assert until(lambda: is_at(site, "db-a", "db-b"), 5.0)
    site.lab.emulator.clear_calls()
    site.hosts["db-a"].run("systemctl stop web")
    assert until(lambda: site.holders() == ["db-b", "db-b"], 20.0)
    assert until(lambda: is_at(site, "db-b", "db-a"), 20.0)
    calls = site.lab.emulator.calls()
    assert {one["service"] for one in calls} <= {"ec2", "sts"}  # so no other one's outage matters
    called = {one["action"] for one in calls if one["service"] == "ec2"}
    assert "ReplaceRoute" in called
    assert called <= MONITORS_MAY  # what their IAM policy allows
    site.hosts["db-a"].run("systemctl start web")
    moved = site.run("failover", "--limit", "production", floating_ip=BOTH, probe_from="nowhere")
    assert (moved.code, site.holders()) == (0, ["db-a", "db-a"]), moved.output
    assert until(lambda: is_at(site, "db-a", "db-b"), 5.0)


def test_validate_tells_what_is_wrong_with_a_host_and_deploy_mends_it(site: Site) -> None:
    site.hosts["db-b"].run("systemctl stop floating-ip-monitor.timer floating-ip-monitor.service")
    site.hosts["db-b"].run("rm /etc/floating-ip/db.json")
    judged = site.run("validate", "--limit", "production")
    assert judged.code == 2, judged.output
    assert "The monitor is not armed" in judged.said
    assert "The host has another definition of db or none: deploy." in judged.said
    mended = site.run("deploy", "--limit", "production")
    assert (mended.code, site.is_served()) == (0, True), mended.output


def test_a_teardown_of_one_lets_the_other_be_watched_or_not_as_it_was(site: Site) -> None:
    """Where a monitor is not armed and a target is down, nothing is probed, and nothing armed."""
    disarm = "systemctl disable --now floating-ip-monitor.timer; systemctl stop"
    site.hosts["db-b"].run(f"{disarm} floating-ip-monitor.service web")
    removed = site.run("teardown", "--limit", "production", floating_ip="held", confirm="held")
    assert removed.code == 0, removed.output
    assert (site.holders(), site.holders(address=HELD)) == (["db-a", "db-a"], [None, None])
    assert [site.is_armed(name) for name in site.hosts] == [True, False]
    for host in site.hosts.values():
        assert host.run("ls /etc/floating-ip").out.split() == ["db.json"]
        assert host.read("/etc/floating-ip/.deployed").split() == ["db"]
    site.hosts["db-b"].run("systemctl start web")


def test_a_teardown_that_cannot_reach_a_monitor_does_not_begin_but_by_force(
    site: Site, before: Any
) -> None:
    limited = site.run("teardown", "--limit", f"{AWS_HOST},db-a", **ALL)
    assert limited.code != 0
    assert "The limit leaves out db-b whose monitors must be told" in limited.said
    site.hosts["db-b"].power_off()
    refused = site.run("teardown", "--limit", "production", **ALL)
    assert (refused.code != 0, site.holders()) == (True, ["db-a", "db-a"]), refused.output
    assert "could not be brought to the wanted state: db-b." in refused.said
    forced = site.run("teardown", "--limit", "production", force="true", **ALL)
    assert (forced.code, site.lab.emulator.state()) == (4, before), forced.output
    site.hosts["db-b"].start()
    site.hosts["db-b"].wait()
    rest = site.run("teardown", "--limit", "production", **ALL)
    assert (rest.code, site.is_bare()) == (0, True), rest.output
    assert site.lab.emulator.state() == before
    more = site.run("teardown", "--limit", "production", **ALL)
    assert (more.code, more.changes) == (0, 0), more.output
