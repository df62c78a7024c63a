# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Info, failed in every way: it raises nothing, writes nothing, and says what it could not read."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.info import (
    entry_of,
    info,
)
from ansible_collections.netops.floating_ip.tests.integration.sweep.provision_sweep import (
    AT_LAST,
    TASKS,
    Task,
    cells_of,
    network,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
    LOST_REPLY,
    READ_FAULTS,
    THROTTLED,
    Fault,
)

NAMES = ("deploy two", "deploy routes, in pages", "deploy an address")
FOUND = [one for one in TASKS if one.name in NAMES]
PAIRS = 300
of_each = pytest.mark.parametrize("task", FOUND, ids=lambda one: one.name)
Faults = Mapping[int, Fault]
Entries = list[dict[str, Any]]


def cloud_of(task: Task, faults: Faults) -> FakeEc2:
    cloud = FakeEc2(network(task.end))
    cloud.net.enis = [replace(one, instance=f"i-{one.id}") for one in cloud.net.enis]
    cloud.page_size, cloud.faults = task.page_size, dict(faults)
    return cloud


def look(task: Task, cloud: FakeEc2) -> Entries:
    ec2 = cloud.edge_ec2()
    edge = Edge(lambda aws: ec2, cloud.clock)
    return [entry_of(one) for one in info(edge, task.wanted, permissions=True)]


def singles(task: Task) -> Iterator[Faults]:
    cloud = cloud_of(task, {})
    look(task, cloud)
    for number in range(len(cloud.calls)):
        for fault in READ_FAULTS:
            if fault.code or cloud.calls[number].startswith("describe_"):
                yield {number: fault}


def outages(task: Task) -> Iterator[Faults]:
    cloud = cloud_of(task, {})
    look(task, cloud)
    for number in range(len(cloud.calls)):
        for fault in (THROTTLED, DENIED, LOST_REPLY):
            yield dict.fromkeys(range(number, number + AT_LAST), fault)


def check(task: Task, faults: Faults) -> None:
    cloud = cloud_of(task, faults)
    entries = look(task, cloud)
    assert not (cloud.attempts or cloud.writes), "nothing is written"
    for entry, clean in zip(entries, look(task, cloud_of(task, {})), strict=True):
        wrong = list(lies(entry, clean))
        assert not wrong, f"{faults}\n{wrong}"


def lies(entry: dict[str, Any], clean: dict[str, Any]) -> Iterator[str]:
    """What an entry says that is not so, and is not said to be unknown."""
    checks = {one["check"]: one for one in entry["readiness"]}
    for was in clean["readiness"]:
        now = checks[was["check"]]
        if now != was and not is_unknown(now):
            yield f"{now}"
    if entry["error"] is None:
        same = (key for key in clean if key not in ("readiness", "ready"))
        yield from (f"{key}: {entry[key]}" for key in same if entry[key] != clean[key])
        return
    if (entry["holding"], entry["holder"], entry["ready"]) != ("unreadable", None, False):
        yield f"unreadable, and yet {entry['holding']}, {entry['holder']}, {entry['ready']}"
    if entry["items"] or any(one.get("ok") for one in entry["readiness"]):
        yield "unreadable, and yet something is known"


def is_unknown(check: dict[str, Any]) -> bool:
    """It could not be told, or AWS says by its dry run that a right lacks."""
    if check["ok"] is None:
        return str(check["text"]).startswith("Not known: ")
    return check["ok"] is False and (
        check["check"] == "holder" or "Allow ec2:ReplaceRoute" in check["text"]
    )


@of_each
def test_a_clean_look_is_true(task: Task) -> None:
    cloud = cloud_of(task, {})
    for entry, one in zip(look(task, cloud), task.wanted, strict=True):
        assert entry["ready"], entry
        assert len(entry["items"]) == len(cells_of(one))
        assert {item["points_at"] for item in entry["items"]} == {f"eni-{entry['holder']}"}


@of_each
def test_each_call_may_fail_in_each_way(task: Task) -> None:
    for faults in singles(task):
        check(task, faults)


@of_each
def test_everything_may_fail_from_any_call_on(task: Task) -> None:
    for faults in outages(task):
        check(task, faults)


@of_each
def test_two_calls_may_fail(task: Task) -> None:
    draw, found = random.Random(task.name), list(singles(task))
    for _case in range(PAIRS):
        check(task, {**draw.choice(found), **draw.choice(found)})
