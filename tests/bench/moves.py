# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Moves: from the decision to the last cell, by the code that monitor and modules run."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.pacing import Pacer
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import connect, warm
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import holder_of
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import look
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import Order, move
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator

from .figures import BURST, Row, Sample, bucket_limit
from .stand import NOTHING_ADDED, BenchFailed, Pace, Stand, begin, furnished

LATENCY = 0.3  # seconds of a call: what a change takes on AWS
PACES = (Pace(False), Pace(True), Pace(False, LATENCY), Pace(True, LATENCY))
LANES = 12  # paced moves that wait side by side: each waits for AWS nearly all of its time
_BUILDING = threading.Lock()  # building takes a core; one at a time also begins one at a time
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}


class Unpaced(Pacer):
    """Lets every call through at once: shows what the code costs where nothing holds it up."""

    def acquire(self, operation: str, deadline: float, ticket: int | None = None) -> bool:
        return True

    def ready_within(self, operation: str, seconds: float) -> int:
        return 10**6


def rows(sizes: Sequence[int], runs: int, runs_of_long: int) -> Iterator[Row]:
    """A row for each size and pace. What waits for the bucket is run less often, in parallel."""
    os.environ.update(CREDENTIALS)
    with Emulator.start() as emulator:
        for size in sizes:
            emulator.reset()
            times = runs if size <= BURST else runs_of_long
            yield from _one_by_one(Bench.of(furnished(emulator, size)), times)
    waiting = [(size, pace) for size in sizes for pace in PACES if _waits(size, pace)]
    yield from _side_by_side(waiting, runs_of_long)


def _waits(size: int, pace: Pace) -> bool:
    return pace.buckets and size > BURST


def _one_by_one(bench: Bench, runs: int) -> Iterator[Row]:
    """After one run that does not count: it loads what the others find loaded."""
    size = len(bench.stand.world.tables)
    bench.run(PACES[0])
    for pace in PACES:
        if not _waits(size, pace):
            yield _row(size, pace, [bench.run(pace) for _run in range(runs)])
    bench.ec2.client.close()


def _side_by_side(waiting: Sequence[tuple[int, Pace]], runs: int) -> Iterator[Row]:
    """Each run on an emulator of its own, so that no bucket is shared; the longest go first."""
    jobs = sorted((job for job in waiting for _run in range(runs)), key=lambda job: -job[0])
    with ThreadPoolExecutor(LANES) as pool:
        found = list(pool.map(lambda job: _alone(*job), jobs))
    for size, pace in waiting:
        samples = [one for job, one in zip(jobs, found, strict=True) if job == (size, pace)]
        yield _row(size, pace, samples)


def _alone(size: int, pace: Pace) -> Sample:
    with ExitStack() as stack:
        with _BUILDING:
            emulator = stack.enter_context(Emulator.start())
            bench = Bench.of(furnished(emulator, size))
        return bench.run(pace)


@dataclass(frozen=True)
class Bench:
    """A stand, and a client of its AWS as the monitor has one."""

    stand: Stand
    ec2: Ec2

    @classmethod
    def of(cls, stand: Stand) -> Bench:
        return cls(stand, connect(stand.definition.aws))

    def run(self, pace: Pace) -> Sample:
        """Give the address to the other target: with a full bucket, a fresh look in hand, and one
        open connection, as a monitor has them.
        """
        self.stand.emulator.settings(**NOTHING_ADDED)
        self.ec2.client.close()  # the pool of the run before; it opens anew
        self.ec2.pacer = Pacer() if pace.buckets else Unpaced()
        warm(self.ec2)
        edge = Edge(lambda _aws: self.ec2)
        order = self._order(edge)
        gc.collect()
        begun = begin(self.stand, pace)
        (moved,) = move(edge, [order])
        ended = time.time()
        if moved.is_partial or moved.holder != order.to:
            first = next((one.error for one in moved.outcomes if one.error), "It gives no error.")
            raise BenchFailed(f"A move of {len(moved.outcomes)} cells was not completed. {first}")
        counts = bool(pace.latency) and not _waits(len(moved.outcomes), pace)
        return begun.sample(ended, counts)

    def _order(self, edge: Edge) -> Order:
        definition = self.stand.definition
        seen = look(edge, [definition])[definition.name]
        holder = holder_of(seen)[1]
        to = next(target.name for target in definition.targets if target.name != holder)
        return Order(definition, to, seen)


def _row(size: int, pace: Pace, samples: Sequence[Sample]) -> Row:
    where = "buckets" if pace.buckets else "no buckets"
    slow = f", {pace.latency} s a call" if pace.latency else ""
    limit = bucket_limit(size) if pace.buckets else None
    return Row(f"move, {where}{slow}", size, tuple(samples), limit, pace.latency)
