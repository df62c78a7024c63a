# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run of the benchmark: its parts, and what they tell as they go."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from . import beside, chapters, moves, outage, outage_chapter, playbooks, scale, tuning
from .chapter import Chapter, Tell
from .ground import Ground
from .outage_figures import Outages
from .plan import Plan
from .stand import BenchFailed
from .standing import Standing

NAMES = ("outage", "moves", "playbooks", "hosts", "scale")  # in the order of the page
ALONE = (tuning.NAME,)  # measured only when asked for: it judges no promise, and takes as long
NEEDS_ROOT = ("outage", "hosts", *ALONE)  # hosts are booted, networks are made
FIRST = ("playbooks",)  # measured before hosts are booted: they take a part of a busy machine
Part = tuple[str, Callable[[], None]]  # what it is called, and what it does


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
    _took: list[tuple[str, float]] = field(default_factory=list)

    def run(self, names: Sequence[str]) -> None:
        """Measure these parts. In a short run at once, else one after the other; the hosts stand
        idle beside the others. BenchFailed, when all have been tried, if some could not be.
        """
        if self.plan.is_quick:
            self._run_at_once(names)
            return
        parts = self._parts([name for name in names if name in FIRST])
        others = self._parts([name for name in names if name not in FIRST])
        if "hosts" in names:
            waiting = ("the rest of idle hosts", self.wait_for_hosts)
            others = [("hosts", self.build_hosts), *others, waiting]
        failures = [failure for part in (*parts, *others) if (failure := self._tried(part))]
        if failures:
            raise BenchFailed(" ".join(str(one) for one in failures))
        if {*NAMES} <= {*names}:
            self.tell(chapters.of_the_whole(self._took))

    def _parts(self, names: Sequence[str]) -> list[Part]:
        found: Mapping[str, tuple[Part, ...]] = {
            "outage": (("outage, ours", self.break_ours), ("outage, theirs", self.break_theirs)),
            "moves": (("moves", self.moves),),
            "playbooks": (("playbooks", self.playbooks),),
            "scale": (("scale", self.scale),),
            tuning.NAME: ((tuning.NAME, self.tune),),
        }
        return [part for name, parts in found.items() if name in names for part in parts]

    def _tried(self, part: Part) -> Exception | None:
        """Why a part could not be measured; the others can."""
        what, measure = part
        began = time.monotonic()
        try:
            measure()
        except (BenchFailed, RuntimeError, OSError, ValueError) as failure:
            _say(f"Failed: {failure}")
            return failure
        self._took.append((what, time.monotonic() - began))
        return None

    def _run_at_once(self, names: Sequence[str]) -> None:
        parts = self._parts([name for name in names if name not in NEEDS_ROOT])
        others = [measure for _what, measure in parts]
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

    def tune(self) -> None:
        found: list[tuning.Tuned] = []
        self._begin(tuning.NAME)
        for row in tuning.rows(self.plan.tuning):
            found.append(row)
            _say(" ".join(tuning.line_of(row)))
            self._tell(tuning.chapter(found))

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
        for row in beside.rows_on(lab, plan.lanes, plan.runs_beside):
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


def _say(text: Any) -> None:
    print(text, file=sys.stderr, flush=True)
