# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told, and what is not told again."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import CallRecord
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Look
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    Decision,
    Observer,
    Verdict,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    Health,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.events import (
    Reporter,
    lasting,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.watch import Watch
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    Event,
    Kind,
    to_dict,
    validate,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
)


@pytest.fixture
def told() -> list[Event]:
    return []


@pytest.fixture
def report(told: list[Event]) -> Reporter:
    return Reporter(told.append, lambda: 5.0, lambda: "2026-01-31T12:00:00.000Z")


@pytest.fixture
def watch() -> Watch:
    return Watch(floating_ip(), Observer(), Context(), 0.0)


def hold(reason: str, alarm: bool = False) -> Decision:
    return Decision(Verdict.HOLD, reason, alarm=alarm)


def failure(evidence: Evidence, reason: str = "no answer") -> ProbeResult:
    return ProbeResult("a", evidence, reason, 1.0, 2.0)


def test_a_sentence_that_differs_only_in_seconds_is_told_once(
    report: Reporter, watch: Watch, told: list[Event]
) -> None:
    for seconds in (9, 8, 7.5):
        report.decision(watch, hold(f"a is down, and its failures count in {seconds} s"))
    assert len(told) == 1


def test_a_sentence_about_another_target_is_told(
    report: Reporter, watch: Watch, told: list[Event]
) -> None:
    for target in ("db-1", "db-2"):
        report.decision(watch, hold(f"{target} holds it"))
    assert len(told) == 2


def test_looks_that_alternate_with_what_they_find_are_told_once(
    report: Reporter, watch: Watch, told: list[Event]
) -> None:
    for seconds in range(20):
        report.decision(watch, Decision(Verdict.LOOK, f"the last look failed {seconds} s ago"))
        report.decision(watch, hold("who holds it cannot be read", alarm=True))
    assert [event.data["verdict"] for event in told] == ["look", "hold"]


def test_an_alarm_that_is_over_is_told(report: Reporter, watch: Watch, told: list[Event]) -> None:
    report.decision(watch, hold("a holds it", alarm=True))
    report.decision(watch, hold("a holds it"))
    assert [event.data["alarm"] for event in told] == [True, False]


def test_of_failures_in_a_row_the_first_are_told_and_every_change(
    report: Reporter, watch: Watch, told: list[Event]
) -> None:
    for _round in range(10):
        report.probes(watch, [failure(Evidence.TIMEOUT)])
    report.probes(watch, [failure(Evidence.UNKNOWN)])
    report.probes(watch, [failure(Evidence.UNKNOWN)])
    report.probes(watch, [failure(Evidence.PASSED)])
    report.probes(watch, [failure(Evidence.REFUSED)])
    assert [event.data["evidence"] for event in told] == [
        *["timeout"] * watch.definition.probe.fall,
        "unknown",
        "refused",
    ]
    assert "could not be made" in told[3].sentence


def test_probes_of_a_target_that_is_down_are_not_told(
    report: Reporter, watch: Watch, told: list[Event]
) -> None:
    watch.told.health["a"] = Health.DOWN
    report.probes(watch, [failure(Evidence.REFUSED)])
    assert told == []


def test_reads_are_told_when_they_end_in_another_way(report: Reporter, told: list[Event]) -> None:
    for error in (None, None, "Unavailable", "Unavailable", None):
        report.call(CallRecord("DescribeRouteTables", 1.0, 0.01, error, "rtb-1"))
    assert [event.data["outcome"] for event in told] == ["ok", "Unavailable", "ok"]


def test_every_write_is_told(report: Reporter, told: list[Event]) -> None:
    for _n in range(3):
        report.call(CallRecord("ReplaceRoute", 1.0, 0.0124, None, "rtb-1 100.64.10.10/32"))
    assert len(told) == 3 and told[0].data["milliseconds"] == 12.4


def test_that_aws_cannot_be_read_is_told_once_and_its_end_too(
    report: Reporter, watch: Watch, told: list[Event]
) -> None:
    for error in ("no answer in 9.1 s", "no answer in 10 s", None, None):
        report.look(watch, Look(1.0, error=error))
    assert [event.kind for event in told] == [Kind.PROBLEM, Kind.LOOK]


def test_orders_are_told(report: Reporter, watch: Watch, told: list[Event]) -> None:
    watch.context = Context(drained=("b",), reset_at=3.0)
    report.orders(watch, Context(drained=("a",)))
    assert [event.kind for event in told] == [Kind.DRAIN, Kind.UNDRAIN, Kind.NOTICE]


def test_a_pause_without_a_reason_is_a_sentence_too(
    report: Reporter, watch: Watch, told: list[Event]
) -> None:
    watch.pause = Pause("ann", "", "noon")
    report.pause(watch)
    assert told[0].sentence == "ann paused it: no reason was given."


def test_every_event_keeps_to_the_schema(report: Reporter, watch: Watch, told: list[Event]) -> None:
    report.decision(watch, hold("a holds it"))
    report.call(CallRecord("ReplaceRoute", 1.0, 0.0124, None, "rtb-1"))
    report.probes(watch, [failure(Evidence.TIMEOUT)])
    assert [validate(to_dict(event)) for event in told] == [()] * 3


def test_durations_go_and_numbers_of_things_stay() -> None:
    assert lasting("db-1: 3 cells in 0.5 s, 12 ms") == "db-1: 3 cells in some s, some ms"
