# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cuts, in one direction or both, alone and together: between targets, to AWS, to clients.

Each monitor keeps a context of its own. So one on a target takes the address for this target, or
gives it away when its own probe fails, and does nothing else; and it believes a silence only if
somebody else, AWS at least, still answers.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.lag import STALE_READS
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    MARGIN,
    QUIET,
    Scene,
    assert_led,
    assert_outage,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import POLICY
from ansible_collections.netops.floating_ip.tests.hosts.faults.watching import took_it_itself
from ansible_collections.netops.floating_ip.tests.lab.box import CLIENTS
from ansible_collections.netops.floating_ip.tests.lab.cuts import AWS

HOLDER, STANDBY, CLIENT = "holder", "standby", "client"  # parts that hosts play
BETWEEN = (HOLDER, STANDBY)
HOLDER_AWS, STANDBY_AWS = (HOLDER, AWS), (STANDBY, AWS)
HOLDER_CLIENT = (HOLDER, CLIENT)
MATTERING = (BETWEEN, HOLDER_AWS, STANDBY_AWS)
SETTLED = STALE_READS + float(POLICY["settle"])  # until who lost it may think of it again
WAYS = ("both ways", "one way", "the other way")

Link = tuple[str, str]


@dataclass(frozen=True)
class Cut:
    links: tuple[Link, ...]
    ways: tuple[str, ...]  # of each link

    def expected(self, took_it_itself: bool) -> tuple[str, ...]:
        """Who is given the address in turn.

        The standby takes it where it sees no holder, and AWS hears it. A holder that lost it so
        sees no standby either: where AWS hears it too, it takes it back after `settle`, once. But
        not if it `took_it_itself` before: then that move was reversed, and who did may know more.
        """
        if BETWEEN not in self.links or STANDBY_AWS in self.links:
            return ()
        is_kept_out = HOLDER_AWS in self.links or took_it_itself
        return (STANDBY,) if is_kept_out else (STANDBY, HOLDER)

    def __str__(self) -> str:
        return " and ".join(f"{'-'.join(link)} {way}" for link, way in self._each())

    def make(self, scene: Scene) -> None:
        played = {HOLDER: scene.holder, STANDBY: scene.standby, CLIENT: CLIENTS[0], AWS: AWS}
        for link, way in self._each():
            one, other = (played[part] for part in link)
            if way == WAYS[2]:
                one, other = other, one
            scene.stage.lab.cuts.cut(one, other, one_way=way != WAYS[0])

    def _each(self) -> Iterator[tuple[Link, str]]:
        return zip(self.links, self.ways, strict=True)


def cuts() -> Iterator[Cut]:
    """Every set of the links that matter, each link in each direction in turn."""
    turn = itertools.cycle(WAYS)
    for count in range(1, len(MATTERING) + 1):
        for links in itertools.combinations(MATTERING, count):
            yield Cut(links, tuple(next(turn) for _link in links))
    yield Cut((BETWEEN, STANDBY_AWS, HOLDER_CLIENT), WAYS)


@pytest.mark.parametrize("cut", list(cuts()), ids=str)
def test_it_moves_to_who_may_take_it_and_no_further_when_cut_off_is(cut: Cut, scene: Scene) -> None:
    played = {HOLDER: scene.holder, STANDBY: scene.standby}
    took = took_it_itself(scene.stage.hosts[scene.holder], scene.db.name)
    led = [played[part] for part in cut.expected(took)]
    cut.make(scene)
    scene.told.await_led(scene.db, *led, said=scene.stage.tell)
    may_go_on = len(cut.expected(took_it_itself=False)) > 1
    time.sleep(scene.stage.limit() + QUIET + (SETTLED if may_go_on else 0.0))
    assert_led(scene, *led)
    assert_story(scene, *led)
    scene.stage.forget_fights()


def test_a_client_that_alone_is_cut_off_moves_nothing(scene: Scene) -> None:
    scene.stage.lab.cuts.cut(scene.holder, CLIENTS[0])
    time.sleep(scene.stage.limit() + QUIET)
    assert_story(scene)
    scene.note("outage_ms", scene.stage.meters[0].outage(scene.told.began) * 1000)


def test_a_holder_that_is_cut_off_from_all_is_left_in_time(scene: Scene) -> None:
    cuts = scene.stage.lab.cuts
    for other in (AWS, scene.standby, *CLIENTS):
        cuts.cut(scene.holder, other)
    scene.told.await_led(scene.db, scene.standby, said=scene.stage.tell)
    assert_outage(scene, scene.stage.limit() + MARGIN)
    assert_story(scene, scene.standby)
    scene.stage.forget_fights()
