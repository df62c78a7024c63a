# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How changes are carried out: how fast, how long, by which look, and for whom."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Change,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.looks import LOOK_VALID
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.carry_out import (
    Terms,
    carry_out,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    MOVE_TIMEOUT,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.work import OVERRULED
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    LATENCY,
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
    LOST_REPLY,
    READ_TIMEOUT,
    STALE,
    THROTTLED,
    Fault,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_time import (  # noqa: E501 - the path of a module
    Bucket,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.judge import (  # noqa: E501 - the path of a module
    judge,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    IPV4,
    SCENARIOS,
    A,
    B,
    C,
    Case,
    Run,
    Scenario,
    act,
    held,
    routed,
)

UNREACHABLE = Fault("unreachable", "EndpointConnectionError")


def of(tables: int) -> Scenario:
    return routed(f"{tables} tables", (IPV4,), tables, held((IPV4,), tables))


def moved(tables: int, cloud: FakeEc2 | None = None) -> tuple[FakeEc2, Run]:
    """Move that many cells and judge it; AWS's own buckets hold."""
    scenario = of(tables)
    cloud = cloud or scenario.cloud()
    for name in ("replace_route", "create_route"):
        cloud.buckets[name] = Bucket(50, 5.0)
    run = act(scenario, cloud)
    assert judge(Case(scenario, dict(cloud.faults)), cloud, run) == []
    return cloud, run


def one_change(
    cloud: FakeEc2, deadline: float = MOVE_TIMEOUT, **terms: Any
) -> tuple[Action, str | None]:
    """What becomes of the one cell that is to be moved from A to B."""
    (cell,) = of(1).cells
    at = cloud.clock.now
    agreed = Terms(cloud.edge_ec2(), at + deadline, **terms)
    (outcome,) = carry_out(agreed, [Change(cell, A, B)], at)
    return outcome.action, outcome.error


@pytest.mark.parametrize("tables", [1, 10, 48])
def test_up_to_the_bucket_a_move_takes_three_round_trips(tables: int) -> None:
    cloud, run = moved(tables)
    assert run.seconds == pytest.approx(3 * LATENCY)
    assert len(cloud.attempts) == tables


def test_the_last_of_fifty_wait_for_the_slack_that_the_pacer_leaves_to_aws() -> None:
    cloud, run = moved(50)
    assert run.seconds <= 3 * LATENCY + 2 / 5
    assert len(cloud.attempts) == 50


@pytest.mark.parametrize(("tables", "limit"), [(200, 30.0), (500, 90.0)])
def test_beyond_the_bucket_a_move_is_at_most_a_twentieth_slower_than_aws_allows(
    tables: int, limit: float
) -> None:
    cloud, run = moved(tables)
    assert limit <= run.seconds <= 1.05 * limit
    assert len(cloud.attempts) == tables, "and AWS refused none"


def test_no_paced_write_is_sent_by_a_look_older_than_two_seconds() -> None:
    """The judge looks at the cell of each write, not at any: `moved` calls it."""
    cloud, _run = moved(200)
    for attempt in cloud.attempts:
        reads = [one for one in cloud.reads if attempt.key[0] in one.objects]
        newest = max(one.sent for one in reads if one.number < attempt.number)
        assert attempt.sent - newest <= LOOK_VALID


def test_a_paced_cell_that_a_rival_takes_meanwhile_is_left_to_it() -> None:
    scenario, cloud = of(100), of(100).cloud()
    key = ("rtb-99", destination(IPV4))
    cloud.rivals = [(60, key, C)]
    run = act(scenario, cloud)
    assert cloud.state[key] == C and key not in [one.key for one in cloud.attempts]
    assert [one.action for one in run.outcomes].count(Action.CONFLICT) == 1


def test_a_throttled_write_is_not_repeated_by_an_old_look() -> None:
    cloud = of(1).cloud()
    cloud.faults = dict.fromkeys(range(12), THROTTLED)
    key = ("rtb-1", destination(IPV4))
    cloud.rivals = [(3, key, C)]
    action, _error = one_change(cloud)
    assert action is Action.CONFLICT and cloud.state[key] == C


@pytest.mark.parametrize("fault", [THROTTLED, UNREACHABLE], ids=lambda one: one.name)
def test_what_cannot_be_sent_fails_at_the_deadline_with_the_reason(fault: Fault) -> None:
    cloud = of(1).cloud()
    cloud.faults = dict.fromkeys(range(1000), fault)
    began = cloud.clock.now
    action, error = one_change(cloud)
    assert action is Action.FAILED and error is not None
    assert "run it again" in error and error.count(".") >= 2, "and why"
    assert cloud.clock.now - began <= MOVE_TIMEOUT + READ_TIMEOUT


def test_the_deadline_ends_a_verification_that_cannot_be_read() -> None:
    cloud = of(1).cloud()
    cloud.faults = dict.fromkeys(range(1, 1000), DENIED)
    began = cloud.clock.now
    action, error = one_change(cloud, deadline=10.0)
    assert action is Action.UNVERIFIED
    assert error is not None and "ec2:DescribeRouteTables" in error
    assert 10.0 <= cloud.clock.now - began <= 10.0 + READ_TIMEOUT


def test_a_newer_intent_stops_what_is_not_sent_yet() -> None:
    scenario, cloud = of(100), of(100).cloud()
    run = act(scenario, cloud, is_newest=lambda change: len(cloud.calls) < 30)
    assert len(cloud.attempts) < 60, "the burst was out"
    sent = {one.key for one in cloud.attempts}
    stopped = [one for one in run.outcomes if one.error == OVERRULED]
    assert len(stopped) == 100 - len(sent) and len(stopped) > 40
    assert all(one.action is Action.CONFLICT for one in stopped)


def test_a_newer_intent_forbids_to_resend_what_was_lost() -> None:
    cloud = of(1).cloud()
    cloud.faults = {0: Fault("closed", "ConnectionClosedError")}
    answers = iter((True, *[False] * 50))
    assert one_change(cloud, is_newest=lambda change: next(answers)) == (Action.CONFLICT, OVERRULED)
    assert len(cloud.attempts) == 1


def test_what_a_newer_move_took_back_is_not_waited_for_as_a_stale_read() -> None:
    cloud = of(1).cloud()
    cloud.rivals = [(1, ("rtb-1", destination(IPV4)), A)]
    answers = iter((True, *[False] * 50))
    assert one_change(cloud, is_newest=lambda change: next(answers)) == (Action.CONFLICT, OVERRULED)


def test_a_lost_write_that_arrived_is_reported_only_after_a_second_look() -> None:
    cloud = of(1).cloud()
    cloud.faults = {0: LOST_REPLY}
    began = cloud.clock.now
    assert one_change(cloud) == (Action.MOVED, None)
    assert cloud.clock.now - began >= READ_TIMEOUT
    assert len(cloud.reads) >= 2


def test_a_lost_write_seen_only_before_its_second_sending_is_still_ours() -> None:
    cloud = of(1).cloud()
    cloud.faults = {0: LOST_REPLY, **dict.fromkeys(range(1, 5), STALE)}
    action, _error = one_change(cloud)
    assert action is Action.MOVED, "not left: then nothing would have changed"


def test_a_table_that_is_gone_fails_its_cell_alone() -> None:
    scenario, cloud = of(2), of(2).cloud()
    cells = scenario.cells
    cloud.net.tables = [one for one in cloud.net.tables if one.id != "rtb-2"]
    terms = Terms(cloud.edge_ec2(), cloud.clock.now + MOVE_TIMEOUT)
    first, second = carry_out(terms, [Change(one, A, B) for one in cells], cloud.clock.now)
    assert (first.action, second.action) == (Action.MOVED, Action.FAILED)
    assert second.error is not None and "rtb-2" in second.error


def test_a_created_route_that_reads_do_not_show_yet_is_created_once() -> None:
    cloud = of(1).cloud()
    (cell,) = of(1).cells
    terms = Terms(cloud.edge_ec2(), cloud.clock.now + MOVE_TIMEOUT)
    cloud.faults = dict.fromkeys(range(1, 6), STALE)
    cloud.versions = [(0.0, {})]
    (outcome,) = carry_out(terms, [Change(cell, None, B)], cloud.clock.now)
    assert outcome.action is Action.MOVED and cloud.calls.count("create_route") == 1


def test_a_route_that_exists_and_is_not_seen_yet_is_not_created_in_a_circle() -> None:
    cloud = of(1).cloud()
    (cell,) = of(1).cells
    terms = Terms(cloud.edge_ec2(), cloud.clock.now + MOVE_TIMEOUT)
    cloud.versions = [(0.0, {}), (1.0, {("rtb-1", destination(IPV4)): C})]
    cloud.faults = dict.fromkeys(range(1, 4), STALE)
    (outcome,) = carry_out(terms, [Change(cell, None, B)], cloud.clock.now)
    assert outcome.action is Action.CONFLICT and cloud.calls.count("create_route") == 1


@pytest.mark.parametrize("fault", [None, LOST_REPLY], ids=["answered", "reply lost"])
def test_an_address_that_a_read_shows_nowhere_is_on_its_way_and_no_conflict(
    fault: Fault | None,
) -> None:
    """Each interface is shown at a moment of its own: the old one without it, the new one too."""
    scenario = next(one for one in SCENARIOS if one.name == "move a secondary address")
    cloud, (cell,) = scenario.cloud(), scenario.cells
    cloud.versions = [(0.0, {}), (1.0, cloud.state)]
    cloud.faults = {1: STALE, 2: STALE} if fault is None else {0: fault, 1: STALE, 2: STALE}
    terms = Terms(cloud.edge_ec2(), cloud.clock.now + MOVE_TIMEOUT)
    (outcome,) = carry_out(terms, [Change(cell, A, B)], cloud.clock.now)
    assert outcome.action is Action.MOVED and len(cloud.attempts) == 1


def test_no_read_and_no_write_is_lost_when_credentials_are() -> None:
    cloud = of(1).cloud()
    cloud.faults = {0: Fault("no credentials", "NoCredentialsError")}
    action, error = one_change(cloud)
    assert action is Action.FAILED and error is not None and "credentials" in error
    assert len(cloud.calls) == 1, "it is not worth a second try"
