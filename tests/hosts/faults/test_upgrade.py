# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A monitor that is begun anew while something fails: by a reload, by a rolling upgrade."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import PATIENCE
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    Scene,
    assert_left_once,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import POLICY
from ansible_collections.netops.floating_ip.tests.hosts.watching import UNIT
from ansible_collections.netops.floating_ip.tests.lab.host import Host

ROOT = Path(__file__).parents[3]
PARTS = ("plugins", "roles", "playbooks", "meta", "galaxy.yml")  # what a deploy needs of it
START = 0.4  # seconds from the end of a window to the first probe of the next
RESTART = 2.0  # seconds from the stop of the old agent until the new one watches
AGENT = "/opt/floating-ip/floating-ip.pyz"


def test_a_reload_loses_no_failover(scene: Scene) -> None:
    scene.stage.on_both(f"systemctl reload {UNIT}")
    scene.stage.hosts[scene.holder].freeze()
    assert_left_once(scene, START)
    assert_story(scene, scene.standby)


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The collection with another agent, where Ansible looks first."""
    home = tmp_path / "ansible_collections" / "netops" / "floating_ip"
    home.mkdir(parents=True)
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, home / part)
    (home / "tests").symlink_to(ROOT / "tests")  # the lab's connection plugin is there
    with (home / "plugins/module_utils/_cli/main.py").open("a", encoding="utf-8") as stream:
        stream.write("\n# The next release.\n")
    paths = [str(tmp_path), os.environ.get("ANSIBLE_COLLECTIONS_PATH", "")]
    monkeypatch.setenv("ANSIBLE_COLLECTIONS_PATH", os.pathsep.join(filter(None, paths)))


@pytest.mark.usefixtures("next_release")
def test_a_rolling_upgrade_loses_no_failover(scene: Scene) -> None:
    """The holder's service stops in the moment in which the standby's monitor is replaced."""
    stage, standby = scene.stage, scene.stage.hosts[scene.standby]
    before = [digest(host) for host in stage.hosts.values()]
    old = pid(standby)
    with ThreadPoolExecutor(1) as pool:
        upgrade = pool.submit(stage.site.play, "watch", check=False, floating_ip_serial="1")
        end = time.monotonic() + 3 * PATIENCE
        while pid(standby) == old:
            assert time.monotonic() < end and not upgrade.done(), upgrade.result().out
            time.sleep(0.02)
        stage.hosts[scene.holder].run("systemctl stop service")
        assert_left_once(scene, RESTART + float(POLICY["settle"]))
        played = upgrade.result()
    assert played.code == 0, played.out
    assert_story(scene, scene.standby)
    after = [digest(host) for host in stage.hosts.values()]
    assert len({*before, *after}) == 2 and before != after


def digest(host: Host) -> str:
    return host.run(f"sha256sum {AGENT}").out.split()[0]


def pid(host: Host) -> str:
    return host.run(f"systemctl show --property=MainPID --value {UNIT}").out.strip()
