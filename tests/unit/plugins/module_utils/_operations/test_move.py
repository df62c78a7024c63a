# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Action,
    Change,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import look
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    Moved,
    Order,
    foretell,
    interleaved,
    move,
    time_allowed,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.result import entry_of
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    LATENCY,
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    IPV4,
    IPV6,
    SCENARIOS,
    STRANGER,
    A,
    B,
    Scenario,
    held,
    routed,
)

FIRST = ("rtb-1", destination(IPV4))


def edge_of(cloud: FakeEc2) -> Edge:
    ec2 = cloud.edge_ec2()
    return Edge(lambda aws: ec2, cloud.clock)


def order(cloud: FakeEc2, scenario: Scenario, **more: Any) -> Order:
    seen = look(edge_of(cloud), [scenario.definition])["db"]
    return Order(scenario.definition, "b", seen, **more)


def moved(cloud: FakeEc2, scenario: Scenario, **more: Any) -> Moved:
    (result,) = move(edge_of(cloud), [order(cloud, scenario, **more)])
    return result


def of(**changes: Any) -> tuple[Scenario, FakeEc2]:
    """Two tables that lead to A, but for what is said: rtb_1=None."""
    scenario = routed("two", (IPV4,), 2, held((IPV4,), 2))
    state = dict(scenario.state)
    for table, point in changes.items():
        state[table.replace("_", "-"), destination(IPV4)] = point
    state = {key: point for key, point in state.items() if point is not None}
    scenario = replace(scenario, state=state)
    return scenario, scenario.cloud()


def actions(result: Moved) -> list[Action]:
    return [one.action for one in result.outcomes]


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one.to], ids=lambda one: one.name)
def test_check_mode_tells_the_items_of_the_real_run_and_writes_nothing(scenario: Scenario) -> None:
    cloud = scenario.cloud()
    wanted = order(cloud, scenario)
    (told,) = foretell([wanted])
    assert cloud.attempts == []
    (done,) = move(edge_of(cloud), [wanted])
    assert entry_of(told) == {**entry_of(done), "seconds": 0.0}
    assert told.is_changed and done.is_changed


def test_check_mode_tells_what_a_stranger_keeps_too() -> None:
    scenario, cloud = of(rtb_1=STRANGER)
    wanted = order(cloud, scenario)
    (told,), (done,) = foretell([wanted]), move(edge_of(cloud), [wanted])
    assert entry_of(told)["items"] == entry_of(done)["items"]
    assert actions(done) == [Action.FAILED, Action.MOVED] and done.is_partial
    assert cloud.state[FIRST] == STRANGER


def test_only_force_takes_the_cell_of_a_living_stranger() -> None:
    scenario, cloud = of(rtb_1=STRANGER)
    assert actions(moved(cloud, scenario, overwrite=True)) == [Action.MOVED] * 2
    assert cloud.state[FIRST] == B


def test_a_dead_strangers_cell_is_taken() -> None:
    scenario, cloud = of(rtb_1=STRANGER)
    cloud.net.blackholes.add(STRANGER)
    assert actions(moved(cloud, scenario)) == [Action.MOVED] * 2


def test_a_propagated_route_is_never_touched() -> None:
    scenario, cloud = of()
    cloud.net.propagated.add(FIRST)
    result = moved(cloud, scenario, overwrite=True)
    assert actions(result) == [Action.FAILED, Action.MOVED]
    assert cloud.state[FIRST] == A


def test_a_split_address_is_gathered_and_what_is_right_is_left() -> None:
    scenario, cloud = of(rtb_1=B)
    result = moved(cloud, scenario)
    assert actions(result) == [Action.LEFT, Action.MOVED]
    assert (result.origin, result.holder) == (None, "b")
    assert len(cloud.attempts) == 1


def test_where_all_is_right_nothing_is_called_and_nothing_changed() -> None:
    scenario, cloud = of(rtb_1=B, rtb_2=B)
    wanted = order(cloud, scenario)
    calls = len(cloud.calls)
    (result,) = move(edge_of(cloud), [wanted])
    assert len(cloud.calls) == calls
    assert (result.is_changed, result.is_partial, result.holder) == (False, False, "b")


def test_only_the_cells_that_are_asked_for_are_written() -> None:
    scenario, cloud = of()
    result = moved(cloud, scenario, cells=scenario.cells[1:])
    assert [one.key for one in cloud.attempts] == [("rtb-2", destination(IPV4))]
    assert result.outcomes[0].after == A


def test_a_partial_result_looks_again_and_tells_the_holder_as_it_is() -> None:
    scenario, cloud = of()
    cloud.faults = {2: DENIED}
    result = moved(cloud, scenario)
    assert result.is_partial and result.is_changed and result.holder is None
    assert [item["after"] for item in entry_of(result)["items"]] == [A, B]
    assert entry_of(result)["items"][0]["error"].startswith("Allow ec2:ReplaceRoute")


def test_addresses_of_several_definitions_go_out_together() -> None:
    scenario, cloud = of()
    both = routed("two", (IPV4, IPV6), 2, held((IPV4, IPV6), 2))
    cloud = both.cloud()
    orders = []
    for name, address in (("db", IPV4), ("web", IPV6)):
        definition = replace(scenario.definition, name=name, addresses=(address,))
        orders.append(Order(definition, "b", look(edge_of(cloud), [definition])[name]))
    began = cloud.clock.now
    results = move(edge_of(cloud), orders)
    assert cloud.clock.now - began == pytest.approx(2 * LATENCY), "one write, one verification"
    assert [one.name for one in results] == ["db", "web"]
    assert [cloud.state.get(key) for key in both.keys] == [B] * 4


def test_no_address_waits_for_all_cells_of_another() -> None:
    first = [Change(cell, A, B) for cell in routed("", (IPV4,), 3, {}).cells]
    second = [Change(cell, A, B) for cell in routed("", (IPV6,), 1, {}).cells]
    order_of_writes = interleaved([first, second])
    assert [one.cell.address for one in order_of_writes] == [IPV4, IPV6, IPV4, IPV4]
    assert [one.priority for one in order_of_writes] == [0, 0, 1, 2]


def test_the_time_allowed_covers_what_the_bucket_makes_it_wait() -> None:
    assert time_allowed(1) == time_allowed(50)
    assert time_allowed(500) > 90.0 + time_allowed(1)
