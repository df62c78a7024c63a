# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Change,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    OPERATOR,
    Context,
    Intent,
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import started
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.announce import (
    NewestCheck,
    announce,
    conclude,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import look
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    Order,
    move,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.work import (
    OVERRULED,
    PAUSED,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import boottime
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    IPV4,
    held,
    routed,
)

SCENARIO = routed("hundred", (IPV4,), 100, held((IPV4,), 100))
DEFINITION = SCENARIO.definition
CHANGE = Change(SCENARIO.cells[0], None, "eni-b")


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path))


def edge_of(cloud: FakeEc2) -> Edge:
    ec2 = cloud.edge_ec2()
    return Edge(lambda aws: ec2, cloud.clock)


def order(cloud: FakeEc2) -> Order:
    return Order(DEFINITION, "b", look(edge_of(cloud), [DEFINITION])["db"])


def newer(directory: Path) -> None:
    """Another command announces a move to c."""

    def intend(context: Context) -> Context:
        until = boottime() + 60
        return started(context, DEFINITION, "c", OPERATOR, "asked", boottime(), "noon", until)

    FileStore(str(directory)).update("db", intend)


def intent_of(store: FileStore) -> Intent:
    intent = store.load("db").context.intent
    assert intent is not None
    return intent


def test_the_intent_is_on_disk_before_the_first_call(store: FileStore) -> None:
    cloud = SCENARIO.cloud()
    announced = announce(store, order(cloud), "asked for")
    intent = intent_of(store)
    assert (intent.to, intent.source, intent.moving) == ("b", OPERATOR, True)
    assert intent.marker_until > boottime() + 30, "for as long as the move may take"
    assert announced.problem is None and cloud.attempts == []


def test_the_marker_lasts_as_long_as_the_bucket_may_make_the_move_wait(store: FileStore) -> None:
    announce(store, order(SCENARIO.cloud()), "asked for")
    assert intent_of(store).marker_until - boottime() > 10 + 30


def test_an_announced_move_is_the_newest_until_another_is_announced(
    store: FileStore, tmp_path: Path
) -> None:
    is_newest = announce(store, order(SCENARIO.cloud()), "asked for").order.is_newest
    assert is_newest(CHANGE)
    newer(tmp_path)
    assert [is_newest(CHANGE), is_newest(CHANGE)] == [False, False], "and it stays overruled"


def test_a_newer_announcement_stops_the_rest_of_a_move(store: FileStore, tmp_path: Path) -> None:
    cloud = SCENARIO.cloud()
    announced = announce(store, order(cloud), "asked for")
    cloud.seen_calls.append(lambda number: newer(tmp_path) if number == 20 else None)
    (result,) = move(edge_of(cloud), [announced.order])
    stopped = [one for one in result.outcomes if one.error == OVERRULED]
    assert len(stopped) == 100 - len(cloud.attempts) > 40
    assert all(one.action is Action.CONFLICT for one in stopped)


def test_a_pause_stops_the_rest_of_a_monitors_move_and_leaves_an_operators_alone(
    store: FileStore,
) -> None:
    for is_monitors, stops in ((True, True), (False, False)):
        store.resume("db")
        cloud = SCENARIO.cloud()
        given = announce(store, order(cloud), "").order
        check = NewestCheck(store, "db", 1000)
        cloud.seen_calls.append(
            lambda number: store.pause("db", Pause("ann", "", "noon")) if number == 20 else None
        )
        ours = replace(given, is_paused=check.is_paused) if is_monitors else given
        (result,) = move(edge_of(cloud), [ours])
        stopped = [one for one in result.outcomes if one.error == PAUSED]
        assert (len(stopped) == 100 - len(cloud.attempts) > 40) is stops
        assert all(one.action is Action.FAILED for one in stopped), "the rest is done later"


def test_a_move_is_ended_and_recorded_in_the_context(store: FileStore) -> None:
    cloud = SCENARIO.cloud()
    announced = announce(store, order(cloud), "asked for")
    conclude(store, [announced], move(edge_of(cloud), [announced.order]))
    context = store.load("db").context
    assert (context.holder, intent_of(store).moving) == ("b", False)
    (record,) = context.moves
    assert (record.to, record.source, record.result) == ("b", OPERATOR, "done")


def test_a_move_that_was_overruled_does_not_end_the_newer_one(
    store: FileStore, tmp_path: Path
) -> None:
    cloud = SCENARIO.cloud()
    announced = announce(store, order(cloud), "asked for")
    newer(tmp_path)
    conclude(store, [announced], move(edge_of(cloud), [announced.order]))
    assert (intent_of(store).to, intent_of(store).moving) == ("c", True)


def test_an_announcement_goes_beyond_the_epoch_of_the_monitor(store: FileStore) -> None:
    store.update("db", lambda context: replace(context, intent=Intent("a", 7, False, MONITOR, "")))
    assert announce(store, order(SCENARIO.cloud()), "asked for").epoch == 8


def test_a_directory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = FileStore(str(tmp_path / "file" / "below"))
    assert announce(store, order(SCENARIO.cloud()), "asked for").problem is not None
