# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is around a monitor: the metadata service, the resolver, the disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.faults.another import Wanted, watched
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    QUIET,
    Scene,
    assert_led,
    assert_left_once,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import (
    ASIDE,
    Stage,
    floating_of,
)
from ansible_collections.netops.floating_ip.tests.hosts.watching import UNIT, now
from ansible_collections.netops.floating_ip.tests.lab.box import TARGETS
from ansible_collections.netops.floating_ip.tests.lab.host import Host

# A server that never answers, for names that the hosts file does not have.
SILENT = "nameserver 192.0.2.99\noptions timeout:1 attempts:1\n"
# In the monitor's own view of the disk, its folder becomes a small one that is full.
FILL = """set -e
kept=$(mktemp -d) at=/var/lib/floating-ip
cp -a $at/. $kept
mount -n -t tmpfs -o size=4m,mode=0750 full $at
chown floating-ip: $at
cp -a $kept/. $at
dd if=/dev/zero of=$at/ballast bs=4k 2>/dev/null || test -s $at/ballast
"""


def test_without_the_metadata_service_a_running_monitor_goes_on(scene: Scene) -> None:
    break_metadata(scene.stage, "silent")
    scene.stage.hosts[scene.holder].freeze()
    assert_left_once(scene)
    assert_story(scene, scene.standby)


def break_metadata(stage: Stage, fault: str) -> None:
    for host in stage.hosts.values():
        assert host.metadata is not None
        host.metadata.fault = fault


@pytest.mark.parametrize(
    ("again", "knows_who_it_is"),
    [
        pytest.param(lambda host: host.run(f"systemctl restart {UNIT}"), True, id="restarted"),
        pytest.param(Host.reboot, False, id="rebooted"),
    ],
)
def test_without_the_metadata_service_a_monitor_that_was(
    again: Callable[[Host], object], knows_who_it_is: bool, scene: Scene
) -> None:
    """moves nothing, as it has no credentials and may not know who it is, until that is back."""
    stage, standby = scene.stage, scene.stage.hosts[scene.standby]
    break_metadata(stage, "error")
    stage.begun[standby.name] = now()
    again(standby)
    status = stage.await_said(standby.name, scene.db, "AWS")
    assert status["is_target_known"] is knows_who_it_is
    stage.hosts[scene.holder].freeze()
    time.sleep(stage.limit() + QUIET)
    assert_led(scene)
    break_metadata(stage, "")
    assert_left_once(scene, is_measured=False)
    assert_story(scene, scene.standby)


@pytest.fixture
def named(stage: Stage) -> Iterator[Floating]:
    """A floating IP whose targets are probed by their names."""
    names = {name: f"{name}.lab" for name in TARGETS}
    lines = "".join(f"{stage.hosts[name].plan.ip} {names[name]}\\n" for name in TARGETS)
    stage.on_both(f"cp /etc/hosts /etc/hosts.kept; printf '{lines}' >> /etc/hosts")
    made = floating_of(stage.site, "named", "100.64.10.50")
    holder, _standby = stage.await_calm(stage.db)
    with watched(stage, made, Wanted(names, holder)) as floating:
        yield floating
    stage.on_both("mv /etc/hosts.kept /etc/hosts; : > /etc/resolv.conf")


def test_without_a_resolver_names_are_unknown_and_addresses_are_probed_on(
    named: Floating, scene: Scene
) -> None:
    """Both floating IPs lose their service; the one whose targets have addresses moves."""
    stage = scene.stage
    told = Chronicle(stage.emulator, named, scene.db)
    stage.on_both("cp /etc/hosts /etc/hosts.named; cp /etc/hosts.kept /etc/hosts")
    stage.on_both(f"printf '{SILENT}' > /etc/resolv.conf")
    stage.hosts[scene.holder].run(f"systemctl stop {ASIDE} service")
    told.await_led(scene.db, scene.standby, said=stage.tell)
    status = stage.await_health(scene.standby, scene.holder, "unknown", named)
    assert status["holder"] == scene.holder
    time.sleep(QUIET)
    assert set(told.led(named).values()) == {()}
    stage.on_both("mv /etc/hosts.named /etc/hosts")
    told.await_led(named, scene.standby, said=stage.tell)
    assert_led(scene, scene.standby)
    assert told.strange() == []


def test_a_full_disk_neither_causes_a_move_nor_prevents_one(scene: Scene) -> None:
    stage = scene.stage
    for host in stage.hosts.values():
        within(host, FILL)
    stage.hosts[scene.holder].freeze()
    assert_left_once(scene)
    told = stage.hosts[scene.standby].journal(UNIT, 60)
    assert "No space left on device" in told
    stage.hosts[scene.holder].thaw()
    for host in stage.hosts.values():
        within(host, "umount -nl /var/lib/floating-ip")
    assert_story(scene, scene.standby)


def within(host: Host, script: str) -> None:
    """Run a script as root in the monitor's own view of the file system."""
    pid = host.run(f"systemctl show --property=MainPID --value {UNIT}").out.strip()
    host.run(["nsenter", "-t", pid, "-m", "--", "/bin/sh", "-c", script])
