# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`floating-ip drill --restore` and `--guard`, on a host whose monitor has to be told."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import (
    drill_means,
    drill_restore,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    Context,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Health
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import contexts
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.proof import Proof
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boot_id,
    boottime,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.drill import (
    read_drills,
    write_drills,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.lock import Patience, locked
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    ROUTE,
    TABLES,
    Host,
    context,
    holders,
    intent,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
)


@pytest.fixture
def away(host: Host, cloud: FakeEc2, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEc2]:
    """A runbook's drill took the address from a to b, and the runbook is no more."""
    ec2 = cloud.edge_ec2()
    up = {("db", name): Proof(Health.UP, "answered") for name in "ab"}
    monkeypatch.setattr(
        drill_means, "edge", lambda _settings, _call: Edge(lambda aws: ec2, cloud.clock)
    )
    monkeypatch.setattr(drill_restore, "edge", lambda _settings: Edge(lambda aws: ec2, cloud.clock))
    monkeypatch.setattr(drill_means, "prove", lambda *_arguments: up)
    for table in TABLES:
        cloud.state[table, ROUTE] = "eni-b"
    directory = str(host.context)
    FileStore(directory).update("db", lambda c: replace(c, holder="b", holding="held"))
    for state in (contexts.ANNOUNCED, contexts.CONCLUDED):
        directive = contexts.Directive(state, destinations={"db": "b"})
        contexts.carry_out(directory, contexts.see(directory, "db"), directive)
    remembered(host, lease=boottime() - 1.0)
    kept = [(one, signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    yield cloud
    for number, handler in kept:
        signal.signal(number, handler)


def remembered(host: Host, lease: float, **more: str) -> None:
    running = {"was": "a", "by": "runbook", "lease": lease, "boot_id": boot_id(), **more}
    assert write_drills(str(host.context), "db", running=running) is None


def test_a_guard_puts_back_what_a_lost_runbook_has_left_and_its_monitor_knows(
    host: Host, away: FakeEc2
) -> None:
    done = host.run("drill", "db", "--guard")
    assert (done.code, holders(away)) == (0, {"eni-a"}), done.err
    assert "The drill is lost: the address goes back to a." in done.err
    assert read_drills(str(host.context), "db")["running"] is None
    assert (intent(host).to, intent(host).source, intent(host).moving) == ("a", "operator", False)


def test_where_another_host_was_faster_the_monitor_is_told_all_the_same(
    host: Host, away: FakeEc2
) -> None:
    for table in TABLES:
        away.state[table, ROUTE] = "eni-a"
    before = context(host)
    assert host.run("drill", "db", "--guard").code == 0
    assert before.holder == "b" and before.intent is not None
    told = intent(host)
    assert (told.to, told.source, told.epoch > before.intent.epoch) == ("a", "operator", True)
    assert told.marker_until <= boottime()  # so the monitor need not wait


def test_a_monitor_that_never_saw_the_drills_move_does_not_finish_it(
    host: Host, away: FakeEc2
) -> None:
    """Another host's guard was faster than the monitor here, which waited for the move to end."""
    FileStore(str(host.context)).update("db", moved_towards_b)
    for table in TABLES:
        away.state[table, ROUTE] = "eni-a"
    assert host.run("drill", "db", "--guard").code == 0
    assert (intent(host).to, intent(host).source) == ("a", "operator")


def moved_towards_b(context: Context) -> Context:
    """A move from a to b by an operator, who was killed: its marker lives for a minute."""
    assert context.intent is not None
    lives = boottime() + 60.0
    begun = replace(context.intent, to="b", moving=True, origin="a", marker_until=lives)
    return replace(context, holder="a", intent=begun)


def test_a_guard_lets_its_monitor_finish_a_failover(host: Host, away: FakeEc2) -> None:
    FileStore(str(host.context)).update("db", moved_towards_b)
    FileStore(str(host.context)).update(
        "db", lambda c: replace(c, intent=c.intent and replace(c.intent, source=MONITOR))
    )
    for table in TABLES:
        away.state[table, ROUTE] = "eni-a"
    before = context(host)
    assert host.run("drill", "db", "--guard").code == 0
    assert context(host) == before


def test_a_guard_leaves_what_has_never_moved_alone(host: Host, away: FakeEc2) -> None:
    for table in TABLES:
        away.state[table, ROUTE] = "eni-a"
    FileStore(str(host.context)).update("db", lambda c: replace(c, holder="a", intent=None))
    before = context(host)
    assert host.run("drill", "db", "--guard").code == 0
    assert context(host) == before


def test_a_guard_of_no_drill_ends_at_once(host: Host, away: FakeEc2) -> None:
    write_drills(str(host.context), "db", running=None)
    done = host.run("drill", "db", "--guard")
    assert (done.code, done.out) == (0, "The drill of db has ended.\n")
    assert holders(away) == {"eni-b"}


def test_a_guard_does_not_disturb_a_drill_of_its_own_host(
    host: Host, away: FakeEc2, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_guard"
    monkeypatch.setattr(f"{path}._PATIENCE", -1.0)
    with locked(str(host.context / "db.drill.lock"), Patience(0.0)):
        done = host.run("drill", "db", "--guard")
    assert done.code == 1 and "is under way on this host" in done.err
    assert holders(away) == {"eni-b"}


def test_restore_does_not_wait_for_a_lease(host: Host, away: FakeEc2) -> None:
    remembered(host, lease=boottime() + 1000.0)
    done = host.run("drill", "db", "--restore")
    assert (done.code, holders(away)) == (0, {"eni-a"}), done.err
    assert done.out.endswith("db is at a, as before the drill.\n")


STOPPED = {"fault": "stop_instance", "instance": "i-0"}


@pytest.mark.parametrize("instead", ["--guard", "--restore"])
def test_a_stopped_instance_is_started_before_the_address_goes_back(
    host: Host, away: FakeEc2, instead: str
) -> None:
    remembered(host, lease=boottime() - 1.0, **STOPPED)
    done = host.run("drill", "db", instead)
    assert (done.code, holders(away)) == (0, {"eni-a"}), done.err
    changes = [one for one in away.calls if not one.startswith("describe_")]
    assert changes[0] == "start_instances" and "replace_route" in changes
    assert "i-0 is started again." in done.err


def test_an_instance_that_may_not_be_started_is_told(
    host: Host, away: FakeEc2, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill_restore, "PATIENCE", 0.0)
    away.lacking["start_instances"] = DENIED
    remembered(host, lease=boottime() - 1.0, **STOPPED)
    done = host.run("drill", "db", "--restore")
    assert "StartInstances" in done.out + done.err and "i-0" in done.out + done.err


def test_whether_a_host_may_start_an_instance_is_told_without_starting_it(
    host: Host, away: FakeEc2
) -> None:
    assert host.run("drill", "db", "--may-start", "i-0").code == 0
    away.lacking["start_instances"] = DENIED
    done = host.run("drill", "db", "--may-start", "i-0")
    assert done.code == 1 and "StartInstances" in done.err
    assert set(away.calls) == {"start_instances"} and away.writes == []
