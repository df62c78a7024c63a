# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Both targets at once, in either order; everything at once; and one that comes and goes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.faults.another import (
    Wanted,
    metered,
    own_addresses,
    watched,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    MARGIN,
    QUIET,
    Note,
    Scene,
    assert_led,
    assert_outage,
    assert_story,
    judge,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import (
    ASIDE,
    POLICY,
    Stage,
    floating_of,
)
from ansible_collections.netops.floating_ip.tests.hosts.watching import UNIT, now
from ansible_collections.netops.floating_ip.tests.lab.box import TARGETS
from ansible_collections.netops.floating_ip.tests.lab.host import Host

STEADY = 3  # seconds for which a target must have worked once the breaker is open


@pytest.mark.parametrize("is_holder_first", [True, False], ids=["holder first", "standby first"])
def test_when_no_service_is_left_the_first_one_back_serves(
    is_holder_first: bool, scene: Scene
) -> None:
    stage, pair = scene.stage, (scene.holder, scene.standby)
    for name in reversed(pair):
        stage.hosts[name].run("systemctl stop service")
        stage.await_health(scene.holder, name, "down")
    time.sleep(QUIET)
    assert_led(scene)
    led = () if is_holder_first else (scene.standby,)
    back = time.time()
    for name in pair if is_holder_first else reversed(pair):
        stage.hosts[name].run("systemctl start service")
        stage.await_health(name, name, "up")
        scene.told.await_led(scene.db, *led, said=stage.tell)
        time.sleep(QUIET)
    assert_outage(scene, stage.limit() + MARGIN, since=back)
    assert_story(scene, *led)


def test_when_both_hosts_died_and_the_standby_is_back_first_it_serves(scene: Scene) -> None:
    """After `settle`, which a cold start gives the holder."""
    stage = scene.stage
    for name in TARGETS:
        stage.hosts[name].kill()
    stage.start(scene.standby)
    back = time.time()
    scene.told.await_led(scene.db, scene.standby, said=stage.tell)
    assert_outage(scene, stage.limit() + float(POLICY["settle"]) + MARGIN, since=back)
    stage.start(scene.holder)
    assert_story(scene, scene.standby)


def test_after_everything_has_lost_its_power_all_is_as_it_was(scene: Scene) -> None:
    for name in TARGETS:
        scene.stage.hosts[name].kill()
    scene.stage.start(*TARGETS)
    back = time.time()
    assert_story(scene)
    assert_outage(scene, scene.stage.limit() + MARGIN, since=back)


def test_when_everything_is_rebooted_at_once_it_moves_once_at_most(scene: Scene) -> None:
    """In good order one service may end before the other host's monitor does."""
    stage = scene.stage
    stage.begun.update(dict.fromkeys(TARGETS, now()))
    with ThreadPoolExecutor() as pool:
        list(pool.map(Host.reboot, (stage.hosts[name] for name in TARGETS)))
    stage.await_calm(scene.db)
    led = set(scene.told.led(scene.db).values())
    assert led in ({()}, {(scene.standby,)}), (led, stage.tell())
    assert_story(scene, *led.pop())


@pytest.fixture
def fickle(stage: Stage) -> Iterator[Floating]:
    """A floating IP whose breaker opens at two moves; one monitor alone watches it."""
    made = replace(floating_of(stage.site, "fickle", "100.64.10.30"), watchers=TARGETS[:1])
    policy = {"max_moves": 2, "breaker_delay": STEADY, "cooldown": 0}
    with watched(stage, made, Wanted(own_addresses(stage), TARGETS[0], policy)) as floating:
        yield floating


def test_a_service_that_comes_and_goes_opens_the_breaker(
    fickle: Floating, stage: Stage, note: Note
) -> None:
    first, second = TARGETS
    told = Chronicle(stage.emulator, fickle)
    story: list[str] = []
    turns = ((first, second, 0), (second, first, 0), (first, second, STEADY))
    with metered(stage, fickle) as meter:
        for holder, other, delay in turns:
            stage.await_calm(fickle)
            began = time.time()
            stage.hosts[holder].run(f"systemctl stop {ASIDE}")
            story.append(other)
            told.await_led(fickle, *story, said=stage.tell)
            stage.hosts[holder].run(f"systemctl start {ASIDE}")
            judge(stage, note, [meter], began, stage.limit() + delay + MARGIN)
    assert "although it changed holder 2 times" in reason_of_the_last_move(stage, first)
    stage.await_health(first, first, "up", fickle)
    stage.hosts[second].run(f"systemctl stop {ASIDE}")
    stage.await_said(first, fickle, "max_moves is 2")
    time.sleep(STEADY + QUIET)
    assert set(told.led(fickle).values()) == {tuple(story)}
    stage.hosts[first].run("floating-ip reset fickle")
    told.await_led(fickle, *story, first, said=stage.tell)
    assert told.strange() == []


def reason_of_the_last_move(stage: Stage, host: str) -> str:
    """Why the monitor of a host moved it, as it announced that."""
    lines = stage.hosts[host].run(f"journalctl -b -u {UNIT} -o cat --no-pager").out.splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    intents = [one for one in events if one["kind"] == "intent"]
    return str(next(one["sentence"] for one in intents[::-1] if one["floating_ip"] == "fickle"))
