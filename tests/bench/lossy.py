# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One monitor with settings of the probe, on a network that loses packets: `lossy.py JOB`.

To be run in a network namespace of its own (`alone` does that): it gives its loopback device
rules. The job is JSON, and so is what it prints: what was found.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.lab.commands import run

from . import scale
from .crowd import Monitor, Servers, environment_of, unpacked
from .farm import address_of

_RULES = """
table ip lossy {
  set silent { type ipv4_addr; }
  chain losing { }
  chain arriving {
    type filter hook input priority 0;
    ip daddr @silent drop
    tcp dport PORT jump losing
    tcp sport PORT jump losing
  }
}
"""
REFERENCE = "127.0.0.1:9"  # it refuses, which is an answer
MOST_FAILURES = 30  # of a wave: more at a time would keep one process busy
PATIENCE = 900.0  # seconds for all of one job


@dataclass(frozen=True)
class Job:
    """`seconds`: of each wave of failures, and of the rest before. `losses`: percent of packets,
    in each direction, for `seconds_of_loss` each.
    """

    probe: Mapping[str, Any]
    targets: int
    seconds: float
    losses: Sequence[int]
    seconds_of_loss: float


@dataclass(frozen=True)
class Found:
    """`cpu`: of one core, at rest. Median and longest seconds until the monitor said that a target
    is down whose service ended, or whose host fell silent; median ones until it was up again.
    `alarms`: targets said to be down that were not, by the percent of packets lost.
    """

    cpu: float
    refused: tuple[float, float]
    silent: tuple[float, float]
    up: float
    alarms: Mapping[str, int]


def alone(job: Job) -> Found:
    """Do it in a network of its own, which ends with it."""
    program = [
        sys.executable,
        "-m",
        __spec__.name if __spec__ else __name__,
        json.dumps(asdict(job)),
    ]
    done = run(["unshare", "--net", "--", *program], timeout=PATIENCE)
    raw = json.loads(done.out)
    return Found(**{**raw, "refused": tuple(raw["refused"]), "silent": tuple(raw["silent"])})


def main() -> int:
    job = Job(**json.loads(sys.argv[1]))
    run(["ip", "link", "set", "lo", "up"])
    with ExitStack() as opened:
        found = Trial.begin(opened, job).result(job)
    print(json.dumps(asdict(found)))
    return 0


class Silence:
    """Breaks targets as a farm does, but by silence."""

    def close(self, number: int) -> float:
        nft(f"add element ip lossy silent {{ {address_of(number)} }}")
        return now()

    def open(self, number: int) -> float:
        nft(f"delete element ip lossy silent {{ {address_of(number)} }}")
        return now()


@dataclass(frozen=True)
class Trial:
    size: scale.Size
    monitor: Monitor
    servers: Servers

    @classmethod
    def begin(cls, opened: ExitStack, job: Job) -> Trial:
        """Everything up, and seen to be."""
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        emulator = opened.enter_context(Emulator.start())
        size, port = scale.Size(job.targets, job.seconds), scale.free_port()
        servers = Servers(port, size.targets)
        opened.callback(servers.end)
        nft(_RULES.replace("PORT", str(port)))
        monitor = Monitor(unpacked(folder), folder / "monitor", environment_of(emulator))
        raw = scale.definitions(emulator, size, port)
        monitor.write([{**one, **_own(one, job)} for one in raw])
        opened.callback(monitor.end)
        assert monitor.process
        made = cls(size, monitor, servers)
        made.await_up()
        return made

    def result(self, job: Job) -> Found:
        cpu = self._cpu(job.seconds)
        refused, up = self._wave(self.servers)
        silent, _up = self._wave(Silence())
        alarms = {str(loss): self._alarms(loss, job.seconds_of_loss) for loss in job.losses}
        return Found(cpu, refused, silent, up, alarms)

    def await_up(self) -> None:
        """Until it says that all are up."""
        names = [scale.name_of(number) for number in range(self.size.floating_ips)]
        self.monitor.await_health(
            {(name, target): "up" for name in names for target in self.size.names}
        )

    def _cpu(self, seconds: float) -> float:
        before, began = self.monitor.cpu, time.monotonic()
        time.sleep(seconds)
        return (self.monitor.cpu - before) / (time.monotonic() - began)

    def _wave(self, breaker: scale.Breaker) -> tuple[tuple[float, float], float]:
        """One target of each of some pairs fails, at random moments; and comes back."""
        some = range(min(self.size.floating_ips, MOST_FAILURES))
        closed = scale.fail(self.size, some, breaker)
        lags = scale.lags_of(self.size, self.monitor, closed)
        told = len(self.monitor.told)
        opened = {number: breaker.open(scale.server(self.size, number)) for number in some}
        self.await_up()
        back = {e["floating_ip"]: e["at"] for e in self.monitor.told[told:] if is_told(e, "up")}
        ups = [back[scale.name_of(number)] - moment for number, moment in opened.items()]
        return (statistics.median(lags), max(lags)), statistics.median(ups)

    def _alarms(self, loss: int, seconds: float) -> int:
        """How many targets were said to be down in that time, with so many packets lost."""
        told = len(self.monitor.told)
        nft(f"add rule ip lossy losing numgen random mod 100 < {loss} drop")
        time.sleep(seconds)
        nft("flush chain ip lossy losing")
        self.await_up()
        return sum(is_told(event, "down") for event in self.monitor.told[told:])


def _own(raw: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
    """What this definition has of its own: a standby's silence is judged by references alone."""
    return {"probe": {**raw["probe"], **job.probe}, "policy": {"references": [REFERENCE]}}


def is_told(event: Mapping[str, Any], health: str) -> bool:
    return bool(event["data"]["health"] == health)


def now() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def nft(text: str) -> None:
    run(["nft", "-f", "-"], text=text + "\n")


if __name__ == "__main__":
    sys.exit(main())
