# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An operator's move in the middle of another one, which takes long for its many tables."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.faults.another import (
    Wanted,
    metered,
    own_addresses,
    watched,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import PATIENCE, Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    MARGIN,
    Scene,
    assert_led,
    judge,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import Stage
from ansible_collections.netops.floating_ip.tests.lab.box import TARGETS

MANY, AT_ONCE = 200, 50  # tables; what the token bucket lets through at once
PARALLEL = 8
BURST = 0.5  # seconds that the emulator takes for what is let through at once


@pytest.fixture
def wide(stage: Stage) -> Iterator[Floating]:
    """A floating IP of many tables, the clients' first, at the holder of the deployed one."""
    vpc, used = stage.site.world.vpc, tuple(stage.site.world.tables)
    with ThreadPoolExecutor(PARALLEL) as pool:
        made = pool.map(lambda _n: stage.ec2.create_route_table(VpcId=vpc), range(MANY - len(used)))
        new = tuple(str(each["RouteTable"]["RouteTableId"]) for each in made)
    tables = (*used, *new)
    interfaces = {name: stage.site.world.eni(name) for name in TARGETS}
    floating = Floating("wide", "100.64.10.60", tables, interfaces, TARGETS)
    holder, _standby = stage.await_calm(stage.db)
    policy = {"reconcile_interval": 3}
    with watched(stage, floating, Wanted(own_addresses(stage), holder, policy)):
        yield floating
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(lambda table: stage.ec2.delete_route_table(RouteTableId=table), new))


def test_an_operator_overrules_a_move_that_the_token_bucket_makes_slow(
    wide: Floating, scene: Scene
) -> None:
    """Whatever was moved by then goes back, whatever was not stays; nothing is moved a third time.

    The holder freezes and thaws, so the monitor beside the operator was moving its cells away.
    """
    stage = scene.stage
    told = Chronicle(stage.emulator, wide, scene.db)
    with metered(stage, wide) as meter:
        stage.emulator.settings(throttling=True)
        stage.hosts[scene.holder].freeze()
        end = time.monotonic() + PATIENCE
        while sum(map(len, told.led(wide).values())) <= AT_ONCE:
            assert time.monotonic() < end, stage.tell()
            time.sleep(0.1)
        judge(stage, scene.note, [meter], told.began, stage.limit(BURST) + MARGIN)
    stage.hosts[scene.holder].thaw()
    move = ["floating-ip", "move", wide.name, "--to", scene.holder]
    stage.hosts[scene.standby].run(move, timeout=3 * PATIENCE)
    assert stage.await_calm(wide) == (scene.holder, scene.standby)
    ways = set(told.led(wide).values())
    assert ways == {(), (scene.standby, scene.holder)}, ways
    assert told.strange() == []
    assert_led(scene, scene.standby)
