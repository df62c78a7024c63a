# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How much is measured: everything, or each part once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import beside, outage, playbooks, tuning
from .scale import Size


@dataclass(frozen=True)
class Plan:
    """`rounds`, `lanes`, `pairs`: what breaks, ours; beside it on a LAN; and with an AWS call.
    `deploys`: how often (0: by hand); `idle`: seconds that the monitors are left alone afterwards.

    `is_quick`: everything at once and too briefly to judge times.
    """

    sizes: Sequence[int]
    runs_of_moves: int
    runs_of_long: int
    runs_of_playbooks: int
    playbooks: Sequence[tuple[str, int]]
    rounds: Sequence[outage.Round]
    lanes: Sequence[tuple[str, float]]
    pairs: Sequence[tuple[str, float]]
    runs_beside: int
    crowds: Sequence[Size]
    deploys: int
    idle: float
    tuning: tuning.Plan
    is_quick: bool = False

    def with_runs(self, runs: int) -> Plan:
        """So many of each fault, ours and beside it."""
        return replace(self, rounds=outage.rounds(runs), runs_beside=runs)


FULL = Plan(
    sizes=(1, 10, 50, 200, 500),
    runs_of_moves=9,
    runs_of_long=3,
    runs_of_playbooks=3,
    playbooks=playbooks.ALL,
    rounds=outage.rounds(20),
    lanes=beside.LANES,
    pairs=beside.LANES,
    runs_beside=20,
    crowds=(
        Size(2, 15.0, monitors=10, times=6),
        Size(100, 12.0),
        Size(1000, 32.0),  # longer than a reconcile interval
        Size(5000, 15.0, each=10),
    ),
    deploys=2,
    idle=600.0,
    tuning=tuning.FULL,
)
QUICK = Plan(
    sizes=(1, 50),
    runs_of_moves=1,
    runs_of_long=1,
    runs_of_playbooks=1,
    playbooks=((playbooks.OURS, playbooks.MANY),),  # theirs sleeps for 20 s
    rounds=(outage.Round(outage.DEFAULTS, ("host dead", "service dead", "drained"), 1),),
    lanes=(("host dead", 0.1),),
    pairs=(),
    runs_beside=1,
    crowds=(Size(20, 2.0),),
    deploys=0,  # it takes as long as all else together
    idle=2.0,
    tuning=tuning.QUICK,
    is_quick=True,
)
