# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Provisioning, failed in every way, alone, in pairs and beside a mover, against EC2 in memory.

Single faults, outages and rivals: all of them. Pairs: a sample, the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import calls
from ansible_collections.netops.floating_ip.plugins.module_utils._engine import provisioning
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import (
    provision_acts,
    provision_tags,
)
from ansible_collections.netops.floating_ip.tests.integration.sweep.provision_judge import check
from ansible_collections.netops.floating_ip.tests.integration.sweep.provision_reruns import (
    put_right,
)
from ansible_collections.netops.floating_ip.tests.integration.sweep.provision_sweep import (
    TASKS,
    Case,
    Task,
    outages,
    second_faults,
    single_faults,
    with_rivals,
    without_rights,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    LOST_REPLY,
)

SAMPLE = 60  # cases of each task
of_each_task = pytest.mark.parametrize("task", TASKS, ids=lambda one: one.name)


@of_each_task
def test_each_call_may_fail_in_each_way(task: Task) -> None:
    assert check_all((Case(task), *single_faults(task))) > 100


@of_each_task
def test_everything_may_fail_from_any_call_on(task: Task) -> None:
    assert check_all(outages(task)) > 25


@of_each_task
def test_rights_may_lack(task: Task) -> None:
    assert check_all(without_rights(task)) > 20


@of_each_task
def test_two_calls_may_fail(task: Task) -> None:
    assert check_all(sample(task, second_faults)) == SAMPLE


@of_each_task
def test_a_rival_may_write_before_any_call(task: Task) -> None:
    assert check_all(with_rivals(Case(task))) > 40


@of_each_task
def test_a_rival_may_write_while_a_call_fails(task: Task) -> None:
    assert check_all(sample(task, with_rivals)) == SAMPLE


def sample(task: Task, more: Callable[[Case], Iterable[Case]]) -> Iterator[Case]:
    """Some of the cases that have a single fault and more, the same every time."""
    draw = random.Random(task.name)
    singles = list(single_faults(task))
    found = 0
    while found < SAMPLE:
        chosen = list(more(draw.choice(singles)))
        if chosen:
            found += 1
            yield draw.choice(chosen)


def check_all(cases: Iterable[Case]) -> int:
    return len([check(case) for case in cases])


@pytest.mark.parametrize(
    ("task", "module", "name", "wrong"),
    [
        pytest.param("tear down routes", provision_acts, "_outlived", lambda *_all: {}),
        pytest.param("tear down routes", provision_acts, "_leads_on", lambda *_all: None),
        pytest.param("tear down routes", provision_acts, "ASTRAY", ()),
        pytest.param("deploy routes", provision_acts, "_untagged_interface", lambda *_all: None),
        pytest.param("deploy routes", provision_tags, "_sent", lambda *_all: {}),
        pytest.param("deploy routes", calls, "_in_doubt", lambda error: error),
        pytest.param("change the address", provision_acts, "_let_arrive", lambda *_all: None),
        pytest.param("change the address", provisioning, "both", lambda _first, second: second),
        pytest.param("tear down one of two", provisioning, "_keepers", lambda _cases: {}),
        pytest.param(
            "deploy a second", provisioning, "_was_on", lambda one, _name: one.source_dest_check
        ),
    ],
)
def test_the_sweep_notices(
    task: str, module: ModuleType, name: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these is broken on purpose."""
    broken = next(one for one in TASKS if one.name == task)
    assert broken.end, "it is worked out before anything is broken"
    put_right.cache_clear()
    monkeypatch.setattr(module, name, wrong)
    try:
        with pytest.raises(AssertionError):
            check_all(everything(broken))
    finally:
        put_right.cache_clear()


def everything(task: Task) -> Iterator[Case]:
    yield Case(task)
    yield from without_rights(task)
    yield from with_rivals(Case(task))
    yield from single_faults(task)
    for single in single_faults(task):
        if LOST_REPLY in single.faults.values():
            yield from second_faults(single)
