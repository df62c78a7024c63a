# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a start costs, and that everybody gains by what was prepared."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess

import pytest

from ansible_collections.netops.floating_ip.tests.integration.agent.program import Agent

CLAIM = 0.5  # seconds of process time: the promise


@pytest.fixture
def installed(agent: Agent, packed: pathlib.Path, tmp_path: pathlib.Path) -> Agent:
    """The packed agent in a directory of its own, as hosts have it."""
    folder = tmp_path / "opt"
    folder.mkdir()
    shutil.copy(packed, folder / "floating-ip.pyz")
    return Agent(folder / "floating-ip.pyz", agent.home, agent.environment)


def cost(agent: Agent, verb: str, *arguments: str) -> float:
    """Seconds of process time, user and system, of one run that succeeds."""
    process = subprocess.Popen(
        agent.command(verb, *arguments), env=agent.environment, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime


def claims(agent: Agent, number: int = 6) -> list[float]:
    """The cost of claims that each move the address."""
    targets = ["db-b", "db-a"] * (number // 2)
    return [cost(agent, "claim", "db", "--target", target) for target in targets]


def test_a_claim_costs_less_than_half_a_second(installed: Agent) -> None:
    """Even the cheapest of several shows what it takes; the others show how busy the machine is."""
    before = min(claims(installed))
    assert installed.run("prepare", "--json").json["changed"]
    costs = claims(installed)
    assert min(costs) < CLAIM
    assert min(costs) < before


def test_a_prepared_start_costs_much_less(installed: Agent) -> None:
    def starts() -> list[float]:
        return [cost(installed, "monitor", "--help") for _start in range(5)]

    before = starts()
    installed.run("prepare")
    after = starts()
    assert min(after) < 0.75 * min(before)


def test_claims_leave_nothing_beside_the_agent(installed: Agent) -> None:
    claims(installed, 2)
    assert [path.name for path in installed.program.parent.iterdir()] == ["floating-ip.pyz"]
    assert installed.run("prepare").code == 0
    names = {
        path.name.partition(".")[0].partition("-")[0] for path in installed.program.parent.iterdir()
    }
    assert names == {"floating", "botocore"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_does_not_use_what_the_monitor_s_user_keeps(installed: Agent) -> None:
    """But what was prepared beside the agent; and it leaves no model in that user's directory."""
    os.chown(installed.context, 65534, 65534)
    claims(installed, 2)
    assert list(installed.context.glob("botocore-*")) == []
