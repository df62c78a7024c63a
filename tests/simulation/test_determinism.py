# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same schedule gives the same run, in another process too."""

from __future__ import annotations

import hashlib
import json
import pathlib
import subprocess
import sys

from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    LONE,
    Schedule,
    Setup,
    Step,
    to_json,
)
from ansible_collections.netops.floating_ip.tests.simulation.world import play

STORMY = Schedule(
    Setup(targets=3, tables=3, failback="auto", has_reference=True),
    (
        Step(2.0, "lossy wire", "a", "b", 12.0, 0.7),
        Step(3.0, "EC2 throttles", lasts=7.0),
        Step(4.0, "power off", "a", lasts=7.0, value=2.0),
        Step(5.0, "EC2 lags", lasts=12.0, value=3.0),
        Step(6.0, "kill agent at write", "b", lasts=2.0, value=1.0),
        Step(9.0, "tear context", "c"),
        Step(14.0, "runbook", "force", "a"),
        Step(16.0, "flap", "b", lasts=12.0, value=2.5),
    ),
    seed=5,
)
LONELY = Schedule(Setup(LONE), (Step(3.0, "flap", "a", lasts=12.0, value=4.0),), seed=6)
AGAIN = """
import sys
from ansible_collections.netops.floating_ip.tests.simulation.schedule import from_json
from ansible_collections.netops.floating_ip.tests.simulation.test_determinism import print_of
sys.stdout.write(print_of(from_json(sys.stdin.read())))
"""


def print_of(schedule: Schedule) -> str:
    digest = json.dumps(play(schedule).digest(), sort_keys=True)
    return hashlib.sha256(digest.encode()).hexdigest()


def test_a_run_can_be_repeated() -> None:
    for schedule in (STORMY, LONELY):
        assert print_of(schedule) == print_of(schedule)


def test_another_process_sees_the_same_run() -> None:
    here = pathlib.Path(__file__).parent
    ran = subprocess.run(
        [sys.executable, "-c", AGAIN],
        input=to_json(STORMY),
        capture_output=True,
        text=True,
        check=True,
        cwd=here,
        env={"PYTHONHASHSEED": "99", "PATH": ""},
    )
    assert ran.stdout == print_of(STORMY)


def test_another_seed_is_another_run() -> None:
    other = Schedule(STORMY.setup, STORMY.steps, seed=6)
    assert print_of(STORMY) != print_of(other)
