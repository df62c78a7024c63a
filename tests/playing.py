# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-playbook as an operator does, and read what it said."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("ansible-playbook"))
PATIENCE = 300.0  # seconds


@dataclass(frozen=True)
class Played:
    """What ansible-playbook came to."""

    code: int
    seconds: float
    output: str = field(repr=False)

    @property
    def recap(self) -> dict[str, dict[str, int]]:
        """The last lines: ok, changed, failed and so on, by host."""
        lines = self.output.partition("PLAY RECAP")[2].splitlines()
        found = {line.split(":")[0].strip(): re.findall(r"(\w+)=(\d+)", line) for line in lines}
        return {host: {k: int(v) for k, v in told} for host, told in found.items() if told}

    @property
    def changed(self) -> dict[str, int]:
        """How many tasks changed something, by host."""
        return {host: counts["changed"] for host, counts in self.recap.items()}

    @property
    def changes(self) -> int:
        """How many tasks changed something, on all hosts."""
        return sum(self.changed.values())

    @property
    def said(self) -> str:
        """Everything on one line and without quotes, so that neither wrapping nor JSON matters."""
        return " ".join(re.sub(r'[",\\]', " ", self.output).split())


def playbook(*arguments: str, **extra: Any) -> list[str]:
    """The command; keyword arguments are extra vars, as JSON, like a survey gives them."""
    return [PROGRAM, *arguments, *(("-e", json.dumps(extra)) if extra else ())]


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """Its environment: this process's, without colours, and what is given."""
    return {**os.environ, "ANSIBLE_NOCOLOR": "1", **environment}


def run_playbook(
    command: Sequence[str], environment: Mapping[str, str], patience: float = PATIENCE
) -> Played:
    """Run it to its end. Raises subprocess.TimeoutExpired after `patience` seconds."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        env=surroundings(environment),
        timeout=patience,
    )
    return Played(done.returncode, time.monotonic() - began, done.stdout + done.stderr)
