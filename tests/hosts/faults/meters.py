# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What clients lose while faults are tested: meter.py at each client, for as long as the site."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab import echo, meter
from ansible_collections.netops.floating_ip.tests.lab.clients import Client

PACE = 0.01  # seconds
_JUDGED = meter.PATIENCE + 0.2  # seconds until a stretch that has ended is told
_ANSWER = 15.0  # seconds: a bound for what never ends, not a measure


@dataclass(frozen=True)
class Lost:
    """A time without an answer. `start`, `end`: of `time.time`."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Meter:
    """A client that asks an address. `told`: the file that it writes. It ends with the lab's run
    at the latest.

    `port`: where echo.py answers; a host may have several.
    """

    client: Client
    address: str
    port: int
    told: Path
    process: subprocess.Popen[Any]

    @classmethod
    def begin(cls, client: Client, address: str, folder: Path, port: int = echo.PORT) -> Meter:
        told = folder / f"meter-{client.name}-{address}.jsonl"
        argv = [sys.executable, str(Path(meter.__file__)), address]
        argv += [f"--port={port}", f"--pace={PACE:g}"]
        with told.open("wb") as stream:
            more = {"stdin": subprocess.DEVNULL, "start_new_session": True}
            process = client.spawn(argv, stdout=stream, **more)
        return cls(client, address, port, told, process)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()

    def stretches(self) -> list[dict[str, Any]]:
        """All that have ended, oldest first."""
        text = self.told.read_text(encoding="utf-8")
        lines = text[: text.rfind("\n") + 1].splitlines()
        return [found for found in map(json.loads, lines) if "who" in found]

    def await_answer(self) -> None:
        """Wait until somebody answers: an outage that goes on has no length yet."""
        end = time.monotonic() + _ANSWER
        while self.client.ask(self.address, port=self.port) is None:
            assert time.monotonic() < end, f"{self.client.name} has no answer of {self.address}"

    def longest(self, since: float) -> Lost:
        """The longest time without an answer from then on, of what has ended and is told."""
        lost = [one for one in self.stretches() if one["who"] is None and one["end"] > since]
        found = [Lost(max(one["start"], since), one["end"]) for one in lost]
        return max(found, key=lambda one: one.seconds, default=Lost(since, since))


def longest_of(meters: Sequence[Meter], since: float) -> Lost:
    """The longest time that one of these clients had no answer, when all of them have one again."""
    for one in meters:
        one.await_answer()
    time.sleep(_JUDGED)
    return max((one.longest(since) for one in meters), key=lambda lost: lost.seconds)
