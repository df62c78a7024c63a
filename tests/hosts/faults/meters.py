# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What clients lose while faults are tested: meter.py at each client, for as long as the site."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab import meter
from ansible_collections.netops.floating_ip.tests.lab.clients import Client

PACE = 0.01  # seconds
_JUDGED = meter.PATIENCE + 0.2  # seconds until a stretch that has ended is told


@dataclass(frozen=True)
class Meter:
    """`told`: the file that it writes. It ends with the lab's run."""

    told: Path

    @classmethod
    def begin(cls, client: Client, address: str, folder: Path) -> Meter:
        told = folder / f"meter-{client.name}.jsonl"
        argv = [sys.executable, str(Path(meter.__file__)), address, f"--pace={PACE:g}"]
        with told.open("wb") as stream:
            client.spawn(argv, stdout=stream, stdin=subprocess.DEVNULL, start_new_session=True)
        return cls(told)

    def stretches(self) -> list[dict[str, Any]]:
        """All that have ended, oldest first."""
        text = self.told.read_text(encoding="utf-8")
        lines = text[: text.rfind("\n") + 1].splitlines()
        return [found for found in map(json.loads, lines) if "who" in found]

    def outage(self, since: float) -> float:
        """Seconds of the longest time without an answer from then on that has ended."""
        time.sleep(_JUDGED)
        lost = (one for one in self.stretches() if one["who"] is None and one["end"] > since)
        return max((one["end"] - max(one["start"], since) for one in lost), default=0.0)
