# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The arithmetic of an outage and its measurement, held together: packets of a client count.

The benchmark does this twenty times for each fault; here it is done once, at a random moment.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ansible_collections.netops.floating_ip.tests.bench.faults import FAULTS
from ansible_collections.netops.floating_ip.tests.bench.ground import Ground
from ansible_collections.netops.floating_ip.tests.bench.outage import DEFAULTS, struck
from ansible_collections.netops.floating_ip.tests.bench.outage_figures import judging_of
from ansible_collections.netops.floating_ip.tests.bench.watching import PACE, Watching
from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, CLIENTS
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

MARGIN = 0.05  # seconds beyond the arithmetic, AWS's part of it as measured
_NAP = 0.005


@pytest.fixture(scope="module")
def ground(lab: Lab) -> Ground:
    made = Ground.build(lab)
    made.deploy()
    return made


@pytest.fixture(scope="module")
def watching(ground: Ground) -> Iterator[Watching]:
    with Watching(ground.site.clients[CLIENTS[0]].spawn, ADDRESS) as made:
        yield made


class Starved:
    """How many seconds this machine let a process wait that wanted to run; none if it is idle."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.ends = threading.Event()

    def feel(self) -> None:
        while not self.ends.is_set():
            asleep = time.monotonic()
            time.sleep(_NAP)
            late = time.monotonic() - asleep - _NAP
            self.seconds += late if late > 0.1 * _NAP else 0.0


@contextmanager
def feeling_it() -> Iterator[Starved]:
    starved = Starved()
    thread = threading.Thread(target=starved.feel, daemon=True)
    thread.start()
    try:
        yield starved
    finally:
        starved.ends.set()
        thread.join()


@pytest.mark.parametrize("what", sorted(FAULTS))
def test_an_outage_lasts_what_the_arithmetic_says(
    what: str, ground: Ground, watching: Watching
) -> None:
    fault = FAULTS[what]
    judging = judging_of(DEFAULTS, fault.is_refused)
    ground.calm()
    with feeling_it() as starved:
        found = struck(ground, watching, fault, random.uniform(0, DEFAULTS["interval"]))
    assert found.waited is not None and found.api is not None
    beyond = found.seconds - found.waited - judging - found.api
    assert beyond <= MARGIN + starved.seconds, (found, starved.seconds)
    assert found.seconds >= judging - 2 * PACE, found  # nor does the arithmetic invent anything
