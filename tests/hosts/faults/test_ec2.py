# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""EC2 slow, throttled, gone, or doing what it was asked without a word; and clocks that are off.

The holder freezes, and its monitor with it, so that one monitor alone acts: its calls are counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import PATIENCE
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    QUIET,
    Scene,
    assert_led,
    assert_left_once,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import TABLES
from ansible_collections.netops.floating_ip.tests.hosts.watching import UNIT
from ansible_collections.netops.floating_ip.tests.lab.box import NAME
from ansible_collections.netops.floating_ip.tests.lab.host import Host

LAG = 1.0  # seconds for which reads show what was before a write
CALL = 2.0  # seconds after which a call is given up
WRITE = "ReplaceRoute"
HOUR = 3600.0
TOLERANCE = 300.0  # seconds that AWS lets a signature be off


@dataclass(frozen=True)
class Trouble:
    """`seconds`: how much later packets may follow by it. `writes`: how many are sent."""

    begin: Callable[[Emulator], object]
    seconds: float = 0.0
    writes: int = TABLES


TROUBLES = {
    "it is slow": Trouble(
        lambda aws: aws.settings(latency_seconds={".*": 0.4 * CALL}), seconds=2 * 0.4 * CALL
    ),
    "a write is answered too late": Trouble(
        lambda aws: aws.fault("late", WRITE, count=TABLES, seconds=1.5 * CALL)
    ),
    "a write is never heard of": Trouble(
        lambda aws: aws.fault("timeout", WRITE, count=TABLES),
        seconds=2 * CALL + 1,
        writes=2 * TABLES,
    ),
    "the answer to a write is lost": Trouble(lambda aws: aws.fault("lost", WRITE, count=TABLES)),
    "it fails after the change": Trouble(
        lambda aws: aws.fault("unavailable", WRITE, count=TABLES, after=True)
    ),
    "it fails before the change": Trouble(
        lambda aws: aws.fault("error", WRITE, count=TABLES), seconds=CALL + 1, writes=2 * TABLES
    ),
    "its reads lag behind": Trouble(lambda aws: aws.settings(lag_seconds=LAG)),
    "it throttles writes": Trouble(
        lambda aws: aws.fault("throttle", WRITE, count=TABLES), seconds=2.0, writes=2 * TABLES
    ),
    "it throttles reads": Trouble(
        lambda aws: aws.fault("throttle", "Describe.*", count=TABLES), seconds=1.0
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_each_cell_is_moved_once_though(trouble: Trouble, scene: Scene) -> None:
    aws = scene.stage.emulator
    aws.clear_calls()
    scene.stage.hosts[scene.holder].freeze()
    trouble.begin(aws)
    assert_left_once(scene, trouble.seconds)
    assert len(aws.calls(WRITE)) == trouble.writes
    assert_story(scene, scene.standby)


GONE: dict[str, Callable[[Emulator], object]] = {
    "is unavailable": lambda aws: aws.fault("unavailable", count=None),
    "never answers": lambda aws: aws.fault("timeout", count=None),
}


@pytest.mark.parametrize("gone", GONE.values(), ids=GONE)
def test_nothing_moves_while_aws(gone: Callable[[Emulator], object], scene: Scene) -> None:
    """And once it is back the move is made, once. The status line says what is waited for."""
    stage = scene.stage
    gone(stage.emulator)
    stage.hosts[scene.holder].run("systemctl stop service")
    time.sleep(stage.limit() + QUIET)
    await_status_line(stage.hosts[scene.standby], NAME, "AWS")
    assert_led(scene)
    stage.emulator.clear_faults()
    assert_left_once(scene, is_measured=False)
    assert_story(scene, scene.standby)


def await_status_line(host: Host, *words: str) -> None:
    """Wait until systemctl shows all these words of the monitor."""
    end = time.monotonic() + PATIENCE
    while True:
        line = host.run(f"systemctl show --property=StatusText {UNIT}").out
        if all(word in line for word in words):
            return
        assert time.monotonic() < end, line
        time.sleep(0.1)


@pytest.mark.parametrize("offset", [HOUR, -HOUR], ids=["ahead", "behind"])
def test_a_clock_an_hour_off_delays_nothing(offset: float, scene: Scene) -> None:
    """AWS's clock is put off, as hosts share this machine's; it refuses what is dated wrongly."""
    aws = scene.stage.emulator
    aws.settings(max_skew_seconds=TOLERANCE)
    aws.clear_calls()
    aws.clock(offset)
    scene.stage.hosts[scene.holder].freeze()
    assert_left_once(scene)
    assert "RequestExpired" in {call["outcome"] for call in aws.calls()}
    assert_story(scene, scene.standby)
