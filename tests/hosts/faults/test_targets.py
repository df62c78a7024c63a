# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What happens to a target: it is left once and in time, and takes nothing back.

Whatever happens to the standby moves nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    QUIET,
    Scene,
    assert_left_once,
    assert_outage,
    assert_story,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import PROBE
from ansible_collections.netops.floating_ip.tests.lab.host import Host

Fault = Callable[[Host], object]
REFUSED = "its service stops"
JUST_WITHIN, TOO_LATE = 0.6, 1.5  # of the probe's timeout
BLINK = 0.1  # seconds: packets that one busy process may be late by


def answer_after(timeouts: float) -> Fault:
    """Let the service take so many timeouts for each answer."""
    seconds = timeouts * float(str(PROBE["timeout"]))
    return lambda host: host.run(f"echo {seconds:g} > /run/slow")


FAULTS: dict[str, Fault] = {
    REFUSED: lambda host: host.run("systemctl stop service"),
    "its service hangs": lambda host: host.run("systemctl kill --signal=STOP service"),
    "its service answers too late": answer_after(TOO_LATE),
    "it is powered off": Host.power_off,
    "it dies": Host.kill,
    "it freezes": Host.freeze,
}


ENOUGH = ("its service hangs", "it dies")  # for a standby


@pytest.mark.parametrize("what", FAULTS)
def test_a_holder_is_left_once_and_in_time_when(what: str, scene: Scene) -> None:
    FAULTS[what](scene.stage.hosts[scene.holder])
    assert_left_once(scene, is_refused=what == REFUSED)
    assert_story(scene, scene.standby)


@pytest.mark.parametrize("fault", [pytest.param(FAULTS[one], id=one) for one in ENOUGH])
def test_a_standby_may_do_what_it_likes(fault: Fault, scene: Scene) -> None:
    fault(scene.stage.hosts[scene.standby])
    status = scene.stage.await_health(scene.holder, scene.standby, "down")
    assert status["holder"] == scene.holder
    assert_story(scene)
    assert_outage(scene, BLINK)


def test_a_service_that_answers_just_in_time_keeps_the_address(scene: Scene) -> None:
    answer_after(JUST_WITHIN)(scene.stage.hosts[scene.holder])
    time.sleep(2 * QUIET)
    assert_story(scene)
    assert_outage(scene, BLINK)
