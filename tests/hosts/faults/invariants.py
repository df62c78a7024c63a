# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must be so after every fault, whatever it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.meters import (
    Lost,
    Meter,
    longest_of,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import Stage
from ansible_collections.netops.floating_ip.tests.hosts.starving import hold_to

MARGIN = 0.05  # seconds over the arithmetic, AWS's round trips and propagation
QUIET = 1.0  # seconds in which nothing more may move while a fault lasts: a look and some rounds

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


def assert_left_once(
    scene: Scene, extra: float = 0.0, is_measured: bool = True, is_refused: bool = False
) -> None:
    """The standby gets each cell once and in time, and nothing moves while the fault lasts.

    `extra`: seconds that AWS takes longer. The outage is what clients lose, in packets; see
    `limit` for `is_refused`.
    """
    scene.told.await_led(scene.db, scene.standby, said=scene.stage.tell)
    quiet = time.monotonic() + QUIET
    if is_measured:
        assert_outage(scene, scene.stage.limit(extra, is_refused) + MARGIN)
    time.sleep(max(0.0, quiet - time.monotonic()))
    assert_led(scene, scene.standby)


def assert_outage(scene: Scene, seconds: float, since: float | None = None) -> None:
    """No client was without an answer for longer, from that moment on or from the fault.

    `seconds` beyond which it is this machine that starved some process are nobody's fault.
    """
    began = scene.told.began if since is None else since
    judge(scene.stage, scene.note, scene.stage.meters, began, seconds)


def judge(stage: Stage, note: Note, meters: Sequence[Meter], since: float, seconds: float) -> Lost:
    """The same of any clients. TooBusy where the machine's own part cannot be told any more."""
    lost = longest_of(meters, since)
    starved = stage.starved.between(lost.start, lost.end)
    for name, figure in (("outage", lost.seconds), ("limit", seconds), ("starved", starved)):
        note(f"{name}_ms", figure * 1000)
    try:
        hold_to(seconds, lost.seconds, starved)
    except AssertionError as error:
        raise AssertionError(f"An outage: {error}\n{stage.tell()}") from None
    return lost


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
