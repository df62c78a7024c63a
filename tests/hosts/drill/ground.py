# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A site whose clients Ansible reaches: one is a booted host, one a network namespace."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.arithmetic import (
    allowances,
    worst_case,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.contexts import ALIVE
from ansible_collections.netops.floating_ip.tests.hosts import waiting
from ansible_collections.netops.floating_ip.tests.hosts.watching import is_running, now, said
from ansible_collections.netops.floating_ip.tests.lab import cgroups
from ansible_collections.netops.floating_ip.tests.lab.box import (
    ENVIRONMENT,
    NAME,
    PORT,
    TARGETS,
    WITNESS,
    Layout,
    Site,
)
from ansible_collections.netops.floating_ip.tests.lab.commands import Ran, run
from ansible_collections.netops.floating_ip.tests.lab.host import Host
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab
from ansible_collections.netops.floating_ip.tests.opened import Opened
from ansible_collections.netops.floating_ip.tests.playing import playbook, surroundings

CLIENT = "client-b"  # in the zone of db-b, as WITNESS is in that of db-a
DEFINITION = {
    "policy": {"cooldown": 1, "max_moves": 1000},
    "probe": {"protocol": "http", "port": PORT, "path": "/health", "timeout": 1.5},  # see ASKED
    "objective_seconds": 8,
}
LAYOUT = Layout(has_witness=True, definition=DEFINITION)
ASKED = {"drill_timeout": 0.9}  # a busy machine loses nothing by that
FAR: dict[str, Any] = {"probe_from": "nowhere"}  # the controller is not in the VPC
PATIENCE = 60.0  # seconds
BEGINNING = 120.0  # seconds until a drill has failed over, on a machine that is busy
SELDOM = {"drill_interval": 0.05}  # seconds between questions, as a fault's outage is no packet
TIMER = "floating-ip-drill-unit-service"  # starts the service again that a drill has stopped
METER = "floating_ip_measure"
MEMORY = f"/var/lib/floating-ip/{NAME}.drill.json"
SCHEDULE = Path(__file__).with_name("schedule.yml")


def until(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> None:
    assert waiting.until(holds, seconds), f"not within {seconds:g} s: {what}"


@dataclass
class Ground:
    site: Site
    reports: Path

    @classmethod
    def make(cls, lab: Lab, folder: Path) -> Ground:
        """A deployed site, with the clients in its inventory."""
        site = Site.build(lab, LAYOUT)
        made = cls(site, folder / "reports")
        made._add_clients(folder)
        site.play("deploy")
        return made

    def drill(self, **extra: Any) -> Ran:
        """The runbook as an operator calls it; it may fail."""
        return self.site.play("drill", check=False, **self._usual(extra))

    def start(self, **extra: Any) -> subprocess.Popen[bytes]:
        """The same, in a cgroup that a test kills."""
        self._cgroup.mkdir(exist_ok=True)
        command = self._command("netops.floating_ip.drill", self._usual(extra))
        return subprocess.Popen(
            cgroups.joined(self._cgroup, command),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
        )

    def kill_away(self, to: str, **extra: Any) -> None:
        """Kill a drill as soon as it, or a monitor, has given the address to the target."""
        process = self.start(**extra)
        try:
            until(lambda: self.holders() == {to}, "it is away", BEGINNING)
        finally:
            cgroups.kill(self._cgroup)
            process.wait()

    def lose(self, name: str) -> None:
        """Let a host take the runbook for lost at once, instead of after the lease."""
        self.site.hosts[name].run(f"""sed -i 's/"lease": [0-9.]*/"lease": 0/' {MEMORY}""")

    def schedule(self, drills: Sequence[Mapping[str, Any]], *arguments: str) -> int:
        """Let WITNESS drill by the calendar; how many tasks changed something."""
        command = self._command(str(SCHEDULE), {"floating_ip_monitor_drills": drills})
        done = run([*command, *arguments], timeout=180.0, env=self._environment())
        found = re.search(rf"^{WITNESS} +: ok=\d+ +changed=(\d+)", done.out, re.MULTILINE)
        assert found, done.out
        return int(found[1])

    def report(self, ending: str) -> Path:
        """The newest report's file."""
        return max(self.reports.glob(f"*{ending}"), key=lambda file: file.stat().st_mtime_ns)

    def result(self) -> dict[str, Any]:
        """The drill in the newest report."""
        (found,) = json.loads(self.report(".json").read_text(encoding="utf-8"))["drills"]
        return dict(found)

    def holders(self) -> set[str]:
        return set(self.site.holders().values())

    def remembered(self, name: str) -> dict[str, Any]:
        """What a monitor's host remembers of drills."""
        return dict(json.loads(self.site.hosts[name].read(MEMORY)))

    def is_drilled(self, name: str) -> bool:
        """Whether a host remembers a drill that has not ended; before its first it has no file."""
        is_there = self.site.hosts[name].run(["test", "-e", MEMORY], check=False).code == 0
        return is_there and self.remembered(name)["running"] is not None

    def worst_cases(self, name: str) -> tuple[float, float]:
        """Seconds of an outage at most: by what a host remembers of drills, and by assumption."""
        (definition,) = parse([{**self.site.definition(), "aws": {"region": "eu-west-1"}}])
        cells, measured = len(self.site.world.tables), allowances(self.remembered(name)["reliable"])
        by_drills = worst_case(definition, cells, 0, *measured).total
        return by_drills, worst_case(definition, cells).total

    def await_calm(self) -> None:
        """Until the monitors see who holds it, and that both are up."""
        until(self._is_calm, "both monitors see a holder that is up, and a standby")

    def _is_calm(self) -> bool:
        holder, standby = ", ".join(self.holders()), ", ".join(set(TARGETS) - self.holders())
        calm = f"{holder} holds it and is up; {standby} is ready"
        told = [said(self.site.hosts[name], NAME) for name in TARGETS]
        alive = now() - ALIVE
        return all(is_running(one, alive) and one["sentence"].startswith(calm) for one in told)

    def meters(self) -> str:
        """The numbers of what measures still, on any client."""
        there = self.site.hosts[WITNESS].run(["pgrep", "-f", METER], check=False).out
        return there + run(["ip", "netns", "pids", self.site.clients[CLIENT].netns]).out

    @property
    def _cgroup(self) -> Path:
        return self.site.lab.places.cgroup / "drill"

    def _command(self, book: str, extra: Mapping[str, Any]) -> list[str]:
        return playbook("-i", str(self.site.inventory), book, **extra)

    def _environment(self) -> dict[str, str]:
        return surroundings(self.site.lab.environment())

    def _usual(self, extra: dict[str, Any]) -> dict[str, Any]:
        usual = {"floating_ip": NAME, "drill_directory": str(self.reports)}
        return {**usual, **FAR, **extra}

    def _add_clients(self, folder: Path) -> None:
        """CLIENT's Python runs on this machine, in its network."""
        python = folder / "python"
        entered = shlex.join(self.site.clients[CLIENT].inside([sys.executable]))
        python.write_text(f'#!/bin/sh\nexec {entered} "$@"\n', encoding="utf-8")
        python.chmod(0o755)
        client = {
            "ansible_connection": "local",
            "ansible_python_interpreter": str(python),
        }
        both: dict[str, Any] = {WITNESS: {}, CLIENT: {}}
        variables = {"lab_endpoint": self.site.lab.api_url, **ASKED}
        children = {
            ENVIRONMENT: {"hosts": both},
            "floating_ip_clients": {"hosts": both, "vars": variables},
        }
        added = {"all": {"hosts": {CLIENT: client}, "children": children}}
        (self.site.inventory / "clients.yml").write_text(yaml.safe_dump(added), encoding="utf-8")


def shown(host: Host) -> dict[str, Any]:
    """What the monitor of a host says of the floating IP."""
    asked = host.run(["floating-ip", "status", "--offline", "--json"], check=False).out
    return dict(json.loads(asked)[0])


class Powered(Opened):
    """The host of an instance goes off when EC2 stops it, and on when EC2 starts it."""

    def __init__(self, site: Site, name: str) -> None:
        self._site, self._host = site, site.hosts[name]
        self._instance = site.world.targets[name].instance
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()

    def _follow(self) -> None:
        is_on = True
        while not self._is_over.is_set():
            state = self._site.lab.emulator.state()["instances"][self._instance]["state"]
            if is_on and state in ("stopping", "stopped"):
                self._host.kill()
                is_on = False
            elif not is_on and state in ("pending", "running"):
                self._host.start()
                is_on = True
            time.sleep(0.05)
