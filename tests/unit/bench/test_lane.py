# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest

from ansible_collections.netops.floating_ip.tests.bench.beside import LANES, SCENES
from ansible_collections.netops.floating_ip.tests.bench.beside_aws import PAIRS
from ansible_collections.netops.floating_ip.tests.bench.lane import side_by_side
from ansible_collections.netops.floating_ip.tests.bench.outage_figures import Outage, Outages
from ansible_collections.netops.floating_ip.tests.bench.plan import FULL
from ansible_collections.netops.floating_ip.tests.bench.stand import BenchFailed


@dataclass
class Rehearsed:
    """Strikes nothing."""

    what: str
    fails: bool = False

    def run(self, runs: int, _enough: threading.Event) -> Outages:
        if self.fails:
            raise BenchFailed(f"{self.what} failed.")
        return Outages(self.what, 1.0, (Outage(1.0, 200),) * runs)


def test_a_lane_that_fails_takes_nothing_from_the_others() -> None:
    rows = side_by_side([Rehearsed("a"), Rehearsed("b", True), Rehearsed("c")], 2)
    assert [(row.what, len(row.found)) for row in (next(rows), next(rows))] == [("a", 2), ("c", 2)]
    with pytest.raises(BenchFailed, match=r"^b failed\.$"):
        next(rows)


def test_keepalived_is_measured_for_the_same_faults_on_a_lan_and_with_its_aws_call() -> None:
    assert {*SCENES} == {*PAIRS}
    assert {*FULL.lanes} == {*FULL.pairs} == {*LANES}
    assert len(LANES) == 2 * len(SCENES)


def test_where_the_service_breaks_a_script_tracks_it() -> None:
    for what, pair in PAIRS.items():
        assert pair.with_check == SCENES[what].with_check == what.startswith("service")
