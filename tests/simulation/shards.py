# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schedules of one run, in shards that several processes share: how many, which, and judged."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings

from ansible_collections.netops.floating_ip.tests.simulation.chance import schedules
from ansible_collections.netops.floating_ip.tests.simulation.every_law import (
    REGRESSIONS,
    check,
    keep,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import Schedule

SCHEDULES = int(os.environ.get("SCHEDULES", "300"))
SEED = int(os.environ.get("SCHEDULES_SEED", "0"))  # another one: other schedules
SHARDS = 20
SUMMARY = f"This run's schedules again: SCHEDULES={SCHEDULES} SCHEDULES_SEED={SEED}"


def explore(shard: int, kinds: Sequence[str] = (), folder: pathlib.Path = REGRESSIONS) -> None:
    """Play a shard's schedules, of these kinds of steps only where any are given.

    One that breaks the law is made as short as it gets and kept in the folder; AssertionError
    tells its story and where it is.
    """
    broken: list[Schedule] = []  # hypothesis plays the shortest one last

    @seed(SEED * SHARDS + shard)
    @settings(
        max_examples=max(1, SCHEDULES // SHARDS),
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        derandomize=False,
        database=None,
        deadline=None,
    )
    @given(schedules(kinds))
    def over(schedule: Schedule) -> None:
        try:
            check(schedule)
        except AssertionError:
            broken.append(schedule)
            raise

    try:
        over()
    except AssertionError as error:
        raise AssertionError(f"{error}\nkept as {keep(broken[-1], folder)}") from None
