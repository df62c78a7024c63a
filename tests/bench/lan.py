# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One LAN: two hosts with keepalived, and a client. Namespaces on a bridge, programs in them.

keepalived is the one of the lab's root file systems, so that hosts and LAN have the same.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab import cgroups, netns
from ansible_collections.netops.floating_ip.tests.lab.commands import run
from ansible_collections.netops.floating_ip.tests.lab.image import image, suites
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from .keepalived import CHECK, Peer, on_a_lan
from .stand import BenchFailed

VIRTUAL = "10.9.0.100"
ADDRESSES = {"a": "10.9.0.1", "b": "10.9.0.2", "client": "10.9.0.9"}
PATIENCE = 20.0  # seconds until keepalived has found its place
SERVICE = Path(__file__).parents[1] / "lab" / "service.py"
_INSIDE = (
    'mount -t tmpfs tmpfs "$1/run" && mount --bind "$2" "$1/srv" && mount -t proc proc "$1/proc"'
    ' && mount --bind /dev "$1/dev" && exec chroot "$1" /usr/sbin/keepalived --dont-fork'
    " --log-console --vrrp --use-file=/srv/keepalived.conf --pid=/run/keepalived.pid"
    " --vrrp_pid=/run/vrrp.pid"
)


class Lan:
    """`name` tells the LANs of one lab from each other."""

    def __init__(self, lab: Lab, name: str, interval: float, with_check: bool) -> None:
        self._lab = lab
        self._name = name
        self._interval = interval
        self._check = CHECK if with_check else ""
        self._started: list[subprocess.Popen[Any]] = []
        self._bridge = lab.places.netns(f"{name}-lan")
        netns.create(self._bridge)
        self._ip(self._bridge, "link add lan type bridge", "link set lan up")
        for end, address in ADDRESSES.items():
            netns.create(self.netns(end))
            self._ip(
                self._bridge,
                f"link add to-{end} type veth peer name eth0 netns {self.netns(end)}",
                f"link set to-{end} master lan up",
            )
            self._ip(self.netns(end), f"address add {address}/24 dev eth0", "link set eth0 up")
        for end in ("a", "b"):  # the second finds the first one there
            self.start(end)
        self._await_standby()

    def _await_standby(self) -> None:
        """Until the second one's keepalived knows its place; BenchFailed with what it said."""
        log, limit = self._folder("b") / "log", time.monotonic() + PATIENCE
        while "BACKUP STATE" not in log.read_text(errors="replace"):
            if time.monotonic() > limit:
                raise BenchFailed(f"keepalived is no standby. It said:\n{log.read_text()[-2000:]}")
            time.sleep(0.02)

    def netns(self, end: str) -> str:
        return self._lab.places.netns(f"{self._name}-{end}")

    def wire(self, end: str) -> tuple[str, str]:
        """Where what this one sends arrives: a network namespace and a link in it."""
        return self._bridge, f"to-{end}"

    def start(self, end: str) -> None:
        """The host is there again: its link, its service, its keepalived."""
        address = ADDRESSES[end]
        self._ip(
            self.netns(end),
            "address flush dev eth0",
            f"address add {address}/24 dev eth0",
        )
        self._ip(self._bridge, f"link set to-{end} up")
        self.serve(end)
        self.begin(end)

    def serve(self, end: str) -> None:
        """Start the service."""
        argv = [sys.executable, str(SERVICE), end, "80"]
        self._spawn(end, "service", argv, stderr=subprocess.DEVNULL)  # it tells who gave up

    def begin(self, end: str) -> None:
        """Start keepalived."""
        other = ADDRESSES["b" if end == "a" else "a"]
        folder = self._folder(end)
        folder.mkdir(exist_ok=True)
        peer = Peer("eth0", ADDRESSES[end], other, end == "a", self._interval)
        (folder / "keepalived.conf").write_text(on_a_lan(peer, VIRTUAL, self._check))
        root = str(image(suites()[0]))
        apart = ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", _INSIDE]
        with (folder / "log").open("ab") as log:
            argv = [*apart, "keepalived", root, str(folder)]
            self._spawn(end, "keepalived", argv, stdout=log, stderr=log)

    def kill(self, end: str) -> None:
        """As a host that lost its power: silence, then nothing."""
        self._ip(self._bridge, f"link set to-{end} down")
        for program in ("keepalived", "service"):
            self.end(end, program)

    def end(self, end: str, program: str) -> None:
        """Kill the service or keepalived, with all that it started."""
        cgroups.kill(self._cgroup(end, program))

    def stop(self, end: str) -> None:
        """Let keepalived end in good order, and wait for that."""
        cgroup = self._cgroup(end, "keepalived")
        for pid in (cgroup / "cgroup.procs").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                subprocess.run(["kill", pid], check=False, capture_output=True)
        cgroups.await_empty(cgroup)

    def freeze(self, end: str, is_frozen: bool, *programs: str) -> None:
        """Let these programs stand still, or go on."""
        for program in programs:
            freeze = self._cgroup(end, program) / "cgroup.freeze"
            freeze.write_text(str(int(is_frozen)), encoding="ascii")

    def spawn(self, argv: Sequence[str], **more: Any) -> subprocess.Popen[Any]:
        """Start a program at the client."""
        return self._spawn("client", "meter", argv, **more)

    def close(self) -> None:
        """Reap what was started, once the lab has ended it."""
        for process in self._started:
            process.wait(10)

    def _spawn(
        self, end: str, program: str, argv: Sequence[str], **more: Any
    ) -> subprocess.Popen[Any]:
        """In a cgroup of the lab's run, so that it is swept whatever happens."""
        command = cgroups.in_network(self._cgroup(end, program), self.netns(end), argv)
        started: subprocess.Popen[Any] = subprocess.Popen(command, **more)
        self._started.append(started)
        return started

    def _folder(self, end: str) -> Path:
        """Its keepalived's configuration and log."""
        return self._lab.places.directory / f"{self._name}-{end}"

    def _cgroup(self, end: str, program: str) -> Path:
        return self._lab.places.cgroup / f"{self._name}-{end}-{program}"

    @staticmethod
    def _ip(at: str, *lines: str) -> None:
        run(["ip", "-n", at, "-batch", "-"], text="".join(f"{line}\n" for line in lines))
