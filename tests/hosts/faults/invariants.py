# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must be so after every fault, whatever it was."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import Stage

MARGIN = 0.05  # seconds over the arithmetic, AWS's round trips and propagation
QUIET = 1.0  # seconds in which nothing more may move while a fault lasts: a look and some rounds
BUSY = 2  # load from which nobody else's processes leave figures a meaning

Note = Callable[[str, float], None]


@dataclass(frozen=True)
class Scene:
    """Before the fault: who holds the deployed floating IP, and what is changed from here on."""

    stage: Stage
    holder: str
    standby: str
    told: Chronicle
    note: Note  # a figure for the report, by its name: milliseconds

    @property
    def db(self) -> Floating:
        return self.stage.db


def assert_left_once(scene: Scene, extra: float = 0.0, is_measured: bool = True) -> None:
    """The standby gets each cell once and in time, and nothing moves while the fault lasts.

    `extra`: seconds that AWS takes longer. The outage is what clients lose, in packets.
    """
    scene.told.await_led(scene.db, scene.standby, said=scene.stage.tell)
    time.sleep(QUIET)
    assert_led(scene, scene.standby)
    if is_measured:
        assert_outage(scene, scene.stage.limit(extra) + MARGIN)


def assert_outage(scene: Scene, seconds: float) -> None:
    """No client was without an answer for longer; judged where the machine is ours alone."""
    lost = max(meter.outage(scene.told.began) for meter in scene.stage.meters)
    scene.note("outage_ms", lost * 1000)
    scene.note("limit_ms", seconds * 1000)
    if os.getloadavg()[1] < BUSY:
        assert lost <= seconds, (lost, seconds, scene.stage.tell())


def assert_led(scene: Scene, *targets: str, floating: Floating | None = None) -> None:
    """Every cell was led to these in turn, and to nothing else."""
    one = floating or scene.db
    led = scene.told.led(one)
    assert led == dict.fromkeys(one.tables, targets), (led, scene.stage.tell())


def assert_story(scene: Scene, *targets: str, beside: tuple[str, ...] = ()) -> None:
    """Mended, all is calm: the last of these holds it, each cell went by them and no others.

    Nothing that is not ours was touched, apart from what the test did itself: `beside`.
    """
    scene.stage.mend()
    holder, _standby = scene.stage.await_calm(scene.db)
    assert holder == (targets[-1] if targets else scene.holder), scene.stage.tell()
    assert_led(scene, *targets)
    strange = scene.told.strange(beside)
    assert not strange, strange
