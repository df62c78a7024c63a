# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever way a run ends, nothing of it is left; and two runs do not meet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.tests.lab import sweep
from ansible_collections.netops.floating_ip.tests.lab.lab import HostPlan, Lab
from ansible_collections.netops.floating_ip.tests.lab.places import Places

COMMAND = "ansible_collections.netops.floating_ip.tests.lab"


def traces(places: Places) -> list[str]:
    """What this machine still has of a run."""
    found = [str(path) for path in (places.directory, places.lock, places.cgroup) if path.exists()]
    found += [path.name for path in Path("/run/netns").glob(f"{places.netns('')}*")]
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"/runs/{places.run}/".encode() in path.read_bytes():
                found.append(str(path))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def gone(places: Places) -> list[str]:
    """What is left once the run has had time to end."""
    end = time.monotonic() + 10
    while traces(places) and time.monotonic() < end:
        time.sleep(0.05)
    return traces(places)


@pytest.fixture
def other() -> subprocess.Popen[str]:
    """The run of another process, with a host that is up."""
    command = [sys.executable, "-m", COMMAND, "boot", "db-a"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def started(process: subprocess.Popen[str]) -> Places:
    assert process.stdout is not None
    return Places(process.stdout.readline().split()[1])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_leaves_nothing(
    lab: Lab, other: subprocess.Popen[str], number: signal.Signals
) -> None:
    places = started(other)
    assert len(traces(places)) > 5
    os.kill(other.pid, number)
    other.communicate(timeout=20)
    assert gone(places) == []
    assert lab.places.directory.exists()


def test_the_next_run_sweeps_what_was_left_without_even_a_janitor(
    other: subprocess.Popen[str],
) -> None:
    places = started(other)
    janitor = subprocess.run(
        ["pgrep", "-f", f"lab.sweep {places.run}$"], capture_output=True, text=True, check=True
    )
    os.kill(int(janitor.stdout), signal.SIGKILL)
    os.kill(other.pid, signal.SIGKILL)
    other.communicate(timeout=20)
    assert traces(places)
    assert places.run in sweep.sweep()
    assert gone(places) == []


def test_two_runs_have_hosts_of_one_name_and_address(lab: Lab) -> None:
    plan = HostPlan("db-a", "10.0.1.10/24")
    with Lab.start() as second:
        ours, theirs = lab.boot(plan), second.boot(plan)
        ours.wait()
        theirs.wait()
        ours.write("/etc/mine", "ours")
        assert theirs.run("test -e /etc/mine", check=False).code == 1
        assert sweep.sweep() == ()
        theirs.kill()
        assert ours.run("true").code == 0
    assert gone(second.places) == []
    assert ours.run("true").code == 0
