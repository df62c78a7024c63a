# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People beside the monitors: moves by runbook and by command, and a program that reverts."""

from __future__ import annotations

import time

from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import PATIENCE
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    QUIET,
    Scene,
    assert_left_once,
    assert_outage,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import (
    POLICY,
)
from ansible_collections.netops.floating_ip.tests.lab.box import NAME

LAG = 1.0  # seconds for which reads show what was before a write
BLINK = 0.1  # seconds: packets that one busy process may be late by
REPAIRS = 3  # of a cell in an hour


def test_the_failover_runbook_moves_it_once_without_a_lost_packet(scene: Scene) -> None:
    where = {"floating_ip": NAME, "probe_from": "nowhere"}  # the controller is not in the VPC
    played = scene.stage.site.play("failover", check=False, **where)
    assert played.code == 0, played.out
    time.sleep(QUIET)
    assert_story(scene, scene.standby)
    assert_outage(scene, BLINK)


def test_a_move_by_command_is_respected_by_both_monitors_and_the_next_failure_is_met(
    scene: Scene,
) -> None:
    """The standby's monitor is told; the holder's finds out, a while later: reads lag."""
    stage = scene.stage
    stage.emulator.settings(lag_seconds=LAG)
    stage.hosts[scene.standby].run(["floating-ip", "move", NAME, "--to", scene.standby])
    time.sleep(QUIET)
    assert_story(scene, scene.standby)
    assert_outage(scene, BLINK)
    after = Scene(stage, scene.standby, scene.holder, stage.chronicle(), scene.note)
    time.sleep(float(POLICY["cooldown"]))
    stage.hosts[after.holder].freeze()
    assert_left_once(after, is_measured=False)
    assert_story(after, after.standby)
    stage.forget_fights()


def test_a_table_that_is_reverted_is_repaired_and_after_three_times_reported(scene: Scene) -> None:
    """As by a program that knows only its own idea of the routes."""
    stage, reverted = scene.stage, scene.db.tables[0]
    stage.emulator.settings(lag_seconds=LAG)
    story: list[str] = []
    for turn in range(REPAIRS + 1):
        stage.await_calm(scene.db)  # before a repair is verified, its revert seems stale
        stage.point(scene.db, scene.standby, tables=[reverted])
        story += [scene.standby] if turn == REPAIRS else [scene.standby, scene.holder]
        await_story(scene, reverted, story)
    stage.await_said(scene.holder, scene.db, f"{reverted} left {scene.holder} after three repairs")
    time.sleep(2 * float(POLICY["reconcile_interval"]) + QUIET)
    led = scene.told.led(scene.db)
    assert led == {**dict.fromkeys(scene.db.tables, ()), reverted: tuple(story)}
    stage.forget_fights()
    await_story(scene, reverted, [*story, scene.holder])
    assert stage.await_calm(scene.db) == (scene.holder, scene.standby)
    assert scene.told.strange() == []


def await_story(scene: Scene, table: str, story: list[str]) -> None:
    """Wait until one cell was led to these in turn."""
    end = time.monotonic() + PATIENCE
    while list(scene.told.led(scene.db)[table]) != story:
        assert time.monotonic() < end, (scene.told.led(scene.db), story, scene.stage.tell())
        time.sleep(0.05)
