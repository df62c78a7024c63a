# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether runs in which nothing fails put everything right, whatever state they find."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
)
from ansible_collections.netops.floating_ip.tests.integration.sweep.provision_sweep import (
    ORIGIN,
    TASKS,
    Case,
    Task,
    act,
    cells_of,
    gone,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    Key,
    State,
    is_mark,
)

BY_NAME = {task.name: task for task in TASKS}
Frozen = frozenset[tuple[Key, str]]


def put_aside(case: Case, state: State) -> bool:
    """Whether no target has a cell in the end: then a teardown may leave that one, and no more."""
    task = case.task
    held = [
        key
        for one in task.wanted
        for key in cells_of(one)
        if state.get(key) not in (None, *(each.network_interface_id for each in one.targets))
    ]
    if not held:
        return False
    cloud = task.cloud(state)
    again = act(gone(*task.before, *task.wanted), cloud)
    assert not again.problems, f"{case}\n{again}"
    strange = {key: state[key] for key in held if key in cloud.state}
    wrong = _difference(cloud.state, {**ORIGIN, **strange})
    assert not wrong, f"{case}\n{wrong}"
    return True


@functools.cache
def put_right(name: str, found: Frozen, is_moved: bool) -> str:
    """What is wrong with what runs without faults make of a state; empty if nothing is.

    `is_moved`: a rival did something, so that another target may hold the address.
    """
    task, state = BY_NAME[name], dict(found)
    ends: list[tuple[str, Sequence[FloatingIp], State]] = [("again", task.wanted, task.end)]
    everything = gone(*{one.name: one for one in (*task.before, *task.wanted)}.values())
    if task.before and not is_moved:
        older = {one.name: one for one in (*everything, *task.before)}
        ends.append(("back", tuple(older.values()), task.start))
    for word, definitions, wanted in ends:
        cloud = task.cloud(state)
        verdict = _runs_to(task, cloud, definitions, wanted, is_moved)
        verdict = verdict or _runs_to(task, cloud, everything, ORIGIN, False)
        if verdict:
            return f"{word}: {verdict}"
    verdict = _runs_to(task, task.cloud(state), everything, ORIGIN, False)
    return f"gone: {verdict}" if verdict else ""


def _runs_to(
    task: Task, cloud: FakeEc2, definitions: Sequence[FloatingIp], wanted: State, is_moved: bool
) -> str:
    run = act(definitions, cloud)
    if run.problems or any(one.is_partial for one in run.results):
        return f"{run}"
    state = dict(cloud.state)
    if is_moved:
        for key in task.keys:
            if not is_mark(key) and state.get(key) and wanted.get(key):
                state[key] = wanted[key]
    if state != wanted:
        return _difference(state, wanted)
    writes = len(cloud.attempts)
    again = act(definitions, cloud)
    if len(cloud.attempts) != writes or any(one.is_changed for one in again.results):
        return f"a second run wrote {cloud.attempts[writes:]}"
    return ""


def _difference(state: State, wanted: State) -> str:
    keys = [key for key in {*state, *wanted} if state.get(key) != wanted.get(key)]
    return "; ".join(f"{key} is {state.get(key)}, not {wanted.get(key)}" for key in keys)
