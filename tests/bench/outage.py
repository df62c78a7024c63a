# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Outages of what is deployed: the holder breaks at some moment, and a client counts packets."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, CLIENTS

from .faults import FAULTS, PLANNED, Fault
from .ground import Ground
from .outage_figures import Outage, Outages, api_seconds, judging_of
from .tap import Tap, first_unanswered
from .watching import PACE, Watching

LONGEST = 20.0  # seconds that an outage may last before it counts as one that never ends
_TIMING = ("interval", "timeout", "fast_interval", "rise", "fall", "min_down")
DEFAULTS = {name: value for name, value in asdict(Probe()).items() if name in _TIMING}
FAST = {**DEFAULTS, "interval": 0.1, "timeout": 0.1, "fast_interval": 0.05, "min_down": 0.0}


@dataclass(frozen=True)
class Round:
    """Some faults with some settings of the probes, so many times each."""

    settings: Mapping[str, Any]
    faults: Sequence[str]
    runs: int


def rounds(runs: int) -> tuple[Round, ...]:
    """All of it: each fault and each order of an operator, at both paces."""
    return (
        Round(DEFAULTS, (*FAULTS, *PLANNED), runs),
        Round(FAST, (*FAULTS, "drained"), runs),
    )


def rows(ground: Ground, wanted: Sequence[Round]) -> Iterator[Outages]:
    """A row for each fault. The address changes sides with each run."""
    client = ground.site.clients[CLIENTS[0]]
    with Watching(client.spawn, ADDRESS) as watching:
        for each in wanted:
            ground.probe_with(**each.settings)
            for what in each.faults:
                if what in FAULTS:
                    yield _broken(ground, watching, each, what)
                else:
                    yield _planned(ground, watching, each, what)


def _broken(ground: Ground, watching: Watching, wanted: Round, what: str) -> Outages:
    fault, interval = FAULTS[what], float(wanted.settings["interval"])
    found = tuple(
        struck(ground, watching, fault, phase * interval) for phase in phases(wanted.runs)
    )
    judging = judging_of(wanted.settings, fault.is_refused)
    return Outages(what, interval, found, judging, _propagation(ground))


def phases(runs: int) -> list[float]:
    """Moments within an interval: one at random in each of as many equal parts, shuffled."""
    found = [(place + random.random()) / runs for place in range(runs)]
    random.shuffle(found)
    return found


def struck(ground: Ground, watching: Watching, fault: Fault, after: float) -> Outage:
    """Break the holder, wait for the outage's end, and mend it again.

    `after`: seconds from a probe of the holder by the standby until the fault.
    """
    holder, standby = ground.calm()
    emulator = ground.site.lab.emulator
    with ground.tap(holder, standby) as probes, ground.tap_of_answers(holder, standby) as answers:
        emulator.clear_calls()
        probed = probes.following(time.time(), LONGEST)
        time.sleep(max(0.0, probed + after - time.time()))
        struck = time.time()
        try:
            fault.strike(ground, holder)
            outage = watching.outage_since(struck, LONGEST)
            waited = _first_failed(probes, answers) - outage.start
            calls = [call for call in emulator.calls() if call["at"] <= outage.end]
        finally:
            fault.mend(ground, holder)
    return Outage(outage.seconds, outage.packets, waited, api_seconds(calls), outage.start)


def _first_failed(probes: Tap, answers: Tap) -> float:
    """When the first probe began that got no answer; to be asked while the fault lasts."""
    while True:
        found = first_unanswered(probes.seen, answers.seen)
        if found is not None:
            return found
        probes.following(probes.seen[-1].at, LONGEST)  # the holder's own monitor was faster


def _planned(ground: Ground, watching: Watching, wanted: Round, what: str) -> Outages:
    strike, mend = PLANNED[what]
    found = []
    for _run in range(wanted.runs):
        holder, _standby = ground.calm()
        began = time.time()
        strike(ground, holder)
        watching.left(holder, began, LONGEST)
        lost = watching.lost_since(began)
        found.append(Outage(lost * PACE, lost))
        mend(ground, holder)
    return Outages(what, float(wanted.settings["interval"]), tuple(found))


def _propagation(ground: Ground) -> float:
    return ground.site.vpc.propagation
