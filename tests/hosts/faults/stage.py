# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stage of the fault tests: a deployed site whose monitors are fast, and how it is mended."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import (
    detection,
    worst_case,
)
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import PATIENCE, Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.meters import Meter
from ansible_collections.netops.floating_ip.tests.hosts.starving import Starved
from ansible_collections.netops.floating_ip.tests.hosts.watching import (
    is_calm,
    journal,
    now,
    said,
)
from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, NAME, PORT, TARGETS, Site
from ansible_collections.netops.floating_ip.tests.lab.host import Host
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

PROBE = {
    "protocol": "http",
    "port": PORT,
    "path": "/health",
    "interval": 0.3,
    "timeout": 0.6,
    "fast_interval": 0.1,
    "min_down": 0.5,
}
POLICY = {"cooldown": 1, "settle": 2, "reconcile_interval": 1, "max_moves": 1000}
TABLES = 3  # an odd number, so that a cell astray is in the minority
ASIDE, ASIDE_PORT, ASIDE_ECHO = "aside", 81, 9998  # a second service on the targets
SEEN = 3 * PROBE["interval"]  # type: ignore[operator]  # a holder counts once it was seen to work
API, WEAVE = 0.2, 0.05  # seconds of the emulator on two busy cores: look and write; the router
PROPAGATION = 0.2  # seconds until packets follow a route, as on AWS
AS_IT_WAS = (
    "lag_seconds",
    "latency_seconds",
    "throttling",
    "max_skew_seconds",
    "stopped_is_blackhole",
)
MENDING = (
    "rm -f /run/slow; systemctl kill --signal=CONT service aside 2>/dev/null;"
    " systemctl start service aside"
)


@dataclass
class Stage:
    """`begun`: since when the monitor of a host that was restarted is to have a say.

    `is_mended`: nothing was broken since. `calm_since`: when all was first seen to be well then.
    """

    site: Site
    ec2: Any
    meters: tuple[Meter, ...]
    db: Floating
    starved: Starved
    begun: dict[str, float] = field(default_factory=dict)
    is_mended: bool = False
    calm_since: float | None = None

    @property
    def lab(self) -> Lab:
        return self.site.lab

    @property
    def emulator(self) -> Emulator:
        return self.site.lab.emulator

    @property
    def hosts(self) -> Mapping[str, Host]:
        return self.site.hosts

    def holders(self, floating: Floating) -> set[str]:
        return floating.holders(self.emulator.state())

    def await_calm(self, floating: Floating) -> tuple[str, str]:
        """Wait until all who watch it see one holder and all targets up; holder and standby."""
        end = time.monotonic() + PATIENCE
        while True:
            holders = self.holders(floating)
            found = {name: said(self.hosts[name], floating.name) for name in floating.watchers}
            calm = len(holders) == 1 and all(
                is_calm(status, next(iter(holders)), self.begun.get(name, 0.0))
                for name, status in found.items()
            )
            if calm:
                holder = next(iter(holders))
                if self.calm_since is None and floating is self.db:
                    self.calm_since = time.monotonic()
                return holder, next(name for name in floating.targets if name != holder)
            assert time.monotonic() < end, (holders, found, self.tell())
            time.sleep(0.05)

    def await_scene(self) -> tuple[str, str]:
        """Holder and standby of the deployed one, once the holder has been seen to work."""
        found = self.await_calm(self.db)
        since = time.monotonic() if self.calm_since is None else self.calm_since
        time.sleep(max(0.0, since + SEEN - time.monotonic()))
        return found

    def await_said(self, host: str, floating: Floating, *words: str) -> dict[str, Any]:
        """Wait until a monitor's status has all these words in its sentence."""
        return self._await_status(
            host, floating, lambda status: all(word in status["sentence"] for word in words)
        )

    def await_health(
        self, host: str, target: str, health: str, floating: Floating | None = None
    ) -> dict[str, Any]:
        """Wait until a monitor says so of a target of the deployed floating IP, or of another."""
        return self._await_status(
            host, floating or self.db, lambda status: status["health"][target] == health
        )

    def _await_status(
        self, host: str, floating: Floating, holds: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while True:
            status = said(self.hosts[host], floating.name)
            if status and status["at"] >= self.begun.get(host, 0.0) and holds(status):
                return status
            assert time.monotonic() < end, (status, self.tell())
            time.sleep(0.05)

    def chronicle(self, *others: Floating) -> Chronicle:
        """A story begins: something will be broken."""
        self.is_mended, self.calm_since = False, None
        return Chronicle(self.emulator, self.db, *others)

    def mend(self) -> None:
        """Everything as it was: links, AWS, hosts and their services."""
        self.calm_since = None
        self.lab.cuts.heal()
        self.emulator.clear_faults()
        self.emulator.clock(0.0)
        self.emulator.settings(**dict.fromkeys(AS_IT_WAS))
        self.start(*(name for name in TARGETS if self.hosts[name].leader is None))
        for host in self.hosts.values():
            if host.metadata is not None:
                host.metadata.fault = ""
            if host.is_frozen:
                host.thaw()
        self.on_both(MENDING)
        self.is_mended = True

    def start(self, *names: str) -> None:
        """Switch hosts on, all at once, and wait until they are up."""
        for name in names:
            self.begun[name] = now()
            self.hosts[name].start()
        for name in names:
            self.hosts[name].wait()

    def on_both(self, command: str) -> None:
        """Run a command on every target, at once."""
        with ThreadPoolExecutor(len(TARGETS)) as pool:
            for _ran in pool.map(lambda name: self.hosts[name].run(command), TARGETS):
                pass

    def forget_fights(self) -> None:
        """An operator's reset: what was moved to and fro so far no longer counts."""
        self.on_both(f"floating-ip reset {self.db.name}")

    def limit(self, extra: float = 0.0, is_refused: bool = False) -> float:
        """Seconds that an outage may last, by the definition's own sum and what AWS takes here.

        `is_refused`: the holder's host refuses connections, which tells more than silence does.
        """
        raw = {**self.site.definition(), "aws": {"region": "eu-west-1"}}
        (definition,) = parse([raw])
        took = (API + extra, PROPAGATION + WEAVE)
        if is_refused:
            return detection(definition.probe, is_refused) + sum(took)
        return worst_case(definition, len(self.db.tables), 0, *took).total

    def point(
        self, floating: Floating, to: str, verb: str = "replace", tables: Sequence[str] = ()
    ) -> None:
        """Change routes as another party does."""
        for table in tables or floating.tables:
            getattr(self.ec2, f"{verb}_route")(
                RouteTableId=table,
                DestinationCidrBlock=floating.destination,
                NetworkInterfaceId=floating.targets[to],
            )

    def tell(self) -> str:
        """What the monitors wrote last, for the message of a failure."""
        return "\n".join(f"--- {name}\n{journal(host)}" for name, host in self.hosts.items())


def floating_of(site: Site, name: str = NAME, address: str = ADDRESS) -> Floating:
    """A floating IP whose cells are the site's tables and whose targets are its hosts."""
    interfaces = {target: site.world.eni(target) for target in TARGETS}
    return Floating(name, address, tuple(site.world.tables), interfaces, TARGETS)
