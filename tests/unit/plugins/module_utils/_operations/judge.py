# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether what an operation did and said is right, judged by the fake's state, never by its reply.

What "right" means where another party writes too: nobody can know of a write that no read showed.
"""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.looks import LOOK_VALID
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import (
    LOOK_TIMEOUT,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    time_allowed,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.result import entry_of
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    LATENCY,
    RIVAL,
    US,
    FakeEc2,
    Read,
    Write,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    READ_TIMEOUT,
    Effect,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    Key,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    Case,
    Run,
    act,
    key_of,
    start,
)

SLOWEST = 2 * LOOK_TIMEOUT + 3 * READ_TIMEOUT  # beyond the move: look, last call, look again
DONE = (Action.MOVED, Action.LEFT)


def check(case: Case) -> Run:
    """Run the case and judge it; if it was not done, run it again without faults: then it is."""
    cloud = start(case)
    run = act(case.scenario, cloud)
    verdicts = judge(case, cloud, run)
    assert not verdicts, f"{case}\n" + "\n".join([*verdicts, *map(str, run.outcomes)])
    if run.problem is not None or any(one.action not in DONE for one in run.outcomes):
        _completed_by_another_run(case, cloud)
    return run


def judge(case: Case, cloud: FakeEc2, run: Run) -> list[str]:
    """Everything that is wrong, as sentences."""
    cloud.settle()
    found = [*_only_our_cells(case, cloud), *_writes(cloud)]
    if run.problem is not None:
        return [*found, *(["refused, yet it wrote"] if cloud.attempts else [])]
    if run.seconds > time_allowed(len(run.outcomes)) + SLOWEST:
        found.append(f"it took {run.seconds:.1f} s")
    for outcome in run.outcomes:
        found += [f"{outcome.cell.id}: {one}" for one in _outcome(case, cloud, outcome)]
    return found + _after(case, cloud, run)


def _completed_by_another_run(case: Case, cloud: FakeEc2) -> None:
    cloud.faults, cloud.rivals, cloud.lag = {}, [], 0.0
    again = act(case.scenario, cloud)
    wanted = case.scenario.wanted
    assert again.problem is None and all(one.action in DONE for one in again.outcomes), (
        f"{case}: another run gave {again}"
    )
    assert {cloud.state.get(key) for key in case.scenario.keys} == {wanted}, str(case)


def _only_our_cells(case: Case, cloud: FakeEc2) -> list[str]:
    ours = [one for one in cloud.writes if one.who == US]
    strange = [one for one in ours if one.key not in case.scenario.keys]
    wrong = [one for one in ours if one.after != case.scenario.wanted]
    return [f"it must not write {one}" for one in (*strange, *wrong)]


def _writes(cloud: FakeEc2) -> list[str]:
    """No write after one that was confirmed, none by an old look, none over what a read showed."""
    found = []
    for attempt in cloud.attempts:
        earlier = [a for a in cloud.attempts if a.key == attempt.key and a.number < attempt.number]
        if any(one.answered for one in earlier):
            found.append(f"{attempt.key} was written again at call {attempt.number}")
        reads = [one for one in _reads(cloud, attempt.key) if one.number < attempt.number]
        age = attempt.sent - max(one.sent for one in reads)
        if age > LOOK_VALID + LATENCY:
            found.append(f"{attempt.key} was written by a look {age:.2f} s old")
    return found + _overwritten(cloud)


def _overwritten(cloud: FakeEc2) -> list[str]:
    """A rival's write is overwritten only in the race that no read can show.

    ReplaceRoute has no condition: between the last read and the write, and while a call that
    nobody answered is still under way, a rival's write is lost. So late arrivals are left out.
    """
    found = []
    for write in cloud.writes:
        rival = _last_before(cloud, write)
        if write.who != US or write.late or rival is None or rival.after == rival.before:
            continue
        if rival.after is None and write.after is not None and _was_refused(cloud, write):
            continue  # ReplaceRoute found nothing: a route missing at move time is created
        shown = [
            one
            for one in _reads(cloud, write.key)
            if one.fresh and rival.number <= one.number < write.number
        ]
        if shown and rival.after not in (_origin(cloud, write.key), write.after):
            found.append(f"{write} overwrote {rival}, which call {shown[-1].number} had shown")
    return found


def _last_before(cloud: FakeEc2, write: Write) -> Write | None:
    """The rival's write that this one replaced, if it was a rival's."""
    before = [one for one in cloud.writes[: cloud.writes.index(write)] if one.key == write.key]
    return before[-1] if before and before[-1].who == RIVAL else None


def _was_refused(cloud: FakeEc2, write: Write) -> bool:
    """Whether our last attempt at this cell was certainly not done."""
    sent = [a for a in cloud.attempts if a.key == write.key and a.number < write.number]
    return bool(sent) and not (sent[-1].answered or sent[-1].may_be_done)


def _origin(cloud: FakeEc2, key: Key) -> str | None:
    """What the planning look showed: whoever puts that back looks like one who did nothing."""
    reads = _reads(cloud, key)
    return reads[0].state.get(key) if reads else None


def _reads(cloud: FakeEc2, key: Key) -> list[Read]:
    return [one for one in cloud.reads if key[0] in one.objects]


def _outcome(case: Case, cloud: FakeEc2, outcome: Outcome) -> list[str]:
    key, wanted = key_of(outcome.cell), case.scenario.wanted
    at_end = cloud.state.get(key)
    rivals = [one for one in cloud.writes if one.key == key and one.who == RIVAL]
    doubtful = case.lag or any(one.effect is Effect.STALE for one in case.faults.values())
    found = [] if outcome.action in DONE or outcome.error else ["it does not say why"]
    if outcome.action in DONE and at_end != wanted and not _was_there(cloud, key, wanted):
        found.append(f"{outcome.action.value}, and it is at {at_end}")
    if outcome.action is Action.LEFT and any(_ours(cloud, key)):
        found.append("left, and yet we changed it")
    if outcome.action is Action.MOVED and not any((_ours(cloud, key), rivals)):
        found.append("moved, and nobody wrote")
    if outcome.action is Action.FAILED and at_end == wanted and not (rivals or doubtful):
        found.append("failed, and yet it is there")
    if outcome.action is Action.CONFLICT and not rivals:
        found.append("conflict, and nobody else wrote")
    undone = any(_looks_undone(cloud, one) for one in rivals)
    if outcome.action is Action.UNVERIFIED and not (undone or _reads_failed(case, cloud)):
        found.append("unverified, and every read was answered")
    return found


def _looks_undone(cloud: FakeEc2, rival: Write) -> bool:
    """Whether a read of it is like a stale one: before our change, or in the middle of it."""
    in_between = rival.after is None and rival.key[0].startswith("subnet-")
    return in_between or rival.after == _origin(cloud, rival.key)


def _ours(cloud: FakeEc2, key: Key) -> list[Write]:
    """The writes of ours that changed this cell."""
    return [w for w in cloud.writes if w.key == key and w.who == US and w.before != w.after]


def _was_there(cloud: FakeEc2, key: Key, wanted: str | None) -> bool:
    """Whether a read after our last write showed it there: then a rival moved it later.

    A change of ours that was in doubt needs a read at least a call's time after that.
    """
    sent = [one for one in cloud.attempts if one.key == key]
    number = max((one.number for one in sent), default=-1)
    at = max((one.ended for one in sent if one.may_be_done), default=float("-inf"))
    return any(
        one.state.get(key) == wanted and one.number > number and one.sent >= at + READ_TIMEOUT
        for one in _reads(cloud, key)
    )


def _reads_failed(case: Case, cloud: FakeEc2) -> bool:
    failed = any(
        cloud.calls[number].startswith("describe_")
        for number in case.faults
        if number < len(cloud.calls)
    )
    return bool(case.lag) or failed


def _after(case: Case, cloud: FakeEc2, run: Run) -> list[str]:
    """The `after` of each item is where the last read showed it."""
    if run.moved is None or case.lag or run.moved.look.error is not None:
        return []
    if any(fault.effect is Effect.STALE for fault in case.faults.values()):
        return []
    found = []
    for item, outcome in zip(entry_of(run.moved)["items"], run.outcomes, strict=True):
        key = key_of(outcome.cell)
        shown = [one.state.get(key) for one in _reads(cloud, key)]
        if item["after"] not in shown:
            found.append(f"{key}: after says {item['after']}, which no read showed")
    return found
