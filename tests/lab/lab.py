# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lab: an emulated AWS, a router, and hosts; `with Lab.start() as lab:`."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from ..emulator.client import REGION, Emulator
from ..opened import Opened
from . import inventory, metadata, netns, ssh, sweep
from .clients import Client
from .credentials import Credentials
from .cuts import Cuts
from .dhcp import Dhcp
from .disk import Disk
from .fabric import Plugged
from .host import Host
from .image import image
from .metadata import Metadata
from .places import Places
from .plan import HostPlan
from .router import Router, Wire
from .vpc import Vpc

__all__ = ["Host", "HostPlan", "Lab"]

API = "192.0.2.1"  # AWS as the hosts see it: an address of the router
API_PORT = 80
SWEEP = "ansible_collections.netops.floating_ip.tests.lab.sweep"
# A host needs six to nine; with the kernel's 128 the seventeenth hangs as it boots.
INOTIFY_INSTANCES = 4096


class Lab(Opened):
    """One run. `close` leaves nothing of it; so does the end of this process, however it ends."""

    def __init__(self, places: Places, lock: TextIO, options: Sequence[str]) -> None:
        self.places = places
        self.hosts: dict[str, Host] = {}
        self.clients: dict[str, Client] = {}
        self.vpc: Vpc | None = None
        self._lock = lock
        self._janitor = subprocess.Popen(
            [sys.executable, "-m", SWEEP, places.run],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        self.router = Router(places.netns("router"))
        self.router.start([f"{API}/32", f"{metadata.ADDRESS}/32"])
        self.cuts = Cuts(self.router, self.links)
        self.api_url = f"http://{API}"
        with netns.listener(self.router.netns, API, API_PORT) as door:
            log = places.directory / "emulator.log"
            self.emulator = Emulator.start(*options, log=log, doors=(door.fileno(),))
        # It ends with the run, and at once: its own good-bye takes seconds.
        own = places.cgroup / "emulator"
        own.mkdir(parents=True)
        (own / "cgroup.procs").write_text(str(self.emulator.pid), encoding="ascii")

    @classmethod
    def start(cls, *emulator_options: str) -> Lab:
        """A new run, after sweeping what crashed ones left. RuntimeError says what is missing."""
        sweep.sweep()
        allow_many_hosts()
        places = Places(secrets.token_hex(3))
        lock = sweep.begin(places)
        try:
            places.directory.mkdir()
            return cls(places, lock, emulator_options)
        except BaseException:
            sweep.end(places)
            raise

    def close(self) -> None:
        """End all of it."""
        for host in self.hosts.values():
            host.unserve()
        if self.vpc is not None:
            self.vpc.end()
        sweep.end(self.places)
        self.emulator.close()
        self.router.close()
        if self.vpc is not None:
            self.vpc.join()
        for host in self.hosts.values():
            host.ended(5.0)
        for client in self.clients.values():
            client.close()
        if self._janitor.stdin is not None:
            self._janitor.stdin.close()
        self._janitor.wait()
        self._lock.close()

    def boot(self, plan: HostPlan) -> Host:
        """A new host, switched on. It comes up in its own time: `wait` waits for that."""
        disk = Disk(self.places.host(plan.name), image(plan.suite))
        disk.make(plan)
        host = self.hosts[plan.name] = Host(plan, disk, self.router, self._wire(plan))
        self._serve(host)
        host.start()
        return host

    def client(self, plan: HostPlan) -> Client:
        """A client: the plan's addresses, and no system of its own."""
        made = Client(plan, self._wire(plan), self.places.cgroup / plan.name)
        self.clients[plan.name] = made
        return made

    def follow(self, region: str = REGION) -> Vpc:
        """From now on packets go as EC2 says: see vpc.py. Once for each lab, before hosts boot."""
        self.vpc = Vpc(self.emulator, self.router, region)
        return self.vpc

    def links(self, name: str) -> list[str]:
        """The router's ends of the wires to a host or a client; ValueError if there is none."""
        known = self.hosts | self.clients
        if name not in known:
            raise ValueError(f"There is no host or client {name}; there is {', '.join(known)}.")
        at = known[name].netns
        return [link for link, wire in self.router.wires.items() if wire.netns == at]

    def _wire(self, plan: HostPlan) -> Wire:
        """A new network namespace and the wire to it."""
        if plan.name in self.hosts or plan.name in self.clients:
            raise ValueError(f"There is a host or client {plan.name} already.")
        name = self.places.netns(plan.name)
        netns.create(name)
        own = tuple(address for address in (plan.ip, plan.ip6) if address)
        wire = Wire(f"v-{plan.name}", name, "eth0", plan.mac, own, plan.router)
        self.router.connect(wire)
        if self.vpc is not None and plan.instance_id:
            self.vpc.plug(Plugged(plan, name))
        return wire

    def _serve(self, host: Host) -> None:
        """What AWS offers to an instance."""
        plan = host.plan
        if plan.dhcp:
            host.dhcp = Dhcp(plan, self.router.netns, host.wire.link)
        if plan.instance_id:
            role = Credentials(self.emulator.url, plan.instance_id)
            look = partial(self.emulator.state, plan.region)
            host.metadata = Metadata(plan, (self.router.netns, host.wire.link), look, role)

    def over_ssh(self, host: Host) -> dict[str, Any]:
        """Inventory variables with which Ansible reaches a running host by ssh."""
        return ssh.variables(host, self.router.netns, self.places.directory)

    def inventory(
        self,
        path: Path,
        groups: inventory.Groups | None = None,
        variables: inventory.Variables | None = None,
    ) -> Path:
        """Write an inventory of all hosts: see inventory.py."""
        return inventory.write(path, self.hosts.values(), groups, variables)

    def environment(self) -> dict[str, str]:
        """What Ansible on this machine needs to reach the hosts and the emulator."""
        return {**self.emulator.environment(), **inventory.ENVIRONMENT}


def allow_many_hosts(limit: Path = Path("/proc/sys/fs/inotify/max_user_instances")) -> None:
    """Raise what this machine allows root in all its hosts together; it is never lowered."""
    if int(limit.read_text(encoding="ascii")) < INOTIFY_INSTANCES:
        limit.write_text(str(INOTIFY_INSTANCES), encoding="ascii")
