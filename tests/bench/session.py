# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run of the benchmark: its parts, and what they tell as they go."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from . import beside, chapters, moves, outage, outage_chapter, playbooks, scale
from .chapter import Chapter, Tell
from .ground import Ground
from .outage_figures import Outages
from .plan import Plan
from .stand import BenchFailed
from .standing import Standing

NEEDS_ROOT = ("outage", "hosts")  # hosts are booted
NAMES = ("outage", "moves", "playbooks", "hosts", "scale")  # in the order of the page


@dataclass
class Session:
    """`tell` takes each chapter as far as it is known."""

    plan: Plan
    tell: Tell
    opened: ExitStack
    _standing: Standing | None = None
    _outages: list[Outages] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _loads: dict[str, float] = field(default_factory=dict)

    def run(self, names: Sequence[str]) -> None:
        """Measure these parts. In a short run at once, else one after the other; the hosts stand
        idle beside the others. BenchFailed, when all have been tried, if some could not be.
        """
        if self.plan.is_quick:
            self._run_at_once(names)
            return
        parts = self._parts(names)
        if "hosts" in names:
            parts = [self.build_hosts, *parts, self.wait_for_hosts]
        failures = [failure for part in parts if (failure := _tried(part)) is not None]
        if failures:
            raise BenchFailed(" ".join(str(one) for one in failures))

    def _parts(self, names: Sequence[str]) -> list[Callable[[], None]]:
        found: Mapping[str, tuple[Callable[[], None], ...]] = {
            "outage": (self.break_ours, self.break_theirs),
            "moves": (self.moves,),
            "playbooks": (self.playbooks,),
            "scale": (self.scale,),
        }
        return [part for name, parts in found.items() if name in names for part in parts]

    def _run_at_once(self, names: Sequence[str]) -> None:
        others = self._parts([name for name in names if name not in NEEDS_ROOT])
        hosts = [self.build_hosts] if {*NEEDS_ROOT} & {*names} else []
        hosts += [self.wait_for_hosts] if "hosts" in names else []
        hosts += [self.break_ours, self.break_on_a_lan] if "outage" in names else []
        lanes = [others[::2], others[1::2], hosts]
        with ThreadPoolExecutor(len(lanes)) as pool:
            for _done in pool.map(lambda lane: [part() for part in lane], lanes):
                pass

    # --- The parts ----------------------------------------------------------------------------

    def moves(self) -> None:
        plan = self.plan
        rows = []
        self._begin("moves")
        for row in moves.rows(plan.sizes, plan.runs_of_moves, plan.runs_of_long):
            rows.append(row)
            _say(f"{row.what}, {row.cells}: {row.report.median:.3f} s")
            self._tell(chapters.of_moves(rows, not plan.is_quick))

    def playbooks(self) -> None:
        self._begin("playbooks")
        rows = list(playbooks.rows(self.plan.runs_of_playbooks, self.plan.playbooks))
        for row in rows:
            _say(f"{row.what}, {row.cells}: {row.report.median:.3f} s")
        self._tell(chapters.of_playbooks(rows, not self.plan.is_quick))

    def scale(self) -> None:
        loads = []
        self._begin("scale")
        for load in scale.rows(self.plan.crowds):
            loads.append(load)
            lag = f"p99 {load.lag(0.99):.3f} s" if load.lags else "too many"
            _say(f"{load.size.targets} targets: {load.cpu:.1%}, {load.memory:.0f} MB, {lag}")
            self._tell(chapters.of_scale(loads, not self.plan.is_quick))

    def break_ours(self) -> None:
        self._begin("outage")
        if self._standing is not None and self.plan.is_quick:
            self._break(self._standing.ground)
            return
        with Lab.start() as lab:
            ground = Ground.build(lab)
            ground.deploy()
            self._break(ground)

    def _break(self, ground: Ground) -> None:
        for row in outage.rows(ground, self.plan.rounds):
            self._add(row)

    def break_on_a_lan(self) -> None:
        """In the lab of the hosts: it is there already."""
        assert self._standing is not None
        lab, plan = self._standing.ground.site.lab, self.plan
        for row in beside.on_a_lan(lab, plan.lanes, plan.runs_beside, threading.Event()):
            self._add(row)

    def break_theirs(self) -> None:
        self._begin("outage")
        for row in beside.rows(self.plan.runs_beside, self.plan.lanes, self.plan.pairs):
            self._add(row)

    def build_hosts(self) -> None:
        self._begin("hosts")
        self._standing = Standing.build(self.opened, self.plan.deploys)
        for took in self._standing.deploys:
            _say(f"deploy: {took:.1f} s")
        self._tell(chapters.of_hosts(self._standing.deploys, None, not self.plan.is_quick))

    def wait_for_hosts(self) -> None:
        standing = self._standing
        if standing is not None:
            idle = standing.wait(self.plan.idle)
            _say(f"monitor: {idle.cpu:.3%} of a core, {idle.memory:.0f} MB, {dict(idle.calls)}")
            self._tell(chapters.of_hosts(standing.deploys, idle, not self.plan.is_quick))

    # --- How ----------------------------------------------------------------------------------

    def _begin(self, name: str) -> None:
        self._loads.setdefault(name, os.getloadavg()[0])

    def _tell(self, chapter: Chapter) -> None:
        self.tell(replace(chapter, load=self._loads[chapter.name]))

    def _add(self, row: Outages) -> None:
        times = row.seconds
        _say(f"{row.what}, {row.interval:g} s: {times.median:.3f} s ({row.lost} packets)")
        with self._lock:
            self._outages.append(row)
            self._tell(outage_chapter.chapter(self._outages, not self.plan.is_quick))


def _tried(part: Callable[[], None]) -> Exception | None:
    """Why a part could not be measured; the others can."""
    try:
        part()
    except (BenchFailed, RuntimeError, OSError, ValueError) as failure:
        _say(f"Failed: {failure}")
        return failure
    return None


def _say(text: Any) -> None:
    print(text, file=sys.stderr, flush=True)
