# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The arithmetic of an outage and its measurement, held together: packets of a client count.

The benchmark does this twenty times for each fault; here it is done once, at a random moment.
"""

from __future__ import annotations

import os
import random
import time
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.bench.faults import FAULTS
from ansible_collections.netops.floating_ip.tests.bench.ground import MONITOR, Ground, processes_of
from ansible_collections.netops.floating_ip.tests.bench.outage import DEFAULTS, FAST, struck
from ansible_collections.netops.floating_ip.tests.bench.outage_figures import Outage, judging_of
from ansible_collections.netops.floating_ip.tests.bench.stand import BenchFailed
from ansible_collections.netops.floating_ip.tests.bench.watching import Watching
from ansible_collections.netops.floating_ip.tests.hosts.detection.starved import feeling_it
from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, CLIENTS

MARGIN = 0.05  # seconds beyond the arithmetic, AWS's part of it as measured
MOST_STARVED = 0.2  # seconds of an outage that a busy machine may excuse
ATTEMPTS = 4
Settings = Mapping[str, Any]


@pytest.fixture(scope="module")
def ground(plain: Ground) -> Ground:
    return plain


@pytest.fixture(scope="module")
def watching(ground: Ground) -> Iterator[Watching]:
    with Watching(ground.site.clients[CLIENTS[0]].spawn, ADDRESS) as made:
        yield made


@pytest.fixture(scope="module", params=[DEFAULTS, FAST], ids=["defaults", "0.1 s"])
def settings(ground: Ground, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """What the probes are set to, on both hosts."""
    wanted: Settings = request.param
    ground.probe_with(**wanted)
    yield wanted
    if wanted != DEFAULTS:
        ground.probe_with(**DEFAULTS)


class Busy(UserWarning):
    """The machine was too busy to measure; it is tried again."""


def measured(ground: Ground, watching: Watching, what: str, settings: Settings) -> Outage:
    """One outage. It is measured again if it was longer than the arithmetic, and the machine so
    busy that this proves nothing.
    """
    for _attempt in range(ATTEMPTS):
        _holder, standby = ground.calm()
        began, after = time.time(), random.uniform(0, settings["interval"])
        with feeling_it(on_the_way(ground, standby)) as starved:
            try:
                found = struck(ground, watching, FAULTS[what], after)
            except BenchFailed as failure:  # a false alarm came first, say
                waited, said = starved.within(began, time.time()), str(failure)
            else:
                waited, said = starved.within(found.start, found.start + found.seconds), str(found)
                if beyond(found, ground, what, settings) <= MARGIN + min(waited, MOST_STARVED):
                    return found
        assert waited > MARGIN, f"{what}: {said}, though nobody waited for a processor: {waited}"
        text = f"Too busy a machine: {what}: {said}; {waited:.3f} s of waiting for a processor."
        warnings.warn(Busy(text), stacklevel=2)
    pytest.fail(f"The machine was too busy {ATTEMPTS} times to measure an outage: {what}.")


def on_the_way(ground: Ground, standby: str) -> list[int]:
    """Whoever must run for an address to move: the monitor, AWS, and the network, which is ours."""
    emulator = ground.site.lab.emulator.pid
    assert emulator is not None
    return [*processes_of(ground.host(standby), MONITOR), emulator, os.getpid()]


def beyond(found: Outage, ground: Ground, what: str, settings: Settings) -> float:
    """Seconds that it lasted beyond arithmetic, API and propagation."""
    assert found.waited is not None and found.api is not None
    judging = judging_of(settings, FAULTS[what].is_refused)
    return found.seconds - found.waited - judging - found.api - ground.site.vpc.propagation


@pytest.mark.filterwarnings(f"default::{__name__}.Busy")
@pytest.mark.parametrize("what", sorted(FAULTS))
def test_an_outage_lasts_what_the_arithmetic_says(
    what: str, ground: Ground, watching: Watching, settings: Settings
) -> None:
    found = measured(ground, watching, what, settings)
    judging = judging_of(settings, FAULTS[what].is_refused)
    # Nor does the arithmetic invent anything; the first probe to fail may have begun just before.
    assert found.seconds >= judging - MARGIN, found


@pytest.mark.filterwarnings(f"default::{__name__}.Busy")
def test_it_says_so_too_where_packets_follow_aws_late(
    ground: Ground, watching: Watching, settings: Settings
) -> None:
    vpc = ground.site.vpc
    vpc.propagation = 0.4
    try:
        found = measured(ground, watching, "service dead", settings)
    finally:
        vpc.propagation = 0.0
    assert found.seconds >= judging_of(settings, True) + 0.4 - MARGIN, found
