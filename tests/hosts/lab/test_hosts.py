# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can happen to a host."""

from __future__ import annotations

import time

import pytest

from ansible_collections.netops.floating_ip.tests.lab.commands import CommandFailed
from ansible_collections.netops.floating_ip.tests.lab.lab import Host, HostPlan, Lab

SEND = "ping -c1 -W0.5 {}"


@pytest.fixture(scope="module")
def pair(lab: Lab) -> tuple[Host, Host]:
    names = (("db-a", "10.0.1.10/24"), ("db-b", "10.0.1.20/24"))
    first, second = (lab.boot(HostPlan(name, address)) for name, address in names)
    first.wait()
    second.wait()
    return first, second


def hears(host: Host, other: Host) -> bool:
    return host.run(SEND.format(other.plan.ip), check=False).code == 0


def test_two_hosts_of_one_subnet_reach_each_other_through_the_router_alone(
    pair: tuple[Host, Host],
) -> None:
    first, second = pair
    assert hears(first, second)
    seen = first.run("ip neighbour show").out
    macs = {line.split("lladdr ")[1].split()[0] for line in seen.splitlines() if "lladdr" in line}
    assert macs and second.plan.mac not in macs


def test_a_frozen_host_answers_ping_and_runs_nothing_until_it_is_thawed(
    pair: tuple[Host, Host],
) -> None:
    first, second = pair
    first.run("systemd-run --unit=ticks sh -c 'while sleep 0.02; do echo >> /run/ticks; done'")
    first.run("until [ -s /run/ticks ]; do sleep 0.02; done")
    first.freeze()
    try:
        before = _ticks(first)
        assert hears(second, first)
        time.sleep(0.1)
        assert _ticks(first) == before
        with pytest.raises(CommandFailed, match=r"Not done after 0\.2 s: on db-a: true"):
            first.run("true", timeout=0.2)
    finally:
        first.thaw()
    first.run(f"until [ $(wc -l < /run/ticks) -gt {before} ]; do sleep 0.02; done")


def _ticks(host: Host) -> int:
    """Read from outside: nothing runs inside a frozen host."""
    with open(f"/proc/{host.leader}/root/run/ticks", encoding="ascii") as stream:
        return len(stream.read())


def test_a_killed_host_is_silent_at_once_and_keeps_its_disk(pair: tuple[Host, Host]) -> None:
    first, second = pair
    first.write("/etc/kept/here", "kept\n", 0o640)
    first.kill()
    assert not hears(second, first)
    assert first.leader is None
    with pytest.raises(RuntimeError, match="db-a is not running"):
        first.run("true")
    assert first.read("/etc/kept/here") == "kept\n"
    first.write("/etc/kept/there", "written while it was off\n")
    first.start()
    first.wait()
    assert hears(second, first)
    assert first.read("/etc/kept/there") == "written while it was off\n"
    assert first.run("stat -c %a /etc/kept/here").out == "640\n"


def test_a_host_that_was_switched_off_starts_again(pair: tuple[Host, Host]) -> None:
    first, second = pair
    first.power_off()
    assert not hears(second, first)
    with pytest.raises(RuntimeError, match="is not running"):
        first.power_off()
    first.start()
    assert first.wait() == "running"
    assert hears(second, first)
    with pytest.raises(RuntimeError, match="is on already"):
        first.start()


def test_what_is_run_in_a_host_belongs_to_its_cgroup_and_ends_when_it_takes_too_long(
    pair: tuple[Host, Host],
) -> None:
    first, _second = pair
    assert "/lab" in first.run("cat /proc/self/cgroup").out
    with pytest.raises(CommandFailed, match=r"Not done after 0\.2 s"):
        first.run("sleep 77; true", timeout=0.2)
    assert "sleep 77" not in first.run(["ps", "ax"]).out


def test_a_failed_command_says_where_and_what(pair: tuple[Host, Host]) -> None:
    with pytest.raises(CommandFailed, match=r"on db-a: echo no; exit 3 \(code 3\): no"):
        pair[0].run("echo no; exit 3")
    assert pair[0].run("exit 3", check=False).code == 3


def test_hosts_reach_aws_by_the_router(lab: Lab, pair: tuple[Host, Host]) -> None:
    told = pair[0].run(["curl", "-sS", f"{lab.api_url}/_control/clock"]).out
    assert "offset_seconds" in told
    pair[0].in_network(["ip", "link", "set", "eth0", "down"])
    assert pair[0].run(f"curl -sS -m 1 {lab.api_url}", check=False).code != 0
    pair[0].run("networkctl up eth0; networkctl reconfigure eth0")
