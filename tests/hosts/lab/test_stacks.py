# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every suite and every network stack: up, reachable, and again after a reboot."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.netops.floating_ip.tests.lab.image import suites
from ansible_collections.netops.floating_ip.tests.lab.lab import Host, HostPlan, Lab
from ansible_collections.netops.floating_ip.tests.lab.plan import STACKS

PEER = HostPlan("peer", "10.0.9.10/24", address6="fd12::9:1/128")
KINDS = tuple(itertools.product(suites(), STACKS))


def planned(number: int, suite: str, stack: str) -> HostPlan:
    own6 = f"fd12::1:{number}/128"
    return HostPlan(f"h{number}", f"10.0.1.{number}/24", suite=suite, stack=stack, address6=own6)


@pytest.fixture(scope="module")
def hosts(lab: Lab) -> dict[tuple[str, str], Host]:
    """One host of each kind, and their peer, all of them up."""
    made = [lab.boot(PEER)]
    made += [lab.boot(planned(number, *kind)) for number, kind in enumerate(KINDS, 10)]
    for host in made:
        host.wait()
    return dict(zip(KINDS, made[1:], strict=True))


@pytest.fixture(scope="module")
def rebooted(hosts: dict[tuple[str, str], Host]) -> dict[tuple[str, str], tuple[str, str]]:
    """All of them rebooted at once: their boot ids before and after."""

    def reboot(host: Host) -> tuple[str, str]:
        before = host.read("/proc/sys/kernel/random/boot_id")
        host.reboot()
        return before, host.read("/proc/sys/kernel/random/boot_id")

    with ThreadPoolExecutor(len(hosts)) as pool:
        return dict(zip(hosts, pool.map(reboot, hosts.values()), strict=True))


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_a_host_comes_up_with_its_addresses(
    hosts: dict[tuple[str, str], Host], kind: tuple[str, str]
) -> None:
    host = hosts[kind]
    assert host.wait() == "running", host.run("systemctl --failed").out
    assert reaches_its_peer(host) == (True, True)
    assert addresses(host) >= {host.plan.address, host.plan.address6}
    assert f"VERSION_CODENAME={kind[0]}" in host.read("/etc/os-release")


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_a_host_has_its_addresses_again_after_a_reboot(
    hosts: dict[tuple[str, str], Host],
    rebooted: dict[tuple[str, str], tuple[str, str]],
    kind: tuple[str, str],
) -> None:
    assert reaches_its_peer(hosts[kind]) == (True, True)
    assert addresses(hosts[kind]) >= {hosts[kind].plan.address, hosts[kind].plan.address6}
    before, after = rebooted[kind]
    assert before != after


def reaches_its_peer(host: Host) -> tuple[bool, bool]:
    """By IPv4, by IPv6. A stack may need a moment after systemd says that all is up."""
    ping = "for try in 1 2 3 4 5 6; do ping -c1 -W1 {} && exit; sleep 0.2; done; exit 1"
    four, six = (host.run(ping.format(to), check=False) for to in (PEER.ip, PEER.ip6))
    return four.code == 0, six.code == 0


def addresses(host: Host) -> set[str]:
    return set(host.run("ip -brief address show dev eth0").out.split()[2:])
