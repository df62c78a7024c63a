# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client: a network namespace with one address, in which programs of this machine run."""

from __future__ import annotations

import shlex
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import cgroups, netns
from .commands import Ran, run
from .echo import PORT
from .plan import GATEWAY6, HostPlan
from .router import Wire

ECHO = Path(__file__).with_name("echo.py")


class Client:
    def __init__(self, plan: HostPlan, wire: Wire, cgroup: Path) -> None:
        self.plan = plan
        self.name = plan.name
        self.netns = wire.netns
        self.wire = wire
        self._cgroup = cgroup
        self._started: list[subprocess.Popen[Any]] = []
        # It has no neighbours that could have its addresses, so it need not wait and ask them.
        asked = ["sysctl", "-qw", "net.ipv6.conf.eth0.accept_dad=0"]
        run(["ip", "netns", "exec", self.netns, *asked])
        lines = ["link set eth0 up", f"address add {plan.address} dev eth0"]
        lines.append(f"route add default via {plan.router}")
        if plan.address6:
            lines.append(f"address add {plan.address6} dev eth0 nodad")
            lines.append(f"route add ::/0 via {GATEWAY6} dev eth0")
        run(["ip", "-n", self.netns, "-batch", "-"], text="\n".join(lines) + "\n")

    def inside(self, argv: Sequence[str]) -> list[str]:
        """The command that runs `argv` here: in the run's cgroup, which is swept in any case."""
        return cgroups.in_network(self._cgroup, self.netns, argv)

    def run(self, argv: Sequence[str], check: bool = True, timeout: float = 30.0) -> Ran:
        """Run a program to its end."""
        called = f"at {self.name}: {shlex.join(argv)}"
        return run(self.inside(argv), check, timeout, called=called)

    def spawn(self, argv: Sequence[str], **more: Any) -> subprocess.Popen[Any]:
        """Start a program; it ends with the run at the latest."""
        started: subprocess.Popen[Any] = subprocess.Popen(self.inside(argv), **more)
        self._started.append(started)
        return started

    def close(self) -> None:
        """Reap what has been started; it has been ended with the run."""
        for process in self._started:
            process.wait()

    def answers(self, name: str = "") -> None:
        """Run echo.py here for good, under this name or the client's own."""
        self.spawn([sys.executable, str(ECHO), name or self.name])

    def ask(
        self, address: str, timeout: float = 0.3, source: str = "", port: int = PORT
    ) -> str | None:
        """Who answers one packet to this address; None if nobody does."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        made = netns.within(self.netns, lambda: socket.socket(family, socket.SOCK_DGRAM))
        with made:
            made.settimeout(timeout)
            try:
                if source:
                    made.bind((source, 0))
                made.connect((address, port))
                made.send(b"who")
                return made.recv(2048).partition(b"|")[2].decode()
            except OSError:
                return None
