# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    RouteTables,
    Target,
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Holding,
    holder_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import (
    look,
    look_again,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.survey import (
    survey_network,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    LATENCY,
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
    THROTTLED,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_network import (  # noqa: E501 - the path of a module
    VPC,
    Eni,
    Network,
    Table,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    IPV4,
    SCENARIOS,
    SECONDARY,
    TARGETS,
    A,
    B,
    held,
    routed,
)

MANY = 250


def edge_of(cloud: FakeEc2) -> Edge:
    ec2 = cloud.edge_ec2()
    return Edge(lambda aws: ec2, cloud.clock)


def cloud_of(*tables: Table, enis: tuple[Eni, ...] = (Eni(A), Eni(B)), to: str = A) -> FakeEc2:
    state = {(table.id, destination(IPV4)): to for table in tables}
    return FakeEc2(Network(tables, enis, state, subnets=("subnet-1", "subnet-2")))


def db(**selector: Any) -> FloatingIp:
    tables = RouteTables(**selector)
    return FloatingIp("db", (IPV4,), TARGETS[:2], route_tables=tables)


def test_one_look_at_many_definitions_takes_the_calls_of_one() -> None:
    cloud = cloud_of(*(Table(f"rtb-{number}") for number in range(4)))
    several = [replace(db(ids=(f"rtb-{number}",)), name=f"db-{number}") for number in range(4)]
    looks = look(edge_of(cloud), several)
    assert cloud.calls == ["describe_network_interfaces", "describe_route_tables"]
    assert {holder_of(one) for one in looks.values()} == {(Holding.HELD, "a")}


def test_a_subnet_without_an_association_needs_a_second_round_trip() -> None:
    own, main = Table("rtb-own", subnets=("subnet-1",)), Table("rtb-main", main=True)
    cloud = cloud_of(own, main)
    began = cloud.clock.now
    seen = look(edge_of(cloud), [db(subnet_ids=("subnet-1", "subnet-2"))])["db"]
    assert [one.cell.id for one in seen.readings] == ["rtb-own", "rtb-main"]
    assert cloud.clock.now - began == pytest.approx(2 * LATENCY)


def test_every_table_of_a_vpc_is_seen_but_those_of_gateways() -> None:
    cloud = cloud_of(*(Table(f"rtb-{n:03}") for n in range(MANY)), Table("rtb-x", gateway=True))
    seen = look(edge_of(cloud), [db(vpc_id=VPC)])["db"]
    assert len(seen.readings) == MANY
    assert cloud.calls.count("describe_route_tables") == 3, "in pages of a hundred"


def test_many_tables_by_id_are_read_in_chunks_at_the_same_time() -> None:
    ids = tuple(f"rtb-{number:03}" for number in range(MANY))
    cloud = cloud_of(*map(Table, ids))
    began = cloud.clock.now
    assert len(look(edge_of(cloud), [db(ids=ids)])["db"].readings) == MANY
    assert cloud.clock.now - began == pytest.approx(LATENCY)


def test_a_page_that_is_throttled_is_asked_for_again_and_none_is_lost() -> None:
    cloud = cloud_of(*(Table(f"rtb-{n:03}") for n in range(MANY)))
    cloud.faults = {2: THROTTLED, 4: THROTTLED}
    assert len(look(edge_of(cloud), [db(vpc_id=VPC)])["db"].readings) == MANY


def test_a_table_that_is_missing_is_a_finding_and_blocks_no_other() -> None:
    seen = look(edge_of(cloud_of(Table("rtb-1"))), [db(ids=("rtb-1", "rtb-gone"))])["db"]
    assert holder_of(seen) == (Holding.HELD, "a")
    assert any("rtb-gone" in one for one in seen.findings)


def test_a_look_that_is_denied_is_a_look_with_an_error() -> None:
    cloud = cloud_of(Table("rtb-1"))
    cloud.faults = {1: DENIED}
    seen = look(edge_of(cloud), [db(ids=("rtb-1",))])["db"]
    assert seen.error is not None and "ec2:DescribeRouteTables" in seen.error
    assert seen.at == 1000.0, "the moment it began"


def test_a_quick_look_reads_the_same_cells_in_one_round_trip() -> None:
    scenario = routed("three", (IPV4,), 3, held((IPV4,), 3))
    cloud = scenario.cloud()
    first = look(edge_of(cloud), [scenario.definition])["db"]
    cloud.rivals = [(0, ("rtb-2", destination(IPV4)), B)]
    began = cloud.clock.now
    again = look_again(edge_of(cloud), scenario.definition, first)
    assert cloud.clock.now - began == pytest.approx(LATENCY)
    assert [one.points_at for one in again.readings] == [A, B, A]
    assert (again.at, again.places) == (began, first.places)


def test_a_quick_look_that_fails_keeps_the_places() -> None:
    scenario = SCENARIOS[0]
    cloud = scenario.cloud()
    first = look(edge_of(cloud), [scenario.definition])["db"]
    cloud.faults = dict.fromkeys(range(99), DENIED)
    again = look_again(edge_of(cloud), scenario.definition, first)
    assert again.error is not None and again.places == first.places


def test_a_table_that_vanished_between_two_looks_is_an_error_of_its_cell() -> None:
    scenario = routed("two", (IPV4,), 2, held((IPV4,), 2))
    cloud = scenario.cloud()
    first = look(edge_of(cloud), [scenario.definition])["db"]
    cloud.net.tables = [one for one in cloud.net.tables if one.id != "rtb-2"]
    again = look_again(edge_of(cloud), scenario.definition, first)
    assert [one.error is None for one in again.readings] == [True, False]


def test_a_secondary_address_is_found_wherever_it_is_in_the_subnet() -> None:
    scenario = next(one for one in SCENARIOS if "move a secondary" in one.name)
    cloud = replace(scenario, state={("subnet-1", SECONDARY): "eni-stranger"}).cloud()
    seen = look(edge_of(cloud), [scenario.definition])["db"]
    assert holder_of(seen) == (Holding.FOREIGN, None)
    assert seen.readings[0].points_at == "eni-stranger"


def test_targets_by_instance_are_resolved_and_ambiguous_ones_say_so() -> None:
    enis = (
        Eni(A, instance="i-1"),
        Eni(B, instance="i-2"),
        Eni("eni-x", instance="i-2", device_index=1),
    )
    targets = (
        Target("a", instance_id="i-1"),
        Target("b", instance_id="i-2"),
        Target("c", instance_id="i-2", device_index=1),
        Target("d", instance_id="i-9"),
    )
    definition = replace(db(ids=("rtb-1",)), targets=targets)
    seen = look(edge_of(cloud_of(Table("rtb-1"), enis=enis)), [definition])["db"]
    assert [one.interface for one in seen.places] == [A, None, "eni-x", None]
    assert "device_index" in str(seen.places[1].error) and "i-9" in str(seen.places[3].error)


def test_a_survey_of_the_network_has_all_its_subnets_and_tables_in_two_round_trips() -> None:
    cloud = cloud_of(Table("rtb-1"), Table("rtb-main", main=True))
    found = survey_network(cloud.edge_ec2(), [db(ids=("rtb-1",))], cloud.clock.now + 10)
    assert [one.id for one in found.tables] == ["rtb-1", "rtb-main"]
    assert [one.id for one in found.subnets] == ["subnet-1", "subnet-2"]
    assert [one.id for one in found.vpcs] == [VPC]
    assert cloud.clock.now == pytest.approx(1000.0 + 2 * LATENCY)
