# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Drills that nobody attends: killed in the middle, and begun by the calendar."""

from __future__ import annotations

import re
import time

from ansible_collections.netops.floating_ip.tests.hosts.drill.ground import (
    BEGINNING,
    MEMORY,
    SELDOM,
    TIMER,
    Ground,
    Powered,
    until,
)
from ansible_collections.netops.floating_ip.tests.lab.box import NAME, TARGETS, WITNESS

UNIT = f"floating-ip-drill@{NAME}"
LEASE = 25  # seconds, of the drill that is killed: longer than a busy machine takes to begin
LOST = {"drill_lease": 60}  # seconds, after which the meters of such a drill end too
DRILL = {  # at another time
    "name": NAME,
    "on_calendar": "Tue 10:00",
    "randomized_delay": 0,
    "arguments": ["--hold", "1", "--timeout", "0.9"],
}


def test_killed_in_the_middle_it_is_undone_by_the_hosts_themselves(ground: Ground) -> None:
    ground.kill_away("db-b", drill_lease=LEASE)
    killed = time.monotonic()
    assert ground.is_drilled("db-a") and ground.meters()
    until(lambda: ground.holders() == {"db-a"}, "it is back", LEASE + 10)
    assert time.monotonic() - killed < LEASE + 10
    until(lambda: not any(ground.is_drilled(name) for name in TARGETS), "it is forgotten")
    until(lambda: not ground.meters(), "nobody measures any more", LEASE + 10)
    ground.await_calm()
    time.sleep(2.5)  # a holder's failures count once it was seen up since it is known to hold it
    ground.site.hosts["db-a"].run("systemctl stop service")
    until(lambda: ground.holders() == {"db-b"}, "the monitors fail over", 10)
    ground.site.hosts["db-a"].run("systemctl start service")


def test_killed_while_a_unit_is_stopped_it_is_undone_by_the_hosts_themselves(
    ground: Ground,
) -> None:
    (was,) = ground.holders()
    (other,) = set(TARGETS) - {was}
    ground.kill_away(other, drill_fault="stop_unit", drill_unit="service", **LOST, **SELDOM)
    host = ground.site.hosts[was]
    assert f"{TIMER}.timer" in host.run("systemctl list-timers --no-legend --all").out
    host.run(f"systemctl start {TIMER}.service")  # as the timer does, once the lease is over
    for name in TARGETS:
        ground.lose(name)
    until(lambda: ground.holders() == {was}, "it is back", BEGINNING)
    until(lambda: not any(ground.is_drilled(name) for name in TARGETS), "it is forgotten")


def test_killed_while_an_instance_is_stopped_it_is_started_again_by_a_host_that_is_left(
    ground: Ground,
) -> None:
    (was,) = ground.holders()
    (other,) = set(TARGETS) - {was}
    with Powered(ground.site, was):
        ground.kill_away(other, drill_fault="stop_instance", **LOST, **SELDOM)
        assert ground.is_drilled(other)
        ground.lose(other)
        until(lambda: ground.holders() == {was}, "it is back", BEGINNING)
        until(lambda: not ground.is_drilled(other), "it is forgotten")


def drills_by_hand(ground: Ground, *, kill: bool) -> str:
    """What the unit of the scheduled drill came to, started as its timer does; killed if asked."""
    host, before = ground.site.hosts[WITNESS], ground.holders()
    host.run(f"systemctl start --no-block {UNIT}.service")
    if kill:
        until(lambda: ground.holders() == set(TARGETS) - before, "it is away")
        host.run(f"systemctl kill --signal=KILL {UNIT}.service")
    over = ("inactive", "failed")
    state = f"systemctl show --property=ActiveState --value {UNIT}.service"
    until(lambda: host.run(state).out.strip() in over, "it has ended")
    return host.run(state).out.strip()


def test_drills_by_the_calendar_are_installed_and_run_and_removed(ground: Ground) -> None:
    host = ground.site.hosts[WITNESS]
    first, again = (ground.schedule([DRILL]) for _time in range(2))
    assert (first > 0, again) == (True, 0)
    listed = host.run("systemctl list-timers --no-legend --all").out
    assert re.search(rf"Tue .* 10:00:00 .*{UNIT}.timer", listed), listed
    assert "floating-ip-monitor" not in listed
    before = ground.holders()
    assert drills_by_hand(ground, kill=True) == "failed"
    assert ground.holders() == before
    assert drills_by_hand(ground, kill=False) == "inactive", host.journal(f"{UNIT}.service")
    assert len(host.run("ls /var/lib/floating-ip/drills").out.split()) == 3
    for name in TARGETS:  # so that only the client remembers a drill
        ground.site.hosts[name].run(f"rm {MEMORY}")
    least, assumed = ground.worst_cases(WITNESS)
    tight = {**ground.site.definition(), "objective_seconds": (least + assumed) / 2}
    told = " ".join(ground.site.play("validate", check=False, floating_ips=[tight]).out.split())
    assert "and could fail over now." in told  # by what the client has measured
    assert "The last drill, at" in told and "objective_seconds is" not in told
    assert ground.schedule([], "-e", "floating_ip_monitor_state=absent") > 0
    assert UNIT not in host.run("ls /etc/systemd/system; systemctl list-timers --all").out
