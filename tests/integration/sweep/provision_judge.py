# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether what provisioning did and said is right, judged by the fake's state, never by its reply.

At every moment: only what is ours changes, what we made can be found by its tag, and a check that
is off has a tag that says so. Afterwards: each item is true, and a run without faults completes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    ROUTE,
    SECONDARY_IP,
    FloatingIp,
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.provisioning_marks import (
    key_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import DONE
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    Item,
    Provisioned,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision_result import (  # noqa: E501 - the path of a module
    SOURCE_DEST_CHECK,
)
from ansible_collections.netops.floating_ip.tests.integration.sweep.provision_reruns import (
    put_aside,
    put_right,
)
from ansible_collections.netops.floating_ip.tests.integration.sweep.provision_sweep import (
    ORIGIN,
    Case,
    Run,
    act,
    cells_of,
    start,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    US,
    FakeEc2,
    Write,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    CHECK,
    OFF,
    ON,
    TAG,
    Key,
    State,
    check_key,
    is_mark,
    tag_key,
)

IN_DOUBT = "may have been done"


def check(case: Case) -> Run:
    """Run the case and judge it; then whether runs without faults put everything right."""
    cloud = start(case)
    run = act(case.task.wanted, cloud)
    cloud.settle()
    items = [item for result in run.results for item in result.items]
    found = judge(case, cloud, run)
    assert not found, f"{case}\n" + "\n".join([*found, *map(str, items), *run.problems])
    if not case.rivals or not put_aside(case, cloud.state):
        verdict = put_right(case.task.name, frozenset(cloud.state.items()), bool(case.rivals))
        assert not verdict, f"{case}\n{verdict}"
    return run


def judge(case: Case, cloud: FakeEc2, run: Run) -> list[str]:
    """Everything that is wrong, as sentences."""
    ours = [one for one in cloud.writes if one.who == US and one.before != one.after]
    found = [f"it must not write {one}" for one in ours if one.key not in case.task.keys]
    for _at, state in cloud.versions:
        found += _at_any_moment(case, state)
    found += _switched_on_under_traffic(case, cloud)
    if run.was_killed:
        return found
    if run.problems:
        return [*found, *(["refused, yet it wrote"] if cloud.attempts else [])]
    items = {_key(item, result.name): item for result in run.results for item in result.items}
    for key, item in items.items():
        found += [f"{item}: {one}" for one in _item(case, cloud, key, item)]
    found += [f"nothing is said of {one}" for one in ours if one.key not in items]
    return found + [one for result in run.results for one in _result(case, cloud, result, ours)]


def _key(item: Item, name: str) -> Key:
    if item.kind == ROUTE:
        return item.id, destination(str(item.address))
    if item.kind == SECONDARY_IP:
        return item.id, str(item.address)
    return check_key(item.id) if item.kind == SOURCE_DEST_CHECK else _tag(item.id, name)


def _at_any_moment(case: Case, state: State) -> Iterator[str]:
    for key, value in ORIGIN.items():
        if key[1] == CHECK:
            yield from _check_is_told(state, key[0], value)
        elif key not in case.task.keys and state.get(key) != value:
            yield f"{key} is {state.get(key)} and was {value}"
    known = {one.name: one for one in (*case.task.before, *case.task.wanted)}
    if not case.rivals:
        for one in (*case.task.before, *case.task.wanted):
            yield from _can_be_found(state, known[one.name], cells_of(one))


def _check_is_told(state: State, eni: str, origin: str) -> Iterator[str]:
    marks = [v for (place, k), v in state.items() if place == eni and k.startswith(TAG)]
    is_told = any("was on" in mark for mark in marks)
    if origin == ON and state[check_key(eni)] == OFF and not is_told:
        yield f"the check of {eni} is off, and no tag says that it was on"
    if origin == OFF and state[check_key(eni)] == ON:
        yield f"the check of {eni} was never on"
    if any(("was on" in mark) != (origin == ON) for mark in marks if "was o" in mark):
        yield f"a tag of {eni} lies: {marks}"


def _can_be_found(state: State, one: FloatingIp, cells: list[Key]) -> Iterator[str]:
    for place, what in cells:
        holder = state.get((place, what))
        tagged = holder if one.mechanism == SECONDARY_IP else place
        address = what.partition("/")[0]
        if holder is not None and address not in state.get(_tag(str(tagged), one.name), "").split():
            yield f"{what} in {place} is there, and no tag of {tagged} tells of it"


def _tag(resource: str, name: str) -> Key:
    return tag_key(resource, key_of(name))


def _switched_on_under_traffic(case: Case, cloud: FakeEc2) -> Iterator[str]:
    """A check goes on again only once, as far as reads showed, nothing leads there."""
    for write in cloud.writes:
        if write.key[1] == CHECK and (write.before, write.after) == (OFF, ON):
            for key in _shown_at(case, cloud, write):
                yield f"call {write.number} switched on {write.key}, to which {key} leads"


def _shown_at(case: Case, cloud: FakeEc2, write: Write) -> list[Key]:
    """The cells of ours that are at the write's interface; with a rival, as far as reads showed.

    The survey's own reads are made at once, so which of them is the last word says nothing.
    """
    cells = [key for key in case.task.keys if not is_mark(key)]
    shown: dict[Key, str | None] = {}
    for read in cloud.reads:
        if cloud.attempts[0].number < read.number < write.number:
            shown.update((key, read.state.get(key)) for key in cells if key[0] in read.objects)
    if not case.rivals:
        shown = {key: cloud.versions[0][1].get(key) for key in cells}
        shown.update((one.key, one.after) for one in cloud.writes[: cloud.writes.index(write)])
    return [key for key in cells if shown.get(key) == write.key[0]]


def _item(case: Case, cloud: FakeEc2, key: Key, item: Item) -> Iterator[str]:
    """An item that is done is true; one that is not says why, and is true or says its doubt."""
    ours = [w for w in cloud.writes if w.key == key and w.who == US and w.before != w.after]
    rivals = [w for w in cloud.writes if w.key == key and w.who != US]
    at_end = cloud.state.get(key)
    said = {"True": ON, "False": OFF}.get(str(item.after), item.after)
    is_true = at_end == said or bool(rivals)
    if item.action in DONE and not is_true:
        yield f"{item.action.value}, and it is {at_end}"
    if item.action is Action.LEFT and ours:
        yield "left, and yet we changed it"
    if item.action is Action.MOVED and not (ours or rivals):
        yield "moved, and nobody wrote"
    if item.action not in DONE and not item.error:
        yield "it does not say why"
    in_doubt = item.action is Action.UNVERIFIED or IN_DOUBT in str(item.error)
    if item.action not in DONE and not (is_true or in_doubt):
        yield f"{item.action.value}, and yet it is {at_end}"


def _result(
    case: Case, cloud: FakeEc2, result: Provisioned, ours: Sequence[Write]
) -> Iterator[str]:
    if result.is_partial or case.rivals:
        return
    (one,) = (each for each in case.task.wanted if each.name == result.name)
    holders = {cloud.state.get(key) for key in cells_of(one)}
    holder = None if result.holder is None else f"eni-{result.holder}"
    if holders != {holder}:
        yield f"{result.name} is said to be held by {holder}, and is by {holders}"
    told = {_key(item, result.name) for item in result.items}
    if result.is_changed != any(write.key in told for write in ours):
        yield f"{result.name} is said to be changed: {result.is_changed}"
