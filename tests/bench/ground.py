# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What outages are measured on: a lab with hosts, and the floating IP deployed as users do."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab import enter
from ansible_collections.netops.floating_ip.tests.lab.box import NAME, TARGETS, Layout, Site
from ansible_collections.netops.floating_ip.tests.lab.host import Host
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from .stand import BenchFailed
from .tap import Tap, Wanted, first_of_connection, words

# So that a failover may follow the one before at once; no other key differs from the defaults.
FREELY = {"cooldown": 0, "max_moves": 1000}
PATIENCE = 40.0  # seconds until a site that was mended is at rest
STALE = 0.5  # seconds after which a monitor will not find out by itself for long
STATUS = f"var/lib/floating-ip/{NAME}.status.json"
DEFINITION = f"/etc/floating-ip/{NAME}.json"
MONITOR = "floating-ip-monitor.service"
SERVICE = "service.service"


@dataclass(frozen=True)
class Ground:
    site: Site

    @classmethod
    def build(cls, lab: Lab) -> Ground:
        """Hosts with a service, and nothing of ours on them."""
        return cls(Site.build(lab, Layout(definition={"policy": FREELY})))

    def deploy(self) -> float:
        """Deploy, as users do; how many seconds the whole ansible-playbook took."""
        began = time.monotonic()
        self.site.play("deploy")
        return time.monotonic() - began

    def host(self, name: str) -> Host:
        return self.site.hosts[name]

    def calm(self) -> tuple[str, str]:
        """Wait until both monitors see one holder that is up and a standby that is ready; their
        names. BenchFailed with what they say if that takes too long.

        A monitor that nobody told of a move looks at AWS again in half a minute; here it begins
        anew, with a look, to save that time.
        """
        (holder,) = set(self.site.holders().values())
        (standby,) = set(TARGETS) - {holder}
        calm = f"{holder} holds it and is up; {standby} is ready"
        end, stale_at = time.monotonic() + PATIENCE, time.monotonic() + STALE
        while True:
            said = {name: self.said(name) for name in TARGETS}
            if all(str(one.get("sentence", "")).startswith(calm) for one in said.values()):
                return holder, standby
            if time.monotonic() > end:
                raise BenchFailed(f"The monitors are not at rest: {said}")
            if time.monotonic() > stale_at:
                stale_at = end
                self._renew([name for name, one in said.items() if one.get("holder") != holder])
            time.sleep(0.02)

    def _renew(self, names: Iterable[str]) -> None:
        for name in names:
            self.host(name).run(f"systemctl reload {MONITOR}", check=False)

    def said(self, name: str) -> Mapping[str, Any]:
        """What the monitor of a host last wrote for `status`; read from outside, at no cost."""
        leader = self.host(name).leader
        with contextlib.suppress(OSError, ValueError):
            found: dict[str, Any] = json.loads(Path(f"/proc/{leader}/root/{STATUS}").read_text())
            return found
        return {}

    def tap(self, holder: str, standby: str) -> Tap:
        """Sees each probe of the holder that the standby's monitor begins."""
        ends = (self.host(standby).plan.ip, self.host(holder).plan.ip)
        return self._tap(standby, first_of_connection(*ends))

    def tap_of_answers(self, holder: str, standby: str) -> Tap:
        """Sees what the holder's service says to these probes."""
        ends = (self.host(holder).plan.ip, self.host(standby).plan.ip)
        return self._tap(standby, words(*ends))

    def _tap(self, at: str, wanted: Wanted) -> Tap:
        return Tap((self.site.lab.router.netns, self.host(at).wire.link), wanted)

    def probe_with(self, **settings: float) -> None:
        """Other settings for the probes, in the files of the hosts; wait until they are in use."""
        for name in TARGETS:
            host = self.host(name)
            raw = json.loads(host.read(DEFINITION))
            raw["probe"] = {**raw.get("probe", {}), **settings}
            host.write(DEFINITION, json.dumps(raw))
            host.run(f"systemctl reload {MONITOR}")
        self._await_pace(settings["interval"])

    def _await_pace(self, interval: float) -> None:
        holder, standby = self.calm()
        for observer, other in ((holder, standby), (standby, holder)):
            with self.tap(other, observer) as tap:
                end, last = time.monotonic() + PATIENCE, tap.following(0.0, PATIENCE)
                while True:
                    following = tap.following(last, PATIENCE)
                    if abs(following - last - interval) < 0.2 * interval:
                        break
                    if time.monotonic() > end:
                        raise BenchFailed(f"{observer} does not probe every {interval:g} s.")
                    last = following

    def signal_service(self, name: str, number: int) -> None:
        """A signal to the service's process, from outside and so without delay."""
        for pid in processes_of(self.host(name), SERVICE):
            os.kill(pid, number)

    def serve_again(self, name: str) -> None:
        self.signal_service(name, signal.SIGCONT)
        self.host(name).run(f"systemctl start {SERVICE}")


def cgroup_of(host: Host, unit: str) -> Path:
    """Where this machine accounts for a unit of a host."""
    return enter.cgroup_of(host.disk.directory) / "payload" / "system.slice" / unit


def processes_of(host: Host, unit: str) -> tuple[int, ...]:
    """A unit's processes, as this machine numbers them."""
    with contextlib.suppress(FileNotFoundError):
        listed = (cgroup_of(host, unit) / "cgroup.procs").read_text(encoding="ascii")
        return tuple(int(pid) for pid in listed.split())
    return ()
