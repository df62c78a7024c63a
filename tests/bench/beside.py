# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured beside ours: keepalived on one LAN, and in a VPC with an AWS call."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from ansible_collections.netops.floating_ip.tests.lab import netns
from ansible_collections.netops.floating_ip.tests.lab.echo import PORT
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from .beside_aws import with_aws
from .lan import ADDRESSES, VIRTUAL, Lan
from .lane import Lane, side_by_side
from .outage_figures import Outages
from .watching import Watching

ON_A_LAN = "keepalived on one LAN"
BUILDERS = 2  # hosts boot on all cores
FAST = 0.5  # seconds: what advertises faster is measured without the slower ones
Kind = tuple[str, float]  # a fault, and the interval of the advertisements


@dataclass(frozen=True)
class Scene:
    """A fault of the first host, and how it is mended. `with_check`: a script tracks it."""

    strike: Callable[[Lan], object]
    mend: Callable[[Lan], object]
    with_check: bool = False


SCENES = {
    "host dead": Scene(lambda lan: lan.kill("a"), lambda lan: lan.start("a")),
    "service dead": Scene(
        lambda lan: lan.end("a", "service"), lambda lan: lan.serve("a"), with_check=True
    ),
    "host frozen": Scene(
        lambda lan: lan.freeze("a", True, "service", "keepalived"),
        lambda lan: lan.freeze("a", False, "service", "keepalived"),
    ),
    "service hung": Scene(
        lambda lan: lan.freeze("a", True, "service"),
        lambda lan: lan.freeze("a", False, "service"),
        with_check=True,
    ),
    "stopped by plan": Scene(lambda lan: lan.stop("a"), lambda lan: lan.begin("a")),
}
LANES: Sequence[Kind] = tuple((what, interval) for interval in (1.0, 0.1) for what in SCENES)


def rows(runs: int, lanes: Sequence[Kind], pairs: Sequence[Kind]) -> Iterator[Outages]:
    """`lanes`: those on a LAN; `pairs`: those with an AWS call.

    An AWS call starts a program, which takes a part of a second of a core: those that make it
    most often, and that ours is held against, run without all the others.
    """
    slow = [kind for kind in pairs if kind[1] > FAST]
    fast = [kind for kind in pairs if kind[1] <= FAST]
    for some, others in ((lanes, slow), ((), fast)):
        with ExitStack() as opened:
            yield from side_by_side(_built(opened, some, others), runs)


def rows_on(lab: Lab, lanes: Sequence[Kind], runs: int) -> Iterator[Outages]:
    """Those on a LAN, in a lab that is there already."""
    with ExitStack() as opened:
        built = [_on_a_lan(opened, lab, *each) for each in enumerate(lanes)]
        yield from side_by_side(built, runs)


def _built(opened: ExitStack, lanes: Sequence[Kind], pairs: Sequence[Kind]) -> list[Lane]:
    """All of them, before any is measured: to build takes all cores."""
    jobs: list[Callable[[], Lane]] = [partial(with_aws, opened, *kind) for kind in pairs]
    if lanes:
        lab = opened.enter_context(Lab.start())
        jobs += [partial(_on_a_lan, opened, lab, *each) for each in enumerate(lanes)]
    with ThreadPoolExecutor(BUILDERS) as pool:
        return list(pool.map(lambda job: job(), jobs))


def _on_a_lan(opened: ExitStack, lab: Lab, place: int, kind: Kind) -> Lane:
    """A LAN of its own, in one lab with the others."""
    what, interval = kind
    scene = SCENES[what]
    lan = Lan(lab, f"k{place}", interval, scene.with_check)
    return Lane(
        f"{ON_A_LAN}: {what}",
        interval,
        lan.wire("a"),
        ADDRESSES["a"],
        lambda: scene.strike(lan),
        lambda: scene.mend(lan),
        opened.enter_context(Watching(lan.spawn, VIRTUAL)),
        lambda: _asked(lan.netns("client"), VIRTUAL),
        "a",
    )


def _asked(at: str, address: str) -> str | None:
    made = netns.within(at, lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    with made:
        made.settimeout(0.3)
        try:
            made.connect((address, PORT))
            made.send(b"who")
            return made.recv(2048).partition(b"|")[2].decode()
        except OSError:
            return None
