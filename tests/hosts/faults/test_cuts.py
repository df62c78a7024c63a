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
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.lag import STALE_READS
from ansible_collections.netops.floating_ip.tests.hosts.faults.another import (
    Wanted,
    own_addresses,
    watched,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    MARGIN,
    QUIET,
    Scene,
    assert_led,
    assert_outage,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import (
    POLICY,
    Stage,
    floating_of,
)
from ansible_collections.netops.floating_ip.tests.hosts.watching import said, took_it_itself
from ansible_collections.netops.floating_ip.tests.lab.box import CLIENTS, PORT
from ansible_collections.netops.floating_ip.tests.lab.cuts import AWS

WITNESS = CLIENTS[1]  # a host that is no target, as good as any
HOLDER, STANDBY, CLIENT = "holder", "standby", "client"  # parts that hosts play
BETWEEN = (HOLDER, STANDBY)
HOLDER_AWS, STANDBY_AWS = (HOLDER, AWS), (STANDBY, AWS)
HOLDER_CLIENT = (HOLDER, CLIENT)
MATTERING = (BETWEEN, HOLDER_AWS, STANDBY_AWS)
SETTLED = STALE_READS + float(POLICY["settle"])  # until who lost it may think of it again
BOTH, ONE, ANOTHER = WAYS = ("both ways", "one way", "the other way")
EACH = int(os.environ.get("CUTS_EACH", "9"))  # of states with several cuts; 1 for all of them

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
        pairs: set[tuple[str, str]] = set()
        for (one, other), way in self._each():
            there, back = (played[one], played[other]), (played[other], played[one])
            pairs |= {BOTH: {there, back}, ONE: {there}, ANOTHER: {back}}[way]
        scene.stage.lab.cuts.cut_all(pairs)

    def _each(self) -> Iterator[tuple[Link, str]]:
        return zip(self.links, self.ways, strict=True)


def states() -> list[Cut]:
    """Every state of the links that matter: each of them whole, or cut in one way or another."""
    found = []
    for each in itertools.product((None, *WAYS), repeat=len(MATTERING)):
        cut = {link: way for link, way in zip(MATTERING, each, strict=True) if way is not None}
        found.append(Cut(tuple(cut), tuple(cut.values())))
    return [cut for cut in found if cut.links]


def some_of(cuts: list[Cut]) -> list[Cut]:
    """Each link alone in each way, every so many-th of the rest, and one that clients feel too."""
    alone = [cut for cut in cuts if len(cut.links) == 1]
    several = [cut for cut in cuts if len(cut.links) > 1]
    return [*alone, *several[EACH // 2 :: EACH], Cut((BETWEEN, STANDBY_AWS, HOLDER_CLIENT), WAYS)]


@pytest.mark.parametrize("cut", some_of(states()), ids=str)
def test_it_moves_to_who_may_take_it_and_no_further_when_cut_off_is(cut: Cut, scene: Scene) -> None:
    played = {HOLDER: scene.holder, STANDBY: scene.standby}
    took = took_it_itself(scene.stage.hosts[scene.holder], scene.db.name)
    led = [played[part] for part in cut.expected(took)]
    quiet = time.monotonic() + scene.stage.limit() + QUIET
    cut.make(scene)
    scene.told.await_led(scene.db, *led, said=scene.stage.tell)
    may_go_on = len(cut.expected(took_it_itself=False)) > 1
    quiet = max(quiet, time.monotonic() + QUIET + (SETTLED if may_go_on else 0.0))
    time.sleep(max(0.0, quiet - time.monotonic()))
    assert_led(scene, *led)
    assert_story(scene, *led)
    if led:
        scene.stage.forget_fights()


def test_a_client_that_alone_is_cut_off_moves_nothing(scene: Scene) -> None:
    scene.stage.lab.cuts.cut(scene.holder, CLIENTS[0])
    time.sleep(scene.stage.limit() + QUIET)
    assert_story(scene)


@pytest.fixture
def witnessed(stage: Stage) -> Iterator[Floating]:
    """A floating IP with a reference. No service is there: a refusal is an answer."""
    made = floating_of(stage.site, "witnessed", "100.64.10.70")
    policy = {"references": [f"{stage.site.clients[WITNESS].plan.ip}:{PORT}"]}
    holder, _standby = stage.await_calm(stage.db)
    with watched(stage, made, Wanted(own_addresses(stage), holder, policy)) as floating:
        yield floating


def test_a_witness_tells_a_cut_off_monitor_that_it_is_the_holder_that_is_silent(
    witnessed: Floating, scene: Scene
) -> None:
    """Without one it cannot tell. Neither moves before AWS can be heard; then both do, once."""
    stage, standby = scene.stage, scene.standby
    told = Chronicle(stage.emulator, witnessed, scene.db)
    stage.lab.cuts.isolate(standby, [AWS, scene.holder, WITNESS])
    for each in (witnessed, scene.db):
        stage.await_health(standby, scene.holder, "unknown", each)
    time.sleep(stage.limit())
    assert said(stage.hosts[standby], witnessed.name)["health"][scene.holder] == "unknown"
    stage.hosts[scene.holder].freeze()
    stage.lab.cuts.heal(standby, WITNESS)
    stage.await_health(standby, scene.holder, "down", witnessed)
    time.sleep(stage.limit())
    assert said(stage.hosts[standby], scene.db.name)["health"][scene.holder] == "unknown"
    assert not any(map(any, (told.led(each).values() for each in (witnessed, scene.db))))
    stage.lab.cuts.heal()
    for each in (witnessed, scene.db):
        told.await_led(each, standby, said=stage.tell)
    assert told.strange() == []


def test_a_holder_that_is_cut_off_from_all_is_left_in_time(scene: Scene) -> None:
    scene.stage.lab.cuts.isolate(scene.holder, [AWS, scene.standby, *CLIENTS])
    scene.told.await_led(scene.db, scene.standby, said=scene.stage.tell)
    assert_outage(scene, scene.stage.limit() + MARGIN)
    assert_story(scene, scene.standby)
    scene.stage.forget_fights()
