# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured beside ours: keepalived on one LAN, and in a VPC with an AWS call."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from ansible_collections.netops.floating_ip.tests.lab import netns
from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, CLIENTS, TARGETS, Site
from ansible_collections.netops.floating_ip.tests.lab.echo import PORT
from ansible_collections.netops.floating_ip.tests.lab.host import Host
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from .by_hand import route
from .keepalived import Peer, claim, on_aws
from .lan import ADDRESSES, VIRTUAL, Lan
from .outage import phases
from .outage_figures import Outage, Outages
from .stand import BenchFailed
from .tap import Tap, advertisement
from .watching import Watching

ON_A_LAN, WITH_AWS = "keepalived on one LAN", "keepalived with its AWS call"
LONGEST = 12.0  # seconds that an outage may last before it counts as one that never ends
PATIENCE = 40.0  # seconds until the first of the two has the address again
CALM = 0.3  # seconds that it must have had it
CONFIG, CALL = "/etc/keepalived/keepalived.conf", "/opt/lab/claim.py"
FIRST, SECOND = TARGETS
Job = Callable[[threading.Event], Sequence[Outages]]


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
LANES = (
    *((what, 1.0) for what in SCENES),
    *((what, 0.1) for what in ("host dead", "stopped by plan")),
)


@dataclass(frozen=True)
class Lane:
    """One series of runs. They go on side by side, for nearly all of it is waiting.

    `first`: the one that has it unless it breaks; `wire` is where it can be heard, a network
    namespace and a link, and `source` what it sends from.
    """

    what: str
    interval: float
    wire: tuple[str, str]
    source: str
    strike: Callable[[], object]
    mend: Callable[[], object]
    watched: Watching
    asked: Callable[[], str | None]  # who answers just now
    first: str

    def run(self, runs: int, enough: threading.Event) -> Outages:
        found: list[Outage] = []
        for phase in phases(runs):
            if found and enough.is_set():
                break
            try:
                found.append(self._struck(phase))
            except BenchFailed as failure:
                if not found:
                    raise BenchFailed(f"{self.what}: {failure}") from failure
                print(f"{self.what}, after {len(found)} runs: {failure}", file=sys.stderr)
                break  # fewer are worth more than none
        return Outages(self.what, self.interval, tuple(found))

    def _struck(self, phase: float) -> Outage:
        self._calm()
        with Tap(self.wire, advertisement(self.source)) as tap:
            tap.following(time.time(), PATIENCE)
        time.sleep(phase * self.interval)
        began = time.time()
        self.strike()
        outage = self.watched.outage_since(began, LONGEST)
        self.mend()
        return Outage(outage.seconds, outage.packets)

    def _calm(self) -> None:
        end, since = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() - since < CALM:
            if self.asked() != self.first:
                since = time.monotonic()
            if time.monotonic() > end:
                raise BenchFailed(f"{self.what}: {self.first} does not get the address back.")
            time.sleep(0.03)


def rows(
    runs: int, lanes: Sequence[tuple[str, float]], intervals: Sequence[float]
) -> Iterator[Outages]:
    """`lanes`: faults and intervals on a LAN; `intervals`: those of the pairs with an AWS call."""
    jobs = [partial(_with_aws, each, runs) for each in intervals]
    with Lab.start() as lab:
        yield from side_by_side([partial(on_a_lan, lab, lanes, runs), *jobs])


def side_by_side(jobs: Sequence[Job]) -> list[Outages]:
    """What jobs that run at once have found. When one fails, or all are interrupted, the others
    end after the run that they are at.
    """
    enough = threading.Event()
    with ThreadPoolExecutor(max(1, len(jobs))) as pool:
        try:
            return [row for rows in pool.map(lambda job: job(enough), jobs) for row in rows]
        finally:
            enough.set()


def on_a_lan(
    lab: Lab, lanes: Sequence[tuple[str, float]], runs: int, enough: threading.Event
) -> Sequence[Outages]:
    """A LAN of its own for each of these, in one lab."""
    return side_by_side(
        [partial(_lane, lab, place, each, runs) for place, each in enumerate(lanes)]
    )


def _lane(
    lab: Lab, place: int, each: tuple[str, float], runs: int, enough: threading.Event
) -> Sequence[Outages]:
    what, interval = each
    scene = SCENES[what]
    lan = Lan(lab, f"k{place}", interval, scene.with_check)
    with Watching(lan.spawn, VIRTUAL) as watched:
        lane = Lane(
            f"{ON_A_LAN}: {what}",
            interval,
            lan.wire("a"),
            ADDRESSES["a"],
            lambda: scene.strike(lan),
            lambda: scene.mend(lan),
            watched,
            lambda: _asked(lan.netns("client"), VIRTUAL),
            "a",
        )
        return (lane.run(runs, enough),)


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


def _with_aws(interval: float, runs: int, enough: threading.Event) -> Sequence[Outages]:
    with Lab.start() as lab:
        site = Site.build(lab)
        route(site)
        for name in TARGETS:  # the second finds the first one there
            _configured(site, name, interval)
        client, first = site.clients[CLIENTS[0]], site.hosts[FIRST]
        with Watching(client.spawn, ADDRESS) as watched:
            lane = Lane(
                f"{WITH_AWS}: host dead",
                interval,
                (site.lab.router.netns, first.wire.link),
                first.plan.ip,
                first.kill,
                lambda: _started(first),
                watched,
                lambda: client.ask(ADDRESS),
                FIRST,
            )
            return (lane.run(runs, enough),)


def _started(host: Host) -> None:
    """Its network first: a claim that fails is never tried again."""
    host.start()
    host.wait()
    host.run("systemctl start keepalived")


def _configured(site: Site, name: str, interval: float) -> None:
    host, other = site.hosts[name], site.hosts[SECOND if name == FIRST else FIRST]
    peer = Peer("eth0", host.plan.ip, other.plan.ip, name == FIRST, interval)
    program = claim(site.world.eni(name), ADDRESS, site.world.tables, site.lab.api_url)
    host.write(CALL, program, 0o755)
    host.write(CONFIG, on_aws(peer, ADDRESS, CALL))
    host.run("systemctl start keepalived")
    if name == SECOND:
        known = "journalctl --unit keepalived --output cat | grep -q 'BACKUP STATE'"
        host.run(f"until {known}; do sleep 0.1; done")
