# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    SECONDARY_IP,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Look
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.coverage_report import (
    Reach,
    reaches,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    Route,
    Subnet,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.places import places
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.reading import read_routes
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine import (
    scene,
    vpc,
)

DEFINITION = scene.definition()
LOOK = Look(
    0.0,
    places(DEFINITION.targets, vpc.INTERFACES),
    read_routes((scene.ADDRESS,), vpc.TABLES[1:2]),
)


def found() -> tuple[Reach, ...]:
    return reaches(DEFINITION, LOOK, vpc.SUBNETS, vpc.TABLES, vpc.INTERFACES)


def test_every_subnet_is_judged_by_the_table_that_it_really_uses() -> None:
    assert [(one.subnet, one.table, one.target, one.is_covered) for one in found()] == [
        ("subnet-a", "rtb-a", "a", True),
        ("subnet-b", "rtb-b", "a", False),  # a blackhole
        ("subnet-main", "rtb-main", None, False),
    ]
    assert found()[1].zone == "eu-west-1b"


def test_a_route_to_a_stranger_covers_nothing() -> None:
    main = replace(vpc.TABLES[0], routes=(Route(vpc.DESTINATION, other="igw-1"),))
    tables = (main, *vpc.TABLES[1:])
    last = reaches(DEFINITION, LOOK, vpc.SUBNETS, tables, vpc.INTERFACES)[-1]
    assert (last.points_at, last.target, last.is_covered) == ("igw-1", None, False)


def test_subnets_of_other_vpcs_do_not_count() -> None:
    stray = Subnet("subnet-z", "vpc-2", "eu-west-1a", "10.9.0.0/24")
    subnets = (*vpc.SUBNETS, stray)
    assert reaches(DEFINITION, LOOK, subnets, vpc.TABLES, vpc.INTERFACES) == found()


def test_a_secondary_ip_has_no_coverage() -> None:
    other = replace(DEFINITION, mechanism=SECONDARY_IP)
    assert reaches(other, LOOK, vpc.SUBNETS, vpc.TABLES, vpc.INTERFACES) == ()
