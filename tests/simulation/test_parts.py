# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the simulation is made of: time, disks, hosts."""

from __future__ import annotations

import os
import pathlib
import re

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.simulation.clocks import Here, simulated
from ansible_collections.netops.floating_ip.tests.simulation.disk import SimulatedOs
from ansible_collections.netops.floating_ip.tests.simulation.every_law import breaches
from ansible_collections.netops.floating_ip.tests.simulation.fibers import Ended
from ansible_collections.netops.floating_ip.tests.simulation.host import HUNG, STOPPED, Host
from ansible_collections.netops.floating_ip.tests.simulation.kernel import Kernel
from ansible_collections.netops.floating_ip.tests.simulation.laws import ELSEWHERE
from ansible_collections.netops.floating_ip.tests.simulation.schedule import Schedule, Step
from ansible_collections.netops.floating_ip.tests.simulation.story import tell
from ansible_collections.netops.floating_ip.tests.simulation.wires import Wires


class Process:
    is_alive = True
    frozen_until = 0.0

    def resumes_at(self) -> float:
        return self.frozen_until


def test_work_sleeps_and_time_jumps() -> None:
    kernel, told = Kernel(), []

    def work(name: str, seconds: float) -> None:
        kernel.sleep(seconds)
        told.append((name, kernel.now))

    kernel.spawn(lambda: work("late", 3.0), Process())
    kernel.spawn(lambda: work("early", 1.0), Process())
    kernel.at(2.0, lambda: told.append(("between", kernel.now)))
    kernel.run(10.0)
    assert told == [("early", 1.0), ("between", 2.0), ("late", 3.0)]
    assert kernel.now == 10.0


def test_what_is_gathered_happens_at_the_same_time() -> None:
    kernel, took = Kernel(), []

    def work() -> None:
        def one(seconds: float) -> float:
            kernel.sleep(seconds)
            return seconds

        assert kernel.gather([lambda: one(0.5), lambda: one(2.0), lambda: one(1.0)]) == [0.5, 2, 1]
        took.append(kernel.now)

    kernel.spawn(work, Process())
    kernel.run(9.0)
    assert took == [2.0]


def test_work_of_a_dead_process_goes_on_no_more_and_that_of_a_frozen_one_later() -> None:
    kernel, dead, frozen, told = Kernel(), Process(), Process(), []

    def work(name: str) -> None:
        try:
            kernel.sleep(2.0)
            told.append((name, kernel.now))
        except Ended:
            told.append((f"{name} ended", kernel.now))
            raise

    kernel.spawn(lambda: work("dead"), dead)
    kernel.spawn(lambda: work("frozen"), frozen)
    kernel.at(1.0, lambda: setattr(dead, "is_alive", False))
    kernel.at(1.0, lambda: setattr(frozen, "frozen_until", 5.0))
    kernel.run(9.0)
    assert told == [("dead ended", 2.0), ("frozen", 5.0)]


def test_what_work_raises_ends_the_simulation() -> None:
    kernel = Kernel()
    kernel.spawn(lambda: next(iter(())), Process())
    with pytest.raises(StopIteration):
        kernel.run(1.0)


def test_the_real_store_works_on_a_disk_in_memory_and_leaves_the_real_one_alone() -> None:
    disks = SimulatedOs()
    with simulated(disks, Here()):
        store = FileStore(disks.directory("a"))
        context = Context(holder="b", holding="held")
        assert store.update("db", lambda stored: context).problem is None
        assert FileStore("/simulated/a").load("db").context == context
        disks.disks["a"].tear("db.json")
        assert "no JSON" in str(store.load("db").problem)
        disks.disks["a"].faults["full"] = 1
        assert "free some space" in str(store.update("db", lambda stored: context).problem)
    assert not os.path.exists("/simulated")


def test_a_host_answers_as_its_service_does() -> None:
    kernel = Kernel()
    host = Host("a", kernel, Wires(0), SimulatedOs())
    assert host.answer(0.001).evidence is Evidence.PASSED
    host.troubles[STOPPED] += 1
    assert host.answer(0.001).evidence is Evidence.REFUSED
    host.troubles[HUNG] += 1
    assert host.answer(0.001).evidence is Evidence.TIMEOUT
    assert host.answer(None).seconds > 1e6
    before = host.clock()
    host.boot()
    assert host.clock() < before and host.boot_id == "boot 1 of a"


def test_a_story_tells_the_faults_the_moves_and_the_end() -> None:
    record, found = breaches(Schedule(steps=(Step(4.0, "power off", "a", lasts=6.0, value=2.0),)))
    assert found == []
    story = tell(record)
    for part in ("power off a for 6 s (2) begins", "a is down", "EC2: b changed rtb-1", "the end"):
        assert part in story, part


@pytest.mark.parametrize("line", ELSEWHERE)
def test_a_line_that_no_run_shows_is_held_by_a_test_that_exists(line: str) -> None:
    file, name = ELSEWHERE[line].split(" ")
    units = pathlib.Path(__file__).parents[1] / "unit" / "plugins" / "module_utils"
    assert re.search(rf"^def (test_)?{name}\(", (units / file).read_text(encoding="utf-8"), re.M)
