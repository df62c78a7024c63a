# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The monitor that moves the address is killed on the way; its timer starts it again.

The holder is frozen, and its monitor with it, so that the one that is killed is alone. AWS holds a
call until then.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._store.format import context_of
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import PATIENCE
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    Scene,
    assert_left_once,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import TABLES
from ansible_collections.netops.floating_ip.tests.hosts.watching import FOLDER, UNIT
from ansible_collections.netops.floating_ip.tests.lab.host import Host

WRITE, READ = "ReplaceRoute", "DescribeRouteTables"
HELD = 20.0  # seconds that a call is held at most
REPLY = 0.5  # seconds in which the reads after a write can still be told to wait
RESTART = 3.0  # seconds: the kill, the timer's one, and a start on two busy cores, with two rounds


@dataclass(frozen=True)
class Step:
    """`hold` lets AWS stop the move at this step. `made`: how many cells are changed by then."""

    hold: Callable[[Emulator], object]
    made: int


def hold_the_verification(aws: Emulator) -> None:
    """While it moves, a monitor reads for nothing else."""
    aws.fault("late", WRITE, skip=TABLES - 1, seconds=REPLY)
    await_applied(aws, 0)
    aws.fault("timeout", READ, count=None, seconds=HELD)


STEPS = {
    "it has announced it": Step(
        lambda aws: aws.fault("timeout", WRITE, count=TABLES, seconds=HELD), 0
    ),
    "its first write is not made": Step(
        lambda aws: aws.fault("timeout", WRITE, seconds=HELD), TABLES - 1
    ),
    "its last write is not made": Step(
        lambda aws: aws.fault("timeout", WRITE, skip=TABLES - 1, seconds=HELD), TABLES - 1
    ),
    "its last write is made": Step(
        lambda aws: aws.fault("late", WRITE, skip=TABLES - 1, seconds=HELD), TABLES
    ),
    "it verifies": Step(hold_the_verification, TABLES),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_each_cell_is_moved_once_though_the_monitor_is_killed_when(
    step: Step, scene: Scene
) -> None:
    stage, standby = scene.stage, scene.stage.hosts[scene.standby]
    stage.hosts[scene.holder].freeze()
    step.hold(stage.emulator)
    await_applied(stage.emulator, -1)
    await_made(scene, step.made)
    intent = context(standby, scene.db.name).intent
    assert intent is not None and (intent.to, intent.moving) == (scene.standby, True)
    kill_monitor(standby)
    stage.emulator.clear_faults()
    assert_left_once(scene, RESTART)
    assert_story(scene, scene.standby)
    for host in stage.hosts.values():
        told = context(host, scene.db.name).intent
        assert told is not None and (told.to, told.moving) == (scene.standby, False)


def await_applied(aws: Emulator, number: int) -> None:
    """Wait until a fault, by its number, has struck."""
    end = time.monotonic() + PATIENCE
    while not aws.faults()[number]["applied"]:
        assert time.monotonic() < end, aws.calls()[-5:]
        time.sleep(0.01)


def await_made(scene: Scene, cells: int) -> None:
    """Wait until so many cells are changed: those beside the call that is held."""
    end = time.monotonic() + PATIENCE
    while sum(map(len, scene.told.led(scene.db).values())) < cells:
        assert time.monotonic() < end, scene.told.led(scene.db)
        time.sleep(0.01)


def kill_monitor(host: Host) -> None:
    """As the kernel does when memory is out: without a word, whatever it was doing."""
    host.run(f"systemctl kill --signal=KILL {UNIT}")


def context(host: Host, name: str) -> Context:
    """What a monitor remembers, of which nothing may be torn or set aside."""
    folder = host.disk.upper / FOLDER
    assert not list(folder.glob("*corrupt*"))
    return context_of((folder / f"{name}.json").read_bytes())
